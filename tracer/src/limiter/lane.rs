//! One scheduler's side of the limiter: decides without touching anything shared, most of the time.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::account::{Counters, Reason, Totals};
use super::shares::Shares;
use super::{Limiter, Mode};

/// Who caused an event: any numbers that tell functions and processes apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub function: u64,
    pub process: u64,
}

/// The right to capture one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "give it back with Lane::captured, Lane::lost or Lane::withdraw"]
pub struct Permit {
    reserved: u32,
    /// Each shown event stands for that many, because of sampling.
    pub factor: u64,
}

/// What becomes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Show(Permit),
    Suppress(Reason),
}

/// What was suppressed between two shown events of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub reason: Reason,
    pub count: u64,
    /// The function last suppressed for that reason.
    pub culprit: u64,
}

/// How often a budget is looked at.
const BUDGET_MS: u64 = 50;
/// How long events of a session that its limits ended are not asked about; its bits go sooner.
const ENDED_MS: u64 = 50;
const MAX_FACTOR: u64 = 1 << 20;

/// One scheduler's way through a limiter: it counts without locks, and fetches shares of the common budget.
#[derive(Debug)]
pub struct Lane {
    limiter: Arc<Limiter>,
    counters: Arc<Counters>,
    /// Its place on the boards.
    number: usize,
    interval: u32,
    events: u32,
    byte_interval: u32,
    bytes: u32,
    functions: Shares,
    processes: Shares,
    gaps: [(u64, u64); Reason::ALL.len()],
    /// Gaps may be reported: an interval has passed since they began, or the session ended.
    gap_due: bool,
    factor: u64,
    skipped: u64,
    spent_ns: u64,
    budget_since_ms: u64,
}

impl Lane {
    pub(super) fn new(limiter: Arc<Limiter>, counters: Arc<Counters>, number: usize) -> Lane {
        let limit = limiter.config().events.map_or(u32::MAX, |rate| rate.count);
        let started = limiter.started_ms;
        Lane {
            limiter,
            counters,
            number,
            interval: 0,
            events: 0,
            byte_interval: 0,
            bytes: 0,
            functions: Shares::new(limit),
            processes: Shares::new(limit),
            gaps: [(0, 0); Reason::ALL.len()],
            gap_due: false,
            factor: 1,
            skipped: 0,
            spent_ns: 0,
            budget_since_ms: started,
        }
    }

    /// The limiter it belongs to.
    pub fn limiter(&self) -> &Arc<Limiter> {
        &self.limiter
    }

    /// What became of the events of this lane.
    pub fn totals(&self) -> Totals {
        self.counters.read()
    }

    /// Decides about one matched event. Nothing has been copied yet.
    pub fn admit(&mut self, now_ms: u64, key: Key) -> Verdict {
        self.counters.matched();
        let verdict = self.decide(now_ms, key);
        match verdict {
            Verdict::Show(_) => self.counters.shown(),
            Verdict::Suppress(reason) => self.suppress(reason, key),
        }
        verdict
    }

    /// The event was captured in `bytes`. What was reserved beyond that is given back; what it took in addition is taken from the interval, which is over
    /// then if there is not as much left.
    pub fn captured(&mut self, permit: Permit, bytes: usize) {
        self.counters.bytes(bytes as u64);
        let Some(pool) = &self.limiter.bytes else {
            return;
        };
        let used = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.bytes = self.bytes.saturating_add(permit.reserved);
        let over = used.saturating_sub(self.bytes);
        self.bytes = self.bytes.saturating_sub(used);
        if over > 0 {
            pool.take_at_most(self.byte_interval, over);
        }
    }

    /// The event was captured but could not be stored.
    pub fn lost(&mut self, permit: Permit) {
        self.bytes = self.bytes.saturating_add(permit.reserved);
        self.counters.lost();
    }

