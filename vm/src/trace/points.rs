//! Trace points that are not calls: messages, and what processes do to each other. Each is one test of the process's flags when nothing is traced.

use super::{flags, message};
use crate::atoms::{self, Atom};
use crate::heap::{Heap, Pid, Term};
use crate::process::ProcessBody;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// The process sends a message.
pub fn sent(vm: &Vm, body: &ProcessBody, to: Term<'_>, msg: Term<'_>, exists: bool) {
    if body.trace_flags.get() & flags::SEND != 0 {
        let tag = if exists {
            atoms::SEND
        } else {
            atoms::SEND_TO_NON_EXISTING_PROCESS
        };
        message::send(vm, body, tag, |heap| {
            vec![heap.copy_in(msg), heap.copy_in(to)]
        });
    }
}

/// A message has come into the process's mailbox.
pub fn received(vm: &Vm, body: &ProcessBody, msg: Term<'_>) {
    if body.trace_flags.get() & flags::RECEIVE != 0 {
        message::send(vm, body, atoms::RECEIVE, |heap| vec![heap.copy_in(msg)]);
    }
}

/// A process event with one term: `exit`, `link`, `unlink`, `getting_linked`, `getting_unlinked`, `register`, `unregister`.
pub fn process_event(vm: &Vm, body: &ProcessBody, tag: Atom, what: Term<'_>) {
    if body.trace_flags.get() & flags::PROCS != 0 {
        message::send(vm, body, tag, |heap| vec![heap.copy_in(what)]);
    }
}

fn call<'s>(heap: &'s Heap, mfa: Mfa, args: &[Term<'_>]) -> Term<'s> {
    let copies: Vec<Term<'s>> = args.iter().map(|a| heap.copy_in(*a)).collect();
    heap.tuple(&[
        Term::atom(mfa.module),
        Term::atom(mfa.function),
        heap.list(&copies),
    ])
}

/// The process has made another.
pub fn spawned(vm: &Vm, parent: &ProcessBody, child: Pid, mfa: Mfa, args: &[Term<'_>]) {
    if parent.trace_flags.get() & flags::PROCS != 0 {
        message::send(vm, parent, atoms::SPAWN, |heap| {
            vec![Term::pid(child), call(heap, mfa, args)]
        });
    }
}

/// A child that starts with flags says so itself.
pub fn started(vm: &Vm, child: &ProcessBody, parent: Pid, mfa: Mfa, args: &[Term<'_>]) {
    if child.trace_flags.get() & flags::PROCS != 0 {
        message::send(vm, child, atoms::SPAWNED, |heap| {
            vec![Term::pid(parent), call(heap, mfa, args)]
        });
    }
}
