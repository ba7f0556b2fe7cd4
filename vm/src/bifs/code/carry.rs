//! Same-function continuation: frames of functions that an edit left alone go on in the new version, so that an unrelated edit strands no
//! process. OTP's own purge knows nothing of this; `transom_reload` asks for it.
//!
//! ```text
//!  old code     [ f/1 ........ call g ^ .... ]      return address, catch word or program counter at offset n of f/1
//!  current code        [ f/1 ........ call g ^ .... ]      the same offset n, if f/1 is the same function
//! ```
//! Equal function hashes mean equal generic instructions, and the specialiser makes equally long words of those: only the addresses in
//! them differ. Its locals lie in the same slots.
//!
//! One thing depends on other functions: whether the rest of a bitstring is on its way to a call as the match context itself
//! (`code/specialise/context`). A process that a collection stopped there would bring the context to a function of the current version that
//! may want a bitstring, so it stays where it is until it has called.

use super::check::{ask_about_old, is_in};
use super::{atom_arg, badarg, sweep};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::ModuleInstance;
use crate::heap::{Kind, Term, Word};
use crate::process::{Exec, ProcessBody};
use std::sync::Arc;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "carry_frames", 2, carry_frames),
    BifRow::new("erts_internal", "carry_funs", 1, carry_funs),
    BifRow::new("erts_internal", "sweep_carry", 2, sweep_carry),
];

/// Funs of the old code whose function is the same in the current code run there from now on.
fn carry_funs<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.vm().code().carry_funs(atom_arg(cx, args[0])?);
    Ok(Term::atom(atoms::OK))
}

/// The same place in the other version; none when the function is not the same. `inside`: an address within the instruction.
fn counterpart(old: &ModuleInstance, new: &ModuleInstance, inside: u64, at: u64) -> Option<u64> {
    let i = old.function_at(inside)?;
    let j = old.same_function(i, new)?;
    Some(new.entry_address(j) + (at - old.entry_address(i)))
}

/// May the process be about to pass a match context on? At the entry of a function it has done so: the same function takes it in both versions.
fn is_passing_a_context(body: &ProcessBody, old: &ModuleInstance, pc: u64) -> bool {
    let is_at_entry = old
        .function_at(pc)
        .is_some_and(|i| old.entry_address(i) == pc);
    let is_context = |w: &Word| {
        matches!(
            crate::interp::term_of(&body.heap, *w).kind(),
            Kind::MatchCtx(_)
        )
    };
    !is_at_entry && body.regs.iter().any(is_context)
}

/// Moves every frame that can be moved; is the process still in the old code?
fn carry(body: &mut ProcessBody, old: &ModuleInstance, new: &ModuleInstance) -> bool {
    let range = old.range();
    if let Exec::Code(pc) = body.exec
        && range.has(pc)
        && !is_passing_a_context(body, old, pc)
        && let Some(there) = counterpart(old, new, pc, pc)
    {
        body.exec = Exec::Code(there);
    }
    for w in body.heap.stack_mut() {
        if range.is_entered_by(w.0) {
            let target = w.return_target();
            if let Some(there) = counterpart(old, new, target - 8, target) {
                *w = Word::return_address(there);
            }
        } else if w.is_catch() && range.has(w.catch_payload()) {
            let handler = w.catch_payload();
            if let Some(there) = counterpart(old, new, handler, handler) {
                *w = Word::catch(there);
            }
        }
    }
    is_in(body, old)
}

/// `carry_frames(Pid, Module)`: is the process still in old code of the module after all frames of unchanged functions were carried to the
/// current version?
fn carry_frames<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let module = atom_arg(cx, args[1])?;
    let code = cx.vm().code();
    let olds: Vec<Arc<ModuleInstance>> = code.old(module).into_iter().collect();
    let current = code.current(module);
    ask_about_old(cx, pid, olds, args, move |body, old| match &current {
        Some(new) => carry(body, old, new),
        None => is_in(body, old),
    })
}

/// `sweep_carry(Modules, From)`: the same for a stretch of the process table, as [`super::sweep`] has it: `{Users, Busy, Next}`, users as
/// `{Module, Pid}`.
fn sweep_carry<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let code = cx.vm().code();
    let heap = cx.heap();
    let from = sweep::from(cx, args[1])?;
    let mut versions = Vec::new();
    for module in args[0].iter_list() {
        let module = atom_arg(cx, module)?;
        versions.extend(code.old(module).map(|old| (old, code.current(module))));
    }
    let mut users = Vec::new();
    let stretch = sweep::sweep(cx, from, |body| {
        for (old, current) in &versions {
            let stays = match current {
                Some(new) => carry(body, old, new),
                None => is_in(body, old),
            };
            if stays {
                users.push(heap.tuple(&[Term::atom(old.module), Term::pid(body.pid)]));
            }
        }
    });
    let busy = stretch.busy.into_iter().map(Term::pid);
    Ok(heap.tuple(&[
        heap.list(&users),
        heap.list_from(busy),
        sweep::next(cx, stretch.next)?,
    ]))
}
