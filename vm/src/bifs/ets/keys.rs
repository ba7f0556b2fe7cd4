//! Which keys a match specification can take: one, or in an ordered table those that begin alike. Only these are looked at.

use crate::ets::{KeyRange, Kind, Position, Table};
use crate::heap::{OwnedTerm, Term};
use crate::matchspec::{MatchSpec, Pattern};

/// The key, if every clause of the specification demands the same one.
pub(super) fn bound_key<'s>(table: &Table, spec: &'s MatchSpec) -> Option<Term<'s>> {
    let [clause] = spec.clauses.as_slice() else {
        return None;
    };
    match &clause.head {
        Pattern::Tuple(parts) => match parts.get(table.key_index())? {
            Pattern::Constant(key) => Some(key.term()),
            _ => None,
        },
        Pattern::Constant(object) => object.term().as_tuple()?.get(table.key_index()),
        _ => None,
    }
}

/// Where a walk for this specification starts.
pub(super) fn start(table: &Table, spec: &MatchSpec, reverse: bool) -> Position {
    match key_range(table, spec) {
        Some(range) => Position::Within(range, None, reverse),
        None => table.start(reverse),
    }
}

/// The range, if an ordered table's keys must be tuples whose first elements are known.
fn key_range(table: &Table, spec: &MatchSpec) -> Option<KeyRange> {
    let [clause] = spec.clauses.as_slice() else {
        return None;
    };
    let (Kind::OrderedSet, Pattern::Tuple(parts)) = (table.options.kind, &clause.head) else {
        return None;
    };
    let Pattern::Tuple(key) = parts.get(table.key_index())? else {
        return None;
    };
    let front = key.iter().map_while(|part| match part {
        Pattern::Constant(part) => Some(OwnedTerm::new(part.term())),
        _ => None,
    });
    Some(KeyRange {
        size: key.len(),
        front: front.collect(),
    })
}
