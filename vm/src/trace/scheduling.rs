//! What tracing does at the edges of a slice: the coarse clock, the clock of `call_time`, the events `in` and `out`.

use transom_tracer::event::Kind;

use super::{flags, points};
use crate::process::body::{Exec, Mfa};
use crate::process::{Outcome, ProcessBody, whereabouts};
use crate::vm::Vm;

/// A process gets its scheduler.
pub fn slice_begins(vm: &Vm, body: &ProcessBody) {
    vm.tracing.tick(vm);
    let bits = body.trace_flags.get();
    if bits & flags::CALL != 0 {
        crate::interp::trace_return::clock_runs(vm, body, true);
    }
    if bits & (flags::RUNNING | flags::RUNNING_PROCS) != 0 {
        points::scheduled(vm, body, Kind::In, place(vm, body));
    }
}

/// It leaves it.
pub fn slice_ends(vm: &Vm, body: &ProcessBody, outcome: &Outcome) {
    let bits = body.trace_flags.get();
    if bits & flags::CALL != 0 {
        crate::interp::trace_return::clock_runs(vm, body, false);
    }
    if bits & (flags::RUNNING | flags::RUNNING_PROCS | flags::EXITING) == 0 {
        return;
    }
    match outcome {
        Outcome::Yield | Outcome::Wait | Outcome::WaitInBif | Outcome::Elsewhere => {
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
            let frame = whereabouts::frames(vm, body, 1).into_iter().next()?;
            Some(Mfa {
                module: frame.module,
                function: frame.function,
                arity: frame.arity,
            })
        }
    }
}
