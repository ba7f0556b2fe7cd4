//! Trace messages: events built as terms and sent to a process, on a credit of bytes it has not read yet.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::event::Event;
use super::flags;
use super::tracer::{Charge, Credit};
use crate::atoms;
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Term};
use crate::process::Signal;
use crate::process::mailbox::Place;
use crate::vm::Vm;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// In the mailbox, with so many bytes.
    Done(usize),
    /// The reader has too much unread.
    Dropped,
    /// There is no such process.
    Gone,
}

/// Bytes that a message takes beside its term: its block, its entry in the mailbox and its charge.
const AROUND: usize = 160;

/// Sends an event as a message. The charge is taken before anything is copied.
pub fn send(vm: &Vm, pid: Pid, credit: &Arc<Credit>, bits: u32, event: &Event<'_, '_>) -> Sent {
    let bytes = 8 * event.words(bits & flags::ARITY != 0);
    send_built(vm, pid, credit, bytes, |heap| event.message(vm, heap, bits))
}

/// The same for a message of about `bytes`, built only if its reader has room for it.
pub fn send_built(
    vm: &Vm,
    pid: Pid,
    credit: &Arc<Credit>,
    bytes: usize,
    build: impl FnOnce(&Heap) -> OwnedTerm,
) -> Sent {
    let Some(charge) = credit.charge(bytes + AROUND) else {
        return Sent::Dropped;
    };
    let heap = Heap::new(&vm.env, HeapOptions::default());
    if let Some(dropped) = credit.take_dropped() {
        let drop = heap.tuple(&[Term::atom(atoms::DROP), heap.uint(dropped)]);
        let _gone = vm.signal(pid, Signal::Message(OwnedTerm::new(drop)));
    }
    let message = build(&heap);
    match post(vm, pid, message, charge) {
        true => Sent::Done(bytes),
        false => Sent::Gone,
    }
}

/// The same for a sink whose reader is that process: `None` if it did not get it.
pub fn to_process(
    vm: &Vm,
    pid: Pid,
    credit: &Arc<Credit>,
    bits: u32,
    event: &Event<'_, '_>,
) -> Option<usize> {
    match send(vm, pid, credit, bits, event) {
        Sent::Done(bytes) => Some(bytes),
        Sent::Dropped | Sent::Gone => None,
    }
}

fn post(vm: &Vm, pid: Pid, message: OwnedTerm, charge: Charge) -> bool {
    vm.tracing.sent.fetch_add(1, Ordering::Relaxed);
    vm.signal(
        pid,
        Signal::Traced(Box::new((Place::Outside(message), charge))),
    )
    .is_ok()
}
