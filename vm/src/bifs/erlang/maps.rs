//! The map functions of module `erlang` that guards may call.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Map, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "map_size", 1, map_size),
    BifRow::guard("erlang", "map_get", 2, map_get),
    BifRow::guard("erlang", "is_map_key", 2, is_map_key),
];

/// The map, or `{badmap, Term}`.
pub fn map<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Map<'h>, Raise<'h>> {
    t.as_map()
        .ok_or_else(|| Raise::error(cx.heap().tuple(&[Term::atom(atoms::BADMAP), t])))
}

/// `{badkey, Key}`.
pub fn badkey<'h>(cx: &Cx<'h>, key: Term<'h>) -> Raise<'h> {
    Raise::error(cx.heap().tuple(&[Term::atom(atoms::BADKEY), key]))
}

fn map_size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(map(cx, args[0])?.len() as i64))
}

fn map_get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    map(cx, args[1])?
        .get(args[0])
        .ok_or_else(|| badkey(cx, args[0]))
}

fn is_map_key<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(map(cx, args[1])?.contains(args[0])))
}
