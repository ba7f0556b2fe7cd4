//! Matching a term with the head of a clause. Reads the term where it lies (a table's object under its lock, a process's arguments); binds
//! without copying. Recursion is as deep as the pattern, which the compiler of specifications bounds.

use smallvec::{SmallVec, smallvec};

use super::{Clause, Key, Pattern};
use crate::heap::{Term, eq_exact};

/// The values of a clause's variables.
pub type Bindings<'t> = SmallVec<[Option<Term<'t>>; 8]>;

/// Matches; on success the bindings are complete.
pub fn matches<'t>(clause: &Clause, t: Term<'t>) -> Option<Bindings<'t>> {
    let mut bindings: Bindings<'t> = smallvec![None; clause.variables.len()];
    pattern(&clause.head, t, &mut bindings).then_some(bindings)
}

/// Matches a row of terms as if it were a list; no list is made.
pub fn matches_row<'t>(clause: &Clause, row: &[Term<'t>]) -> Option<Bindings<'t>> {
    let mut bindings: Bindings<'t> = smallvec![None; clause.variables.len()];
    let fits = match &clause.head {
        Pattern::Any => true,
        Pattern::List(patterns, tail) => {
            patterns.len() == row.len()
                && matches!(&**tail, Pattern::Constant(nil) if nil.term().is_nil())
                && patterns
                    .iter()
                    .zip(row)
                    .all(|(p, t)| pattern(p, *t, &mut bindings))
        }
        Pattern::Constant(list) => {
            let mut elements = list.term().iter_list();
            elements.by_ref().count() == row.len()
                && elements.tail().is_nil()
                && list
                    .term()
                    .iter_list()
                    .zip(row)
                    .all(|(a, b)| eq_exact(a, *b))
        }
        Pattern::Variable(_) | Pattern::Tuple(_) | Pattern::Map(_) => return None,
    };
    fits.then_some(bindings)
}

/// Can [`matches_row`] decide about this clause? A head that binds the whole list, or ends in a variable tail, needs the list itself.
pub fn fits_row(clause: &Clause) -> bool {
    match &clause.head {
        Pattern::Any => true,
        Pattern::List(_, tail) => matches!(&**tail, Pattern::Constant(nil) if nil.term().is_nil()),
        Pattern::Constant(list) => list.term().is_list() || list.term().is_nil(),
        Pattern::Variable(_) | Pattern::Tuple(_) | Pattern::Map(_) => false,
    }
}

fn pattern<'t>(p: &Pattern, t: Term<'t>, bindings: &mut [Option<Term<'t>>]) -> bool {
    match p {
        Pattern::Any => true,
        Pattern::Variable(index) => match bindings[*index] {
            Some(bound) => eq_exact(bound, t),
            None => {
                bindings[*index] = Some(t);
                true
            }
        },
        Pattern::Constant(constant) => constant.is(t),
        Pattern::Tuple(patterns) => t.as_tuple().is_some_and(|tuple| {
            tuple.len() == patterns.len()
                && patterns
                    .iter()
                    .zip(tuple.iter())
                    .all(|(p, e)| pattern(p, e, bindings))
        }),
        Pattern::List(patterns, tail) => {
            let mut rest = t;
            for p in patterns {
                match rest.as_cons() {
                    Some(cell) if pattern(p, cell.head(), bindings) => rest = cell.tail(),
                    _ => return false,
                }
            }
            pattern(tail, rest, bindings)
        }
        Pattern::Map(pairs) => match t.as_map() {
            Some(map) => pairs.iter().all(|(key, p)| {
                let value = match key {
                    Key::Constant(key) => map.get(key.term()),
                    Key::Variable(index) => bindings[*index].and_then(|key| map.get(key)),
                    Key::Never => None,
                };
                value.is_some_and(|value| pattern(p, value, bindings))
            }),
            None => false,
        },
    }
}
