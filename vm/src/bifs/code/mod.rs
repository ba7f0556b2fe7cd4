//! Loading, versions and introspection of code: the part of modules `erlang` and `erts_internal` that `code`, `c` and `code_server`
//! are written with.

use crate::atoms::Atom;
use crate::bifs::{Cx, Raise};
use crate::heap::Term;

pub mod check;
pub mod funs;
pub mod info;
pub mod loading;
pub mod versions;

/// `badarg`, as functions of module erlang raise it.
fn badarg<'h>(cx: &Cx<'h>) -> Raise<'h> {
    match cx.atom("erl_erts_errors") {
        Ok(module) => Raise::badarg().with_info(module, None),
        Err(full) => full,
    }
}

fn atom_arg<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Atom, Raise<'h>> {
    t.as_atom().ok_or_else(|| badarg(cx))
}
