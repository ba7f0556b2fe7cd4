//! The report of an uncaught exception: to the process registered as `logger`, or to standard error as OTP's default handler prints it.

use super::links::Peer;
use super::{ProcessBody, Signal};
use crate::atoms;
use crate::heap::{OwnedTerm, Term};
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

/// `{log, error, Format, Args, Meta}`, as the emulator sends it.
fn log_message(vm: &Vm, body: &ProcessBody, reason: &OwnedTerm) -> OwnedTerm {
    let heap = &body.heap;
    let atom = |text: &str| vm.atoms().intern(text).map_or(Term::NIL, Term::atom);
    let args = heap.list(&[Term::pid(body.pid), heap.copy_in(reason.term())]);
    let tag = heap.map_from_pairs(&[
        (Term::atom(atoms::TAG), Term::atom(atoms::ERROR)),
        (Term::atom(atoms::EMULATOR), Term::TRUE),
    ]);
    let meta = heap.map_from_pairs(&[
        (Term::atom(atoms::PID), Term::pid(body.pid)),
        (Term::atom(atoms::GL), Term::pid(body.group_leader.get())),
        (
            Term::atom(atoms::TIME),
            heap.int(vm.clock.system_ns() / 1_000),
        ),
        (Term::atom(atoms::ERROR_LOGGER), tag),
    ]);
    let format = heap.string("Error in process ~p with exit value:~n~p~n");
    OwnedTerm::new(heap.tuple(&[atom("log"), Term::atom(atoms::ERROR), format, args, meta]))
}