    /// The event is not to be shown after all.
    pub fn withdraw(&mut self, permit: Permit, reason: Reason, key: Key) {
        self.bytes = self.bytes.saturating_add(permit.reserved);
        self.counters.withdrawn(reason);
        self.note(reason, key);
    }

    /// Counts an event that matched but whose outcome was not wanted; no permit was given for it.
    pub fn suppress_matched(&mut self, reason: Reason, key: Key) {
        self.counters.matched();
        self.suppress(reason, key);
    }

    /// Until when nothing can be shown that was just suppressed for `reason`, in the caller's clock; `None` if the next event may be.
    pub fn closed_until(&self, reason: Reason, now_ms: u64) -> Option<u64> {
        if self.limiter.ended().is_some() {
            return Some(now_ms + ENDED_MS);
        }
        match reason {
            Reason::Rate | Reason::FunctionShare | Reason::ProcessShare => {
                self.pool().map(|pool| pool.end_ms(self.interval))
            }
            Reason::Bytes => {
                let pool = self.limiter.bytes.as_ref();
                pool.map(|pool| pool.end_ms(self.byte_interval))
            }
            Reason::Count
            | Reason::Sampled
            | Reason::Time
            | Reason::Stopped
            | Reason::Predicate
            | Reason::Queue => None,
        }
    }

    /// Counts events that [`Lane::closed_until`] kept from being put to [`Lane::admit`].
    pub fn suppressed_unasked(&mut self, reason: Reason, function: u64, count: u64) {
        self.counters.matched_many(count);
        self.counters.suppressed_many(reason, count);
        let gap = &mut self.gaps[reason as usize];
        gap.0 += count;
        gap.1 = function;
        if self.limiter.config().fair {
            self.functions.add(function, count);
        }
    }

    /// Counts events that nobody tried to store, because the store was full a moment ago.
    pub fn lost_unasked(&mut self, count: u64) {
        self.counters.matched_many(count);
        self.counters.lost_many(count);
    }

    fn pool(&self) -> Option<&super::pool::Pool> {
        self.limiter.events.as_ref().or(self.limiter.bytes.as_ref())
    }

    /// Tells how long tracing took, for the CPU budget.
    pub fn spent(&mut self, ns: u64) {
        self.spent_ns = self.spent_ns.saturating_add(ns);
    }

    /// What was suppressed since the last call, once an interval has passed over it (or `now`: at once). The caller puts
    /// it into the stream before the next event.
    pub fn take_gaps(&mut self, now: bool) -> Vec<Gap> {
        if !(self.gap_due || now) {
            return Vec::new();
        }
        self.gap_due = false;
        let gaps = std::mem::replace(&mut self.gaps, [(0, 0); Reason::ALL.len()]);
        let of = |(reason, (count, culprit)): (&Reason, (u64, u64))| {
            (count > 0).then_some(Gap {
                reason: *reason,
                count,
                culprit,
            })
        };
        Reason::ALL.iter().zip(gaps).filter_map(of).collect()
    }

    fn suppress(&mut self, reason: Reason, key: Key) {
        self.counters.suppressed(reason);
        self.note(reason, key);
    }

    fn note(&mut self, reason: Reason, key: Key) {
        let gap = &mut self.gaps[reason as usize];
        gap.0 += 1;
        gap.1 = key.function;
    }

    fn decide(&mut self, now_ms: u64, key: Key) -> Verdict {
        self.limiter.check_time(now_ms);
        if let Some(reason) = self.limiter.ended() {
            return Verdict::Suppress(reason);
        }
        self.roll(now_ms);
        if !self.sampled(now_ms) {
            return Verdict::Suppress(Reason::Sampled);
        }
        match self.limiter.config().mode {
            Mode::Fuse => self.decide_fuse(now_ms),
            Mode::Throttle => self.decide_throttle(key),
        }
    }

