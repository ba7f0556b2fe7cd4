//! Calls whose outcome decides whether they are shown. Their terms lie with the record of the call; here they are counted until the end, and then
//! go through the limiter: together with the end, or as suppressed by the predicate.

use std::sync::atomic::{AtomicI64, Ordering};

use transom_tracer::limiter::{Key, Reason, Verdict};

use super::Sink;
use crate::trace::event::Event;
use crate::vm::Vm;

/// A counter that one scheduler writes.
#[derive(Default)]
#[repr(align(64))]
pub(super) struct Held(AtomicI64);

impl Sink {
    /// So many calls more wait for their outcome. By a scheduler, `lane`.
    pub fn held(&self, lane: usize, more: i64) {
        match self.held.get(lane) {
            // Only this scheduler writes it.
            Some(Held(held)) => {
                held.store(held.load(Ordering::Relaxed) + more, Ordering::Relaxed);
            }
            None => _ = self.held_elsewhere.fetch_add(more, Ordering::Relaxed),
        }
    }

    /// The outcome of a held call is not as wanted.
    pub fn forget(&self, vm: &Vm, key: Key) {
        let scheduler = vm.scheduler_index().unwrap_or(self.lanes.len() - 1);
        let lane = &mut self.lanes[scheduler].lock().lane;
        lane.suppress_matched(Reason::Predicate, key);
    }

    /// The outcome of a held call is as wanted: the call, which began at `began_ns`, goes before its end.
    pub fn release(
        &self,
        vm: &Vm,
        (call, began_ns): (&Event<'_, '_>, i64),
        bits: u32,
        end: &Event<'_, '_>,
    ) {
        let scheduler = vm.scheduler_index().unwrap_or(self.lanes.len() - 1);
        let now_ms = vm.tracing.now_ms(vm);
        {
            let mut state = self.lanes[scheduler].lock();
            let state = &mut *state;
            if let Verdict::Show(permit) = state.lane.admit(now_ms, end.key()) {
                self.report_gaps(vm, state, scheduler, now_ms, false);
                self.captured(vm, state, permit, (call, began_ns), bits, scheduler);
            }
        }
        self.event(vm, bits, end);
    }

    /// Calls held for their outcome.
    pub fn still_held(&self) -> u64 {
        let all = self.held.iter().map(|held| held.0.load(Ordering::Relaxed));
        let elsewhere = self.held_elsewhere.load(Ordering::Relaxed);
        (all.sum::<i64>() + elsewhere).max(0) as u64
    }
}
