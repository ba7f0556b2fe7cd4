//! What tracing does at the edges of a slice: the coarse clock, the clock of `call_time`, the events `in` and `out`.

use transom_tracer::event::Kind;

use super::system::wants;
use super::{flags, points};
use crate::process::body::{Exec, Mfa, process_flag};
use crate::process::{Outcome, ProcessBody, whereabouts};
use crate::vm::Vm;

/// System events that slices tell of.
const SLICES: u32 = wants::LONG_SCHEDULE | wants::LONG_MESSAGE_QUEUE | wants::RUNNABLE_PROCS;

/// A process gets its scheduler.
pub fn slice_begins(vm: &Vm, body: &ProcessBody) {
    vm.tracing.tick(vm);
    if vm.tracing.system.wants(SLICES) {
        vm.tracing.system.slice_begins(vm, body, place(vm, body));
    }
    let bits = body.trace_flags.get();
    if body.has_flag(process_flag::TIMED) {
        crate::interp::trace_time::clock_runs(vm, body, true);
    }
    if bits & (flags::RUNNING | flags::RUNNING_PROCS) != 0 {
        told_in(vm, body);
    }
}

/// Tells `in`, once a slice. A message that a process gets because it is about to run is an event behind that.
pub fn told_in(vm: &Vm, body: &ProcessBody) {
    if !body.set_flag(process_flag::TOLD_IN, true) {
        points::scheduled(vm, body, Kind::In, place(vm, body));
    }
}

/// It leaves it.
pub fn slice_ends(vm: &Vm, body: &ProcessBody, outcome: &Outcome) {
    if vm.tracing.system.wants(SLICES) {
        let at = match outcome {
            Outcome::Exit(_) => None,
            Outcome::Yield
            | Outcome::Wait
            | Outcome::WaitInBif
            | Outcome::Elsewhere
            | Outcome::Collect(_) => place(vm, body),
        };
        let waits = !matches!(outcome, Outcome::Yield);
        vm.tracing.system.slice_ends(vm, body, at, waits);
    }
    body.set_flag(process_flag::TOLD_IN, false);
    let bits = body.trace_flags.get();
    if body.has_flag(process_flag::TIMED) {
        crate::interp::trace_time::clock_runs(vm, body, false);
    }
    if bits & (flags::RUNNING | flags::RUNNING_PROCS | flags::EXITING) == 0 {
        return;
    }
    match outcome {
        Outcome::Yield
        | Outcome::Wait
        | Outcome::WaitInBif
        | Outcome::Elsewhere
        | Outcome::Collect(_) => {
            if bits & (flags::RUNNING | flags::RUNNING_PROCS) != 0 {
                points::scheduled(vm, body, Kind::Out, place(vm, body));
            }
        }
        // The `exit` event comes first; see [`exited`].
        Outcome::Exit(_) => {}
    }
}

/// The last thing a process is heard of.
pub fn exited(vm: &Vm, body: &ProcessBody) {
    points::scheduled(vm, body, Kind::OutExited, None);
}

/// Where it goes on.
fn place(vm: &Vm, body: &ProcessBody) -> Option<Mfa> {
    match body.exec {
        Exec::Native(_) => None,
        Exec::Code(_) | Exec::Taken => {
            let frame = whereabouts::current(vm, body)?;
            Some(Mfa {
                module: frame.module,
                function: frame.function,
                arity: frame.arity,
            })
        }
    }
}