    fn decide_fuse(&mut self, now_ms: u64) -> Verdict {
        if !self.limiter.take_one() {
            return Verdict::Suppress(Reason::Count);
        }
        if let Some(rate) = self.limiter.config().events {
            self.limiter.pass_fuse(rate, now_ms);
        }
        Verdict::Show(Permit {
            reserved: 0,
            factor: self.factor,
        })
    }

    fn decide_throttle(&mut self, key: Key) -> Verdict {
        let fair = self.limiter.config().fair && self.limiter.events.is_some();
        if fair {
            // Both count the match, whatever the answer.
            let function = self.functions.admits(key.function);
            let process = self.processes.admits(key.process);
            if !function {
                return Verdict::Suppress(Reason::FunctionShare);
            }
            if !process {
                return Verdict::Suppress(Reason::ProcessShare);
            }
        }
        if let Some(pool) = &self.limiter.events
            && self.events == 0
        {
            self.events = pool.take(self.interval, 1);
            if self.events == 0 {
                return Verdict::Suppress(Reason::Rate);
            }
        }
        let mut reserved = 0;
        if let Some(pool) = &self.limiter.bytes {
            // Most events are far below their bound: who kept that much for each would show few. So the last event of an interval may go beyond it.
            let bound = self.limiter.config().per_event.bytes;
            reserved = u32::try_from(bound).unwrap_or(u32::MAX).min(pool.chunk());
            if self.bytes < reserved {
                self.bytes += pool.take(self.byte_interval, reserved - self.bytes);
            }
            if self.bytes == 0 {
                return Verdict::Suppress(Reason::Bytes);
            }
            reserved = reserved.min(self.bytes);
        }
        if !self.limiter.take_one() {
            return Verdict::Suppress(Reason::Count);
        }
        self.bytes -= reserved;
        self.events = self.events.saturating_sub(1);
        if fair {
            self.functions.show(key.function);
            self.processes.show(key.process);
        }
        Verdict::Show(Permit {
            reserved,
            factor: self.factor,
        })
    }

    /// Begins a new interval when the clock says so: what was left of the old one is forgotten.
    fn roll(&mut self, now_ms: u64) {
        if let Some(pool) = &self.limiter.bytes {
            let interval = pool.interval(now_ms);
            if interval != self.byte_interval {
                self.byte_interval = interval;
                self.bytes = 0;
            }
        }
        let Some(pool) = self.pool() else {
            return;
        };
        let interval = pool.interval(now_ms);
        if interval == self.interval {
            return;
        }
        let limit = pool.rate().count;
        let ended = std::mem::replace(&mut self.interval, interval);
        self.events = 0;
        if self.limiter.config().fair {
            let [functions, processes] = &self.limiter.boards;
            for (shares, board) in [
                (&mut self.functions, functions),
                (&mut self.processes, processes),
            ] {
                let counts = board.settle(self.number, ended, shares.take());
                shares.begin(&counts, limit);
            }
        }
        self.gap_due = self.gaps.iter().any(|(count, _)| *count > 0);
    }

    /// Applies the CPU budget: whether this event is one of those shown.
    fn sampled(&mut self, now_ms: u64) -> bool {
        let Some(percent) = self.limiter.config().budget_percent else {
            return true;
        };
        let elapsed_ms = now_ms.saturating_sub(self.budget_since_ms);
        if elapsed_ms >= BUDGET_MS {
            let used = self.spent_ns as f64 / (elapsed_ms as f64 * 1e6) * 100.0;
            if used > percent {
                self.factor = (self.factor * 2).min(MAX_FACTOR);
            } else if used * 2.0 < percent {
                self.factor = (self.factor / 2).max(1);
            }
            self.limiter.factor.store(self.factor, Ordering::Relaxed);
            self.spent_ns = 0;
            self.budget_since_ms = now_ms;
        }
        self.skipped += 1;
        if self.skipped >= self.factor {
            self.skipped = 0;
            return true;
        }
        false
    }
}
