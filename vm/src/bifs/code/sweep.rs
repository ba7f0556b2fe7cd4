//! Walks over all processes, a stretch of the process table at a time: those that sleep are looked at in place, whatever they wait for,
//! and none is woken; those that run just now are named, to be asked one by one. A process that starts meanwhile may be missed.

use super::badarg;
use crate::bifs::{Cx, Raise};
use crate::heap::{Pid, Term};
use crate::process::ProcessBody;

/// Slots that one call looks at, a fraction of a millisecond.
const STRETCH: u32 = 2_000;
/// Slots for a reduction.
const SLOTS_A_REDUCTION: u32 = 4;

/// What a stretch left to do.
pub(super) struct Stretch {
    /// Running just now, or not to be had.
    pub(super) busy: Vec<Pid>,
    /// Where to go on.
    pub(super) next: Option<u32>,
}

/// A slot number from Erlang.
pub(super) fn from<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<u32, Raise<'h>> {
    let slot = t.as_small().and_then(|n| u32::try_from(n).ok());
    slot.ok_or_else(|| badarg(cx))
}

/// A slot number, or `done`, for Erlang.
pub(super) fn next<'h>(cx: &Cx<'h>, next: Option<u32>) -> Result<Term<'h>, Raise<'h>> {
    match next {
        Some(slot) => Ok(cx.heap().int(slot.into())),
        None => cx.atom_term("done"),
    }
}

/// Shows the sleeping processes in the slots from `from` on.
pub(super) fn sweep(cx: &Cx<'_>, from: u32, mut see: impl FnMut(&mut ProcessBody)) -> Stretch {
    let vm = cx.vm();
    let end = vm.processes.slots();
    let to = end.min(from.saturating_add(STRETCH));
    let mut busy = Vec::new();
    for slot in from..to {
        let Some(process) = vm.processes.slot(slot) else {
            continue;
        };
        let Some(serial) = process.cell.tenant().filter(|s| process.is_alive(*s)) else {
            continue;
        };
        let pid = Pid::new(slot, serial);
        // The caller holds its own run right, so it is among the busy.
        let Some(mut right) = process.cell.try_take(serial) else {
            busy.push(pid);
            continue;
        };
        if let Some(body) = right.as_mut() {
            see(body);
        }
        let wake = right.release(None);
        vm.wake(pid, wake);
    }
    cx.bump(i64::from(to.saturating_sub(from) / SLOTS_A_REDUCTION));
    Stretch {
        busy,
        next: (to < end).then_some(to),
    }
}
