//! What terms are compared with: a term without variables in a head, and what a whole head demands at least. Most calls and objects differ from it, and
//! should be told so in a few instructions.

use super::Pattern;
use crate::heap::{Kind, OwnedTerm, Term, Word, eq_exact};

/// A term without variables, and what to compare others by.
#[derive(Debug)]
pub struct Constant {
    term: OwnedTerm,
    demand: Demand,
}

impl Constant {
    /// Prepares a term.
    pub fn new(t: Term<'_>) -> Constant {
        Constant {
            term: OwnedTerm::new(t),
            demand: Demand::term(t),
        }
    }

    /// The term.
    pub fn term(&self) -> Term<'_> {
        self.term.term()
    }

    /// Is `t` exactly this term?
    #[inline]
    pub fn is(&self, t: Term<'_>) -> bool {
        self.demand.met(t)
    }
}

/// Elements with their places: those that are decided fastest first.
type Parts = Box<[(usize, Demand)]>;

/// What a term must be.
#[derive(Debug)]
enum Demand {
    Word(Word),
    Bytes(Box<[u8]>),
    /// Of that size, with these elements.
    Tuple(usize, Parts),
    /// A cell with this head.
    Cons(Box<Demand>),
    Is(OwnedTerm),
}

impl Demand {
    /// Just this term.
    fn term(t: Term<'_>) -> Demand {
        if t.raw().is_immediate() {
            return Demand::Word(t.raw());
        }
        match t.kind() {
            Kind::Bits(bits) if bits.is_binary() => Demand::Bytes(bits.bytes().into()),
            Kind::Tuple(tuple) => Demand::Tuple(
                tuple.len(),
                sorted(tuple.iter().map(Demand::term).enumerate()),
            ),
            _ => Demand::Is(OwnedTerm::new(t)),
        }
    }

    /// What a pattern demands at least, whatever its variables stand for; nothing if anything may match.
    fn pattern(p: &Pattern) -> Option<Demand> {
        match p {
            Pattern::Any | Pattern::Variable(_) | Pattern::Map(_) => None,
            Pattern::Constant(constant) => Some(Demand::term(constant.term())),
            Pattern::Tuple(parts) => Some(Demand::Tuple(parts.len(), all(parts))),
            Pattern::List(parts, _) => parts
                .first()
                .and_then(Demand::pattern)
                .map(|first| Demand::Cons(Box::new(first))),
        }
    }

    /// Less is tried first. Longer bytes differ more often than shorter ones.
    fn cost(&self) -> usize {
        match self {
            Demand::Word(_) => 0,
            Demand::Bytes(bytes) => 1 + (1 << 16) / (1 + bytes.len()),
            Demand::Cons(first) => 1 + first.cost(),
            Demand::Tuple(..) => 1 << 17,
            Demand::Is(_) => 1 << 18,
        }
    }

    fn met(&self, t: Term<'_>) -> bool {
        match self {
            Demand::Word(word) => t.raw() == *word,
            Demand::Bytes(bytes) => t.as_bits().is_some_and(|bits| bits.are(bytes)),
            Demand::Tuple(size, parts) => t.as_tuple().is_some_and(|tuple| {
                tuple.len() == *size
                    && parts
                        .iter()
                        .all(|(at, demand)| tuple.get(*at).is_some_and(|e| demand.met(e)))
            }),
            Demand::Cons(first) => t.as_cons().is_some_and(|cell| first.met(cell.head())),
            Demand::Is(term) => eq_exact(term.term(), t),
        }
    }
}

fn sorted(parts: impl Iterator<Item = (usize, Demand)>) -> Parts {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|(_, demand)| demand.cost());
    parts.into()
}

fn all(patterns: &[Pattern]) -> Parts {
    let places = patterns.iter().enumerate();
    sorted(places.filter_map(|(at, p)| Some((at, Demand::pattern(p)?))))
}

/// What the head of a clause demands of a row of terms, as far as that can be said without its variables.
#[derive(Debug)]
pub struct RowDemand {
    /// `None`: any number.
    len: Option<usize>,
    parts: Parts,
}

