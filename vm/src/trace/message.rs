//! Trace messages: `{trace, Subject, Tag, Payload..., Extra}` or `{trace_ts, ..., Stamp}`, put together on a scratch heap and sent to the tracer.

use std::sync::atomic::Ordering;

use super::flags;
use crate::atoms::{self, Atom};
use crate::heap::{Heap, HeapOptions, Pid, Term};
use crate::process::{ProcessBody, Signal};
use crate::vm::Vm;

/// Sends an event of a process to its tracer. The parts are made by `parts` on the heap it is given. A tracer that is gone takes the flags with it.
pub fn send(
    vm: &Vm,
    body: &ProcessBody,
    tag: Atom,
    parts: impl for<'s> FnOnce(&'s Heap) -> Vec<Term<'s>>,
) {
    let Some(tracer) = flags::tracer_of(body) else {
        return;
    };
    if tracer == body.pid {
        return;
    }
    if !send_to(vm, tracer, body.pid, tag, body.trace_flags.get(), parts) {
        body.trace_flags.set(0);
        body.if_extra(|extra| extra.tracer = None);
    }
}

/// Sends an event to a given tracer; `false` if it is gone.
pub fn send_to(
    vm: &Vm,
    tracer: Pid,
    subject: Pid,
    tag: Atom,
    bits: u32,
    parts: impl for<'s> FnOnce(&'s Heap) -> Vec<Term<'s>>,
) -> bool {
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let stamp = stamp(vm, &heap, bits);
    let head = if stamp.is_some() {
        atoms::TRACE_TS
    } else {
        atoms::TRACE
    };
    let mut all = vec![Term::atom(head), Term::pid(subject), Term::atom(tag)];
    all.extend(parts(&heap));
    all.extend(stamp);
    let message = crate::heap::OwnedTerm::new(heap.tuple(&all));
    vm.tracing.sent.fetch_add(1, Ordering::Relaxed);
    vm.signal(tracer, Signal::Message(message)).is_ok()
}

/// The time stamp the flags ask for.
fn stamp<'s>(vm: &Vm, heap: &'s Heap, bits: u32) -> Option<Term<'s>> {
    if bits & flags::STRICT_MONOTONIC_TIMESTAMP != 0 {
        let unique = vm.env.next_unique();
        return Some(heap.tuple(&[heap.int(vm.clock.monotonic_ns()), heap.int(unique as i64)]));
    }
    if bits & flags::MONOTONIC_TIMESTAMP != 0 {
        return Some(heap.int(vm.clock.monotonic_ns()));
    }
    if bits & (flags::TIMESTAMP | flags::CPU_TIMESTAMP) != 0 {
        return Some(wall_clock(vm, heap));
    }
    None
}

/// `{MegaSeconds, Seconds, MicroSeconds}`.
pub fn wall_clock<'s>(vm: &Vm, heap: &'s Heap) -> Term<'s> {
    let micros = vm.clock.system_ns() / 1_000;
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    heap.tuple(&[
        heap.int(seconds / 1_000_000),
        heap.int(seconds % 1_000_000),
        heap.int(rest),
    ])
}
