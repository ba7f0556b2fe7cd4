//! Deleting and purging. The steps of a purge are `erts_internal:purge_module/2`; asking and killing processes is written in Erlang
//! (`erts_code_purger`).

use super::loading::{self, Settled, publish_step};
use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::Step;
use crate::heap::Term;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "delete_module", 1, delete_module),
    BifRow::new("erlang", "purge_module", 1, purge_module),
    BifRow::new("erlang", "check_old_code", 1, check_old_code),
    BifRow::new("erts_internal", "purge_module", 2, purge_step),
    BifRow::new("erts_internal", "swap_module", 1, swap_module),
];

fn delete_module<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    match publish_step(
        cx,
        Step {
            delete: vec![module],
            ..Step::default()
        },
        args,
    )? {
        Ok(()) => Ok(Term::atom(atoms::TRUE)),
        Err(atoms::NOT_LOADED) => Ok(Term::atom(atoms::UNDEFINED)),
        Err(_) => {
            super::log_error(
                cx,
                &format!(
                    "Module {} must be purged before deleting",
                    cx.atoms().text(module)
                ),
            );
            Err(badarg(cx))
        }
    }
}

/// Makes the old instance current and the current one old: a rollback before the purge.
fn swap_module<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    match publish_step(
        cx,
        Step {
            swap: vec![module],
            ..Step::default()
        },
        args,
    )? {
        Ok(()) => Ok(Term::atom(atoms::TRUE)),
        Err(_) => Err(badarg(cx)),
    }
}

fn purge_module<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    if cx.vm().code().old(module).is_none() {
        return Err(badarg(cx));
    }
    Err(Raise::trap(
        cx.atom("erts_code_purger")?,
        cx.atom("purge_module")?,
        args,
    ))
}

fn check_old_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    Ok(Term::atom(Atom::from_bool(
        cx.vm().code().old(module).is_some(),
    )))
}

/// The same steps for discarded code.
fn burial_step<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let server = cx.vm().code();
    match cx.atoms().text(atom_arg(cx, args[1])?) {
        "prepare" => {
            if loading::settled(cx, args)? == Settled::Yes {
                return Ok(Term::atom(atoms::TRUE));
            }
            match server.begin_burial() {
                Ok(true) => {
                    let reply = cx.process().ask(cx.vm());
                    server.after_slices(Box::new(move || reply.answer(())));
                    Err(loading::settling(args))
                }
                Ok(false) => Ok(Term::atom(atoms::FALSE)),
                Err(_) => cx.atom_term("busy"),
            }
        }
        "complete" => Ok(Term::atom(Atom::from_bool(server.finish_burial()))),
        _ => Err(badarg(cx)),
    }
}

/// `prepare`: funs of the old code die (`carry`: or go on in the same function of the current code), so that nobody enters it anew, and from
/// then on no process starts with its literals; `false` without old code, `busy` while another purge of the module is under way. `abort`: they live again. `complete`: the code goes; no process may be in it or hold its literals.
/// `[]` instead of a module stands for discarded code.
fn purge_step<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].is_nil() {
        return burial_step(cx, args);
    }
    let module = atom_arg(cx, args[0])?;
    let server = cx.vm().code();
    let op = atom_arg(cx, args[1])?;
    let answer = match cx.atoms().text(op) {
        "prepare" | "carry" => {
            // The question stands for the slice boundaries that a purge which has begun waits for.
            if loading::settled(cx, args)? == Settled::Yes {
                return Ok(Term::atom(atoms::TRUE));
            }
            match server.begin_purge(module, op == cx.atom("carry")?) {
                Ok(Some(_)) => {
                    let reply = cx.process().ask(cx.vm());
                    server.after_slices(Box::new(move || reply.answer(())));
                    return Err(loading::settling(args));
                }
                Ok(None) => atoms::FALSE,
                Err(_) => cx.atom("busy")?,
            }
        }
        "abort" => {
            server.abort_purge(module);
            atoms::TRUE
        }
        "complete" => Atom::from_bool(server.finish_purge(module)),
        _ => return Err(badarg(cx)),
    };
    Ok(Term::atom(answer))
}