impl RowDemand {
    /// That of a head.
    pub fn of(head: &Pattern) -> RowDemand {
        match head {
            Pattern::List(patterns, tail) if matches!(&**tail, Pattern::Constant(nil) if nil.term().is_nil()) => {
                RowDemand {
                    len: Some(patterns.len()),
                    parts: all(patterns),
                }
            }
            _ => RowDemand {
                len: None,
                parts: Box::default(),
            },
        }
    }

    /// Might the clause take a row of this many terms? `false` is sure. Only terms that matter are asked for; where `term` knows none, anything may be.
    #[inline]
    pub fn met<'t>(&self, len: usize, term: impl Fn(usize) -> Option<Term<'t>>) -> bool {
        self.len.is_none_or(|own| own == len)
            && self
                .parts
                .iter()
                .all(|(at, demand)| term(*at).is_none_or(|t| demand.met(t)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atoms::AtomTable;
    use crate::heap::{Heap, HeapEnv, HeapOptions};
    use crate::matchspec::{Purpose, compile, matches_row};
    use std::sync::Arc;

    fn heap() -> Heap {
        let env = HeapEnv::new(Arc::new(AtomTable::default()));
        Heap::new(&env, HeapOptions::default())
    }

    /// Terms that differ in one part each, and equal ones that lie differently.
    fn various(heap: &Heap) -> Vec<Term<'_>> {
        let bytes = |b: &[u8]| heap.binary(b);
        let long = [7u8; 200];
        let whole = bytes(b"xload-pubx");
        let part = |start, len| {
            let Some(bits) = whole.as_bits() else {
                unreachable!("a binary")
            };
            heap.sub_bits(bits, start, len)
        };
        vec![
            heap.int(1),
            Term::atom(crate::atoms::TRUE),
            Term::NIL,
            bytes(b""),
            bytes(b"load-pub"),
            bytes(b"load-puc"),
            bytes(&long),
            part(8, 64),
            part(4, 64),
            part(8, 63),
            heap.float(0.0),
            heap.float(-0.0),
            heap.list(&[heap.int(1), bytes(b"a")]),
        ]
    }

    #[test]
    fn as_exact_equality_says() {
        let heap = heap();
        let mut terms = various(&heap);
        let pairs: Vec<_> = terms
            .iter()
            .flat_map(|a| terms.iter().map(|b| (*a, *b)))
            .collect();
        terms.extend(pairs.iter().map(|(a, b)| heap.tuple(&[*a, *b])));
        terms.push(heap.tuple(&[heap.binary(b"load-pub"), heap.binary(b""), heap.int(3)]));
        for a in &terms {
            let constant = Constant::new(*a);
            for b in &terms {
                assert_eq!(constant.is(*b), eq_exact(*a, *b), "{a:?} and {b:?}");
            }
        }
    }

    /// Without repeated variables the demands of a head are all that it says.
    #[test]
    fn rows_are_refused_as_heads_refuse_them() {
        let heap = heap();
        let terms = various(&heap);
        let any = Term::atom(heap.env().atoms.intern("_").expect("room"));
        let variable = Term::atom(heap.env().atoms.intern("$1").expect("room"));
        for a in &terms {
            for b in &terms {
                let parts = [heap.tuple(&[any, *a, variable]), heap.list(&[*b, any]), any];
                let clause = heap.tuple(&[heap.list(&parts), Term::NIL, Term::NIL]);
                let spec = compile(&heap.env().atoms, heap.list(&[clause]), Purpose::Call)
                    .expect("a specification");
                for x in &terms {
                    for y in &terms {
                        for row in [
                            vec![heap.tuple(&[*y, *x, *y]), heap.list(&[*y, *x]), *x],
                            vec![heap.tuple(&[*x, *x]), heap.list(&[*y, *x]), *x],
                            vec![*x, heap.list(&[*y]), *x],
                            vec![*x, *y],
                        ] {
                            let could = spec.could_take(row.len(), |at| row.get(at).copied());
                            let does = matches_row(&spec.clauses[0], &row).is_some();
                            assert!(could >= does, "{a:?}, {b:?}: {row:?} is refused");
                            let shorter = row[1].iter_list().count() == 1;
                            assert!(
                                could == does || shorter,
                                "{a:?}, {b:?}: {row:?} is let through"
                            );
                        }
                    }
                }
            }
        }
    }
}
