//! A small term tree: what the compiler exchanges with the world outside as Erlang data. Attribute values, the abstract
//! format, scanner tokens and compile options are terms. The VM converts them to and from its own; they never run.

use std::fmt;

use transom_pretty::{CharRange, Encoding, atom_text, is_printable, quoted, short_text};

use crate::ast::Name;
use crate::ast_drop::{Deferred, release};
use crate::integer::Int;

/// An Erlang term. Lists are flat; a list of characters may be [`Term::Str`] or [`Term::List`], which are equal.
#[derive(Clone, Debug)]
pub enum Term {
    Atom(Name),
    Int(Int),
    Float(f64),
    /// A list of characters (never empty when made by [`Term::string`]).
    Str(Name),
    /// A proper list, `[]` if empty.
    List(Vec<Term>),
    /// `[A, B | T]`, T not a list.
    Improper(Vec<Term>, Box<Term>),
    Tuple(Vec<Term>),
    Binary(Vec<u8>),
    /// A bitstring that is no binary; how many bits of the last byte count.
    Bits(Vec<u8>, u8),
    /// `fun M:F/A`.
    ExportFun(Name, Name, u8),
    Map(Vec<(Term, Term)>),
}

impl Term {
    /// `[]`.
    #[must_use]
    pub fn nil() -> Term {
        Term::List(Vec::new())
    }

    /// An atom.
    #[must_use]
    pub fn atom(name: impl Into<Name>) -> Term {
        Term::Atom(name.into())
    }

    /// A small integer.
    #[must_use]
    pub fn int(value: impl Into<i64>) -> Term {
        Term::Int(Int::Small(value.into()))
    }

    /// A list of characters.
    #[must_use]
    pub fn string(text: &str) -> Term {
        if text.is_empty() {
            Term::nil()
        } else {
            Term::Str(text.into())
        }
    }

    /// A tuple.
    #[must_use]
    pub fn tuple<const N: usize>(parts: [Term; N]) -> Term {
        Term::Tuple(parts.into())
    }

    /// The name if this is an atom.
    #[must_use]
    pub fn as_atom(&self) -> Option<&Name> {
        match self {
            Term::Atom(a) => Some(a),
            _ => None,
        }
    }

    /// True for this atom.
    #[must_use]
    pub fn is_atom(&self, name: &str) -> bool {
        self.as_atom().is_some_and(|a| &**a == name)
    }

    /// The value of a small integer.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Term::Int(i) => i.as_i64(),
            _ => None,
        }
    }

    /// The elements of a tuple.
    #[must_use]
    pub fn as_tuple(&self) -> Option<&[Term]> {
        match self {
            Term::Tuple(t) => Some(t),
            _ => None,
        }
    }

    /// The elements of a proper list.
    #[must_use]
    pub fn to_list(&self) -> Option<Vec<Term>> {
        match self {
            Term::List(l) => Some(l.clone()),
            Term::Str(s) => Some(
                s.chars()
                    .map(|c| Term::int(i64::from(u32::from(c))))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The text of a list of characters.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Term::Str(s) => Some(s.to_string()),
            Term::List(l) => l
                .iter()
                .map(|c| char::from_u32(u32::try_from(c.as_i64()?).ok()?))
                .collect(),
            _ => None,
        }
    }
}

impl PartialEq for Term {
    fn eq(&self, other: &Term) -> bool {
        match (self, other) {
            (Term::Atom(a), Term::Atom(b)) => a == b,
            (Term::Int(a), Term::Int(b)) => a == b,
            (Term::Float(a), Term::Float(b)) => a.to_bits() == b.to_bits(),
            (Term::Str(a), Term::Str(b)) => a == b,
            (Term::List(a), Term::List(b)) | (Term::Tuple(a), Term::Tuple(b)) => a == b,
            (Term::Improper(a, s), Term::Improper(b, t)) => a == b && s == t,
            (Term::Binary(a), Term::Binary(b)) => a == b,
            (Term::Bits(a, n), Term::Bits(b, m)) => n == m && a == b,
            (Term::ExportFun(m, f, a), Term::ExportFun(n, g, b)) => (m, f, a) == (n, g, b),
            (Term::Map(a), Term::Map(b)) => a.len() == b.len() && a.iter().all(|p| b.contains(p)),
            (Term::Str(s), Term::List(l)) | (Term::List(l), Term::Str(s)) => {
                let same = |(c, t): (char, &Term)| t.as_i64() == Some(i64::from(u32::from(c)));
                s.chars().count() == l.len() && s.chars().zip(l).all(same)
            }
            _ => false,
        }
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        // The parts are taken out, not the term: a term put into the list whole would be put there again by its own drop.
        let mut parts = match self {
            Term::List(l) | Term::Tuple(l) => std::mem::take(l),
            Term::Improper(l, t) => {
                l.push(std::mem::replace(t, Term::Float(0.0)));
                std::mem::take(l)
            }
            Term::Map(pairs) => std::mem::take(pairs)
                .into_iter()
                .flat_map(|(k, v)| [k, v])
                .collect(),
            Term::Atom(_)
            | Term::Int(_)
            | Term::Float(_)
            | Term::Str(_)
            | Term::Binary(_)
            | Term::Bits(..)
            | Term::ExportFun(..) => return,
        };
        if parts.iter().all(Term::is_leaf) {
            parts.clear();
        } else {
            release(Deferred::Terms(parts));
        }
    }
}

