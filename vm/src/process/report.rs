//! The report of an uncaught exception: to the process registered as `logger`, or to standard error as OTP's default handler prints it.

use super::body::OldFrame;
use super::links::Peer;
use super::{ProcessBody, Signal};
use crate::atoms;
use crate::heap::{Heap, OwnedTerm, Term};
use crate::vm::Vm;

/// Reports that a process ends by an exception nobody caught.
pub fn crash(vm: &Vm, body: &ProcessBody, reason: &OwnedTerm) {
    if let Some(Peer::Process(logger)) = vm.registry.whereis(atoms::LOGGER)
        && logger != body.pid
        && vm
            .signal(logger, Signal::Message(log_message(vm, body, reason)))
            .is_ok()
    {
        return;
    }
    let text = crate::io::text::pretty(vm, reason.term());
    let stamp = vm.clock.report_stamp();
    eprint!(
        "=ERROR REPORT==== {stamp} ===\nError in process {} with exit value:\n{text}\n\n",
        body.pid
    );
}

/// The frames of the stack trace made last that were not of current code, as `[{M, F, Arity, Line, Version, Current}]`. Line is 0
/// when unknown, Current 0 when the module has no current code.
pub fn old_code<'h>(vm: &Vm, heap: &'h Heap, body: &ProcessBody) -> Term<'h> {
    let frames = body.if_extra(|extra| extra.old_frames.clone());
    let row = |f: OldFrame| {
        let current = vm.code().current(f.mfa.module).map_or(0, |i| i.version);
        let int = |n: u32| heap.int(n.into());
        heap.tuple(&[
            Term::atom(f.mfa.module),
            Term::atom(f.mfa.function),
            int(f.mfa.arity.into()),
            int(f.line),
            int(f.version),
            int(current),
        ])
    };
    heap.list_from(frames.into_iter().map(row).collect::<Vec<_>>())
}

/// `{log, error, Format, Args, Meta}`, as the emulator sends it.
fn log_message(vm: &Vm, body: &ProcessBody, reason: &OwnedTerm) -> OwnedTerm {
    let heap = &body.heap;
    let atom = |text: &str| vm.atoms().intern(text).map_or(Term::NIL, Term::atom);
    let args = heap.list(&[Term::pid(body.pid), heap.copy_in(reason.term())]);
    let tag = heap.map_from_pairs(&[
        (Term::atom(atoms::TAG), Term::atom(atoms::ERROR)),
        (Term::atom(atoms::EMULATOR), Term::TRUE),
    ]);
    let mut meta = vec![
        (Term::atom(atoms::PID), Term::pid(body.pid)),
        (Term::atom(atoms::GL), Term::pid(body.group_leader.get())),
        (
            Term::atom(atoms::TIME),
            heap.int(vm.clock.system_ns() / 1_000),
        ),
        (Term::atom(atoms::ERROR_LOGGER), tag),
    ];
    let old = old_code(vm, heap, body);
    if !old.is_nil() {
        meta.push((atom("old_code"), old));
    }
    let meta = heap.map_from_pairs(&meta);
    let format = heap.string("Error in process ~p with exit value:~n~p~n");
    OwnedTerm::new(heap.tuple(&[atom("log"), Term::atom(atoms::ERROR), format, args, meta]))
}
