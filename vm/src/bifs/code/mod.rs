//! Loading, versions and introspection of code: the part of modules `erlang` and `erts_internal` that `code`, `c` and `code_server`
//! are written with.

use crate::atoms::{self, Atom};
use crate::bifs::{Cx, Raise};
use crate::heap::Term;
use crate::process::links::Peer;

pub mod carry;
pub mod check;
pub mod chunks;
pub mod funs;
pub mod held;
pub mod image;
pub mod info;
pub mod loading;
pub mod nif;
pub mod reload;
pub mod replaceable;
mod startup;
pub mod states;
mod sweep;
pub mod switch;
pub mod versions;

#[cfg(test)]
mod tests;

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

/// Reports an error as the VM does: to the process `logger`, or on standard error while there is none.
fn log_error(cx: &Cx<'_>, text: &str) {
    let heap = cx.heap();
    let logger = cx.vm().registry.whereis(atoms::LOGGER);
    let Some(Peer::Process(logger)) = logger else {
        eprint!(
            "=ERROR REPORT==== {} ===\n{text}\n",
            cx.vm().clock.report_stamp()
        );
        return;
    };
    let (tag, level) = (cx.atom_term("log"), Term::atom(atoms::ERROR));
    let Ok(tag) = tag else { return };
    let (format, args) = (heap.string("~ts"), heap.list(&[heap.string(text)]));
    let meta = heap.map_from_pairs(&[]);
    cx.vm()
        .send_message(logger, heap.tuple(&[tag, level, format, args, meta]));
}
