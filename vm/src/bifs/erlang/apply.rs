//! `apply/2,3` as functions; as instructions they are the interpreter's.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "apply", 2, apply_fun),
    BifRow::new("erlang", "apply", 3, apply),
];

fn arguments<'h>(list: Term<'h>) -> Result<Vec<Term<'h>>, Raise<'h>> {
    list.list_len()
        .filter(|n| *n <= 255)
        .ok_or_else(Raise::badarg)?;
    Ok(list.iter_list().collect())
}

/// `apply(Fun, Args)`
fn apply_fun<'h>(_cx: &Cx<'h>, a: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Err(Raise::trap_fun(a[0], &arguments(a[1])?))
}

/// `apply(Module, Function, Args)`
fn apply<'h>(_cx: &Cx<'h>, a: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (Some(module), Some(function)) = (a[0].as_atom(), a[1].as_atom()) else {
        return Err(Raise::badarg());
    };
    Err(Raise::trap(module, function, &arguments(a[2])?))
}
