//! Trace points that are not calls: messages, and what processes do to each other. Each is one test of the process's flags when nothing is traced.

use transom_tracer::event::Kind;

use super::event::{Event, Payload};
use super::{emit, flags, recording};
use crate::atoms::{self, Atom};
use crate::heap::{Pid, Term};
use crate::process::ProcessBody;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// The process sends a message.
#[cold]
pub fn sent<'h>(vm: &Vm, body: &'h ProcessBody, to: Term<'_>, msg: Term<'_>, exists: bool) {
    if body.trace_flags.get() & flags::SEND == 0 {
        return;
    }
    let here = |t: Term<'_>| -> Term<'h> { crate::interp::term_of(&body.heap, t.raw()) };
    let (to, msg) = (here(to), here(msg));
    let kind = if exists {
        Kind::Send
    } else {
        Kind::SendToNonExisting
    };
    let event = Event::of(body.pid, kind, Payload::Two(msg, to));
    emit::emit_message(vm, body, flags::SEND, &event, &[to, msg], None);
}

/// A message has come into the process's mailbox, with these requests of scoped sessions. Those that the VM made have no sender.
#[cold]
pub fn received(
    vm: &Vm,
    body: &ProcessBody,
    msg: Term<'_>,
    requests: &[(u32, u64)],
    from: Option<Pid>,
) {
    arrived(vm, body, msg, Some(requests), from);
    if body.trace_flags.get() & flags::MAILBOX_WATCH != 0 {
        let before = body.mailbox.borrow().len();
        recording::mailbox_grew(body, before + 1);
    }
}

fn arrived<'h>(
    vm: &Vm,
    body: &'h ProcessBody,
    msg: Term<'_>,
    requests: Option<&[(u32, u64)]>,
    from: Option<Pid>,
) {
    if body.trace_flags.get() & flags::RECEIVE == 0 {
        return;
    }
    if body.trace_flags.get() & (flags::RUNNING | flags::RUNNING_PROCS) != 0 {
        super::scheduling::told_in(vm, body);
    }
    // The message lies outside the heap and outlives this call.
    let msg: Term<'h> = crate::interp::term_of(&body.heap, msg.raw());
    let event = Event::of(body.pid, Kind::Receive, Payload::One(msg));
    let node = vm.atoms().intern(&vm.options.node).unwrap_or(atoms::NONODE);
    let from = from.map_or(Term::atom(atoms::UNDEFINED), Term::pid);
    let row = [Term::atom(node), from, msg];
    emit::emit_message(vm, body, flags::RECEIVE, &event, &row, requests);
}

/// The time of a receive is up.
#[cold]
pub fn timed_out(vm: &Vm, body: &ProcessBody) {
    arrived(vm, body, Term::atom(atoms::TIMEOUT), None, None);
}

fn kind_of(tag: Atom) -> Kind {
    match tag {
        atoms::EXIT => Kind::Exit,
        atoms::LINK => Kind::Link,
        atoms::UNLINK => Kind::Unlink,
        atoms::GETTING_LINKED => Kind::GettingLinked,
        atoms::GETTING_UNLINKED => Kind::GettingUnlinked,
        atoms::REGISTER => Kind::Register,
        atoms::UNREGISTER => Kind::Unregister,
        other => unreachable!("invariant: no process event is called {}", other.0),
    }
}

/// A process event with one term: `exit`, `link`, `unlink`, `getting_linked`, `getting_unlinked`, `register`, `unregister`.
pub fn process_event(vm: &Vm, body: &ProcessBody, tag: Atom, what: Term<'_>) {
    if body.trace_flags.get() & flags::PROCS != 0 {
        let event = Event::of(body.pid, kind_of(tag), Payload::One(what));
        emit::emit(vm, body, flags::PROCS, &event);
    }
}

/// The process has made another.
pub fn spawned(vm: &Vm, parent: &ProcessBody, child: Pid, mfa: Mfa, args: &[Term<'_>]) {
    if parent.trace_flags.get() & flags::PROCS != 0 {
        let event = Event::of(parent.pid, Kind::Spawn, Payload::Start(child, mfa, args));
        emit::emit(vm, parent, flags::PROCS, &event);
    }
}

/// A child that starts with flags says so itself.
pub fn started(vm: &Vm, child: &ProcessBody, parent: Pid, mfa: Mfa, args: &[Term<'_>]) {
    if child.trace_flags.get() & flags::PROCS != 0 {
        let event = Event::of(child.pid, Kind::Spawned, Payload::Start(parent, mfa, args));
        emit::emit(vm, child, flags::PROCS, &event);
    }
}

/// The process gets a scheduler, or leaves it. `at` is where it goes on.
#[cold]
pub fn scheduled(vm: &Vm, body: &ProcessBody, kind: Kind, at: Option<Mfa>) {
    let want = match kind {
        Kind::InExiting | Kind::OutExiting | Kind::OutExited => flags::EXITING,
        _ => flags::RUNNING | flags::RUNNING_PROCS,
    };
    if body.trace_flags.get() & want != 0 {
        let none = body.heap.int(0);
        emit::emit(
            vm,
            body,
            want,
            &Event::of(body.pid, kind, Payload::Place(at, none)),
        );
    }
}

/// A collection begins or ends.
#[cold]
pub fn collection(vm: &Vm, body: &ProcessBody, kind: Kind, words: &[(Atom, usize)]) {
    if body.trace_flags.get() & flags::GARBAGE_COLLECTION != 0 {
        let event = Event::of(body.pid, kind, Payload::Words(words));
        emit::emit(vm, body, flags::GARBAGE_COLLECTION, &event);
    }
}
