//! A term without variables in a head, prepared for comparing: most calls and objects differ from it, and should be told so in a few instructions.

use crate::heap::{Kind, OwnedTerm, Term, Word, eq_exact};

/// The term, and what to compare it by.
#[derive(Debug)]
pub struct Constant {
    term: OwnedTerm,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Word(Word),
    Bytes(Box<[u8]>),
    /// Size, and the elements with their places: those that are decided fastest first, longer bytes before shorter ones, since they differ more often.
    Tuple(usize, Box<[(usize, Shape)]>),
    Other(OwnedTerm),
}

impl Constant {
    /// Prepares a term.
    pub fn new(t: Term<'_>) -> Constant {
        Constant {
            term: OwnedTerm::new(t),
            shape: Shape::of(t),
        }
    }

    /// The term.
    pub fn term(&self) -> Term<'_> {
        self.term.term()
    }

    /// Is `t` exactly this term?
    #[inline]
    pub fn is(&self, t: Term<'_>) -> bool {
        self.shape.is(t)
    }
}

impl Shape {
    fn of(t: Term<'_>) -> Shape {
        if t.raw().is_immediate() {
            return Shape::Word(t.raw());
        }
        match t.kind() {
            Kind::Bits(bits) if bits.is_binary() => Shape::Bytes(bits.bytes().into()),
            Kind::Tuple(tuple) => {
                let mut parts: Vec<_> = tuple.iter().map(Shape::of).enumerate().collect();
                parts.sort_by_key(|(_, shape)| shape.cost());
                Shape::Tuple(tuple.len(), parts.into())
            }
            _ => Shape::Other(OwnedTerm::new(t)),
        }
    }

    /// Less is tried first.
    fn cost(&self) -> usize {
        match self {
            Shape::Word(_) => 0,
            Shape::Bytes(bytes) => 1 + (1 << 16) / (1 + bytes.len()),
            Shape::Tuple(..) => 1 << 17,
            Shape::Other(_) => 1 << 18,
        }
    }

    fn is(&self, t: Term<'_>) -> bool {
        match self {
            Shape::Word(word) => t.raw() == *word,
            Shape::Bytes(bytes) => t.as_bits().is_some_and(|bits| bits.are(bytes)),
            Shape::Tuple(size, parts) => t.as_tuple().is_some_and(|tuple| {
                tuple.len() == *size
                    && parts
                        .iter()
                        .all(|(at, shape)| tuple.get(*at).is_some_and(|e| shape.is(e)))
            }),
            Shape::Other(term) => eq_exact(term.term(), t),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atoms::AtomTable;
    use crate::heap::{Heap, HeapEnv, HeapOptions};
    use std::sync::Arc;

    /// Terms that differ in one part each, and equal ones that lie differently.
    #[test]
    fn as_exact_equality_says() {
        let env = HeapEnv::new(Arc::new(AtomTable::default()));
        let heap = Heap::new(&env, HeapOptions::default());
        let bytes = |b: &[u8]| heap.binary(b);
        let long = [7u8; 200];
        let whole = bytes(b"xload-pubx");
        let part = |start, len| {
            let Some(bits) = whole.as_bits() else {
                unreachable!("a binary")
            };
            heap.sub_bits(bits, start, len)
        };
        let mut terms = vec![
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
        ];
        let pairs: Vec<_> = terms
            .iter()
            .flat_map(|a| terms.iter().map(|b| (*a, *b)))
            .collect();
        terms.extend(pairs.iter().map(|(a, b)| heap.tuple(&[*a, *b])));
        terms.push(heap.tuple(&[bytes(b"load-pub"), bytes(b""), heap.int(3)]));
        for a in &terms {
            let constant = Constant::new(*a);
            for b in &terms {
                assert_eq!(constant.is(*b), eq_exact(*a, *b), "{a:?} and {b:?}");
            }
        }
    }
}