impl Term {
    fn is_leaf(&self) -> bool {
        matches!(
            self,
            Term::Atom(_)
                | Term::Int(_)
                | Term::Float(_)
                | Term::Str(_)
                | Term::Binary(_)
                | Term::Bits(..)
                | Term::ExportFun(..)
        )
    }
}

impl fmt::Display for Term {
    /// As `~0p` prints it. Recursive: meant for messages and tests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Atom(a) => f.write_str(&quote_atom(a)),
            Term::Int(i) => write!(f, "{i}"),
            Term::Float(v) => f.write_str(&short_text(*v)),
            Term::Str(s) if s.is_empty() => f.write_str("[]"),
            Term::Str(s) => f.write_str(&quote_string(s)),
            Term::List(l) => match characters(l) {
                Some(text) => f.write_str(&quote_string(&text)),
                None => sequence(f, "[", l, "]"),
            },
            Term::Improper(l, t) => {
                sequence(f, "[", l, "|")?;
                write!(f, "{t}]")
            }
            Term::Tuple(l) => sequence(f, "{", l, "}"),
            Term::Binary(b)
                if !b.is_empty()
                    && b.iter()
                        .all(|c| is_printable(i64::from(*c), CharRange::Latin1)) =>
            {
                let text: String = b.iter().map(|c| char::from(*c)).collect();
                write!(f, "<<{}>>", quote_string(&text))
            }
            Term::Binary(b) => {
                let bytes: Vec<String> = b.iter().map(u8::to_string).collect();
                write!(f, "<<{}>>", bytes.join(","))
            }
            Term::Bits(bytes, last) => {
                let mut parts: Vec<String> = bytes.iter().map(u8::to_string).collect();
                if let (Some(part), Some(byte)) = (parts.last_mut(), bytes.last()) {
                    *part = format!("{}:{last}", byte >> (8 - last));
                }
                write!(f, "<<{}>>", parts.join(","))
            }
            Term::ExportFun(module, name, arity) => {
                write!(f, "fun {}:{}/{arity}", quote_atom(module), quote_atom(name))
            }
            Term::Map(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{k} => {v}")).collect();
                write!(f, "#{{{}}}", pairs.join(","))
            }
        }
    }
}

/// The text that a list is, if it is one.
fn characters(list: &[Term]) -> Option<String> {
    if list.is_empty() {
        return None;
    }
    let character = |t: &Term| {
        let code = t
            .as_i64()
            .filter(|code| is_printable(*code, CharRange::Latin1))?;
        u32::try_from(code).ok().and_then(char::from_u32)
    };
    list.iter().map(character).collect()
}

fn sequence(f: &mut fmt::Formatter<'_>, open: &str, terms: &[Term], close: &str) -> fmt::Result {
    f.write_str(open)?;
    for (i, t) in terms.iter().enumerate() {
        if i > 0 {
            f.write_str(",")?;
        }
        write!(f, "{t}")?;
    }
    f.write_str(close)
}

/// A string as Erlang source.
#[must_use]
pub fn quote_string(text: &str) -> String {
    quoted(text, '"', Encoding::Unicode)
}

/// An atom as Erlang source: quoted if it has to be.
#[must_use]
pub fn quote_atom(name: &str) -> String {
    atom_text(name, Encoding::Unicode)
}
