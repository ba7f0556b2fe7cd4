//! Gates: what makes a suppressed call cost a handful of nanoseconds.
//!
//! When the limiter suppresses a call, it often knows that it will go on doing so for a while: the interval's events are used up, the function has had its
//! share, the ring is full. Then it closes the gate of that slot for that scheduler until a time; calls that come while it is closed are counted
//! here and go on, without a lock, without looking at the pattern.
//!
//! ```text
//!   slot: watch = | session 32 | generation 32 |            gates, one a scheduler, each in a cache line of its own
//!                                                           { made, until_ms, count, folded, ... }
//!   closed?  watch's session is the process's only one, gate.made == watch, now < gate.until_ms   ->   count += 1
//! ```
//! Every change of the slot's point makes a new generation, so that a gate closed before means nothing any more. A count is written by its own
//! scheduler only and only grows; whoever holds the lane's lock takes what is new of it into the limiter's accounts (`folded` remembers how far), so every
//! call counts once, as matched and as suppressed or lost.

use std::sync::atomic::{AtomicU64, Ordering};

use transom_tracer::limiter::Reason;

use super::slots::Slot;

/// Beside a session's number: the specification must be run first, it may not match.
pub const EVALUATED: u32 = 1 << 31;

/// How long a gate stays closed because events were lost: the ring may have room again.
pub const LOST_MS: u64 = 2;

/// Why calls are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Suppressed(Reason),
    Lost,
}

impl Cause {
    fn code(self) -> u64 {
        match self {
            Cause::Suppressed(reason) => reason as u64,
            Cause::Lost => 0xff,
        }
    }

    fn from_code(code: u64) -> Cause {
        Reason::ALL
            .iter()
            .find(|reason| **reason as u64 == code & 0xff)
            .map_or(Cause::Lost, |reason| Cause::Suppressed(*reason))
    }
}

/// Where a call came through: the slot and what its watch word was before its point was looked at.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    pub slot: &'a Slot,
    pub watch: u64,
}

/// Calls that a gate counted and nobody has accounted for yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub cause: Cause,
    pub function: u64,
    pub calls: u64,
}

/// The gate of one slot on one scheduler. `[0]`: closed for everybody, `[1]`: only for a process that has had its share.
#[derive(Default)]
#[repr(align(64))]
pub struct Gate {
    /// The slot's watch word when it was closed.
    made: AtomicU64,
    until_ms: AtomicU64,
    /// The cause below; above it the session in whose list of closed gates it is.
    state: AtomicU64,
    /// What the limiter knows the function by.
    function: AtomicU64,
    count: [AtomicU64; 2],
    folded: [AtomicU64; 2],
}

impl Gate {
    /// Counts a call if it is closed.
    #[inline(always)]
    pub fn shut(&self, watch: u64, now_ms: u64, process_until_ms: u64) -> bool {
        if self.made.load(Ordering::Relaxed) != watch {
            return false;
        }
        let which = if now_ms < self.until_ms.load(Ordering::Relaxed) {
            0
        } else if now_ms < process_until_ms {
            1
        } else {
            return false;
        };
        let count = &self.count[which];
        // Only this scheduler writes it.
        count.store(count.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        true
    }

    /// Closes it: until `until_ms` for everybody, or (0) for processes that had their share. By its own scheduler, under the lane's lock.
    pub fn close(&self, watch: u64, until_ms: u64, cause: Cause, function: u64) {
        let listed = self.state.load(Ordering::Relaxed) & !0xff;
        if until_ms != 0 {
            self.state.store(listed | cause.code(), Ordering::Relaxed);
        }
        self.function.store(function, Ordering::Relaxed);
        self.until_ms.store(until_ms, Ordering::Relaxed);
        self.made.store(watch, Ordering::Relaxed);
    }

    /// When it opens again.
    pub fn until_ms(&self) -> u64 {
        self.until_ms.load(Ordering::Relaxed)
    }

    /// Puts it into a session's list (0: none); answers whether it was in there.
    pub fn list(&self, session: u32) -> bool {
        let state = self.state.load(Ordering::Relaxed);
        self.state
            .store(u64::from(session) << 8 | state & 0xff, Ordering::Relaxed);
        state >> 8 == u64::from(session)
    }

    /// The session in whose list it is.
    pub fn listed(&self) -> u32 {
        (self.state.load(Ordering::Relaxed) >> 8) as u32
    }

    /// What it counted since the last time.
    pub fn take(&self) -> [Option<Counted>; 2] {
        let cause = Cause::from_code(self.state.load(Ordering::Relaxed));
        let function = self.function.load(Ordering::Relaxed);
        let since = |which: usize, cause| {
            let now = self.count[which].load(Ordering::Relaxed);
            let before = self.folded[which].fetch_max(now, Ordering::Relaxed);
            let calls = now.saturating_sub(before);
            (calls > 0).then_some(Counted {
                cause,
                function,
                calls,
            })
        };
        [
            since(0, cause),
            since(1, Cause::Suppressed(Reason::ProcessShare)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_counts_once() {
        let gate = Gate::default();
        let watch = 7 << 32 | 1;
        assert!(!gate.shut(watch, 10, 0), "open to begin with");
        gate.close(watch, 20, Cause::Suppressed(Reason::Rate), 42);
        assert!(gate.shut(watch, 10, 0) && gate.shut(watch, 19, 0));
        assert!(!gate.shut(watch, 20, 0), "its time is over");
        assert!(!gate.shut(watch + 1, 10, 0), "another generation");
        assert!(gate.shut(watch, 20, 25), "this process had its share");
        let [all, one] = gate.take();
        assert_eq!(
            all,
            Some(Counted {
                cause: Cause::Suppressed(Reason::Rate),
                function: 42,
                calls: 2
            })
        );
        assert_eq!(one.map(|c| c.calls), Some(1));
        assert_eq!(gate.take(), [None, None], "taken");
        gate.close(watch, 30, Cause::Lost, 42);
        assert!(gate.shut(watch, 21, 0));
        assert_eq!(gate.take()[0].map(|c| c.cause), Some(Cause::Lost));
    }

    #[test]
    fn it_is_in_one_list() {
        let gate = Gate::default();
        assert!(!gate.list(3));
        assert!(gate.list(3));
        assert!(!gate.list(4));
        gate.list(0);
        assert!(!gate.list(4));
    }
}
