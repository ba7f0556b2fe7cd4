//! The run right: at most one thread at a time reaches the body of a process.
//!
//! ```text
//!  state: | serial 32 | flags 32 |
//!
//!            wake (signal or spawn)              pick (scheduler)
//!   idle ───────────────────────────> queued ───────────────────────> running
//!    ^ \                                 ^                               │
//!    │  └── try_take (a requester answers itself) ──> running ──┐        │ release
//!    │                                                          v        v
//!    └──────────────── nothing to do ──────────────────── release decides by the flags
//! ```
//! A wake happens only on the edge from idle: whoever sets QUEUED must put the process into a run queue, nobody else does, so there is at most one live
//! entry for a process. Entries may be stale (the slot died, or was picked already): `pick` finds out by serial and flag.
//! Three facts make lost wakes impossible: a sender sets SIGNALS after its push, a runner clears SIGNALS before it takes the
//! inbox, and a release that sees SIGNALS queues the process again.

use super::atomics::{AtomicU64, Ordering};
use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};

/// Flag bits of the state word.
pub mod flag {
    /// A thread holds the run right.
    pub const RUNNING: u64 = 1;
    /// An entry in a run queue stands for this process.
    pub const QUEUED: u64 = 1 << 1;
    /// The process has code to run; without it, it waits in a receive.
    pub const ACTIVE: u64 = 1 << 2;
    /// The inbox may hold something.
    pub const SIGNALS: u64 = 1 << 3;
    /// Suspended: signals are handled, code does not run.
    pub const SUSPENDED: u64 = 1 << 4;
    /// The process is ending: it is not alive to questions, its slot is not yet free.
    pub const EXITING: u64 = 1 << 5;
    /// The slot has no tenant.
    pub const FREE: u64 = 1 << 6;
    /// The run right is held by a thread that is not a scheduler (a requester, a dirty thread).
    pub const BORROWED: u64 = 1 << 7;
    /// Timers with this process as receiver exist; ending must cancel them.
    pub const TIMERS: u64 = 1 << 8;
    /// The slot had a tenant before.
    pub const USED: u64 = 1 << 9;
    /// The process has a registered name.
    pub const NAMED: u64 = 1 << 12;
    /// Two bits: 0 low, 1 normal, 2 high, 3 max.
    pub const PRIORITY_SHIFT: u32 = 10;
    /// The bits of the priority.
    pub const PRIORITY: u64 = 3 << PRIORITY_SHIFT;
}
use flag::*;

const SERIAL_SHIFT: u32 = 32;
/// Serials have as many bits as a pid has room for.
const MAX_SERIAL: u32 = (1 << 28) - 1;

fn serial_of(state: u64) -> u32 {
    (state >> SERIAL_SHIFT) as u32
}

/// Whether a thread should run it: signals are always handled, code only when not suspended.
fn wants_to_run(state: u64) -> bool {
    state & SIGNALS != 0 || state & (ACTIVE | SUSPENDED) == ACTIVE
}

/// The priority as a number, 0 (low) to 3 (max).
fn priority_of(state: u64) -> u8 {
    ((state & PRIORITY) >> PRIORITY_SHIFT) as u8
}

/// What the caller owes after a state change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Wake {
    /// Nothing: it is queued, running, or has nothing to do.
    No,
    /// Put an entry into a run queue of this priority.
    Enqueue(u8),
}

/// A state word and the body it guards.
pub struct RunCell<B> {
    state: AtomicU64,
    body: UnsafeCell<B>,
}

// SAFETY: the body is reached only through a `RunRight`, which one thread at a time can hold.
unsafe impl<B: Send> Sync for RunCell<B> {}

impl<B> RunCell<B> {
    /// A free slot.
    pub fn free(body: B) -> Self {
        RunCell {
            state: AtomicU64::new(FREE),
            body: UnsafeCell::new(body),
        }
    }

    /// The flags if the tenant has this serial.
    pub fn flags(&self, serial: u32) -> Option<u64> {
        let state = self.state.load(Ordering::Acquire);
        (serial_of(state) == serial && state & FREE == 0).then_some(state & 0xffff_ffff)
    }

    /// The serial of the tenant, if there is one.
    pub fn tenant(&self) -> Option<u32> {
        let state = self.state.load(Ordering::Acquire);
        (state & FREE == 0).then_some(serial_of(state))
    }

    /// The serial for the next tenant of a free slot: 0 for the first.
    pub fn next_serial(&self) -> u32 {
        let state = self.state.load(Ordering::Relaxed);
        if state & USED == 0 {
            0
        } else {
            serial_of(state).wrapping_add(1) & MAX_SERIAL
        }
    }

    /// Gives the free slot to a new tenant. The caller owns the slot (took it from the free list); it gets the run
    /// right of a process that is active and not queued.
    pub fn occupy(&self, serial: u32, priority: u8) -> RunRight<'_, B> {
        let state = self.state.load(Ordering::Relaxed);
        assert!(state & FREE != 0, "a slot on the free list has no tenant");
        let flags = RUNNING | ACTIVE | (u64::from(priority) << PRIORITY_SHIFT);
        self.state.store(
            (u64::from(serial) << SERIAL_SHIFT) | flags,
            Ordering::Release,
        );
        RunRight { cell: self, serial }
    }

    /// Changes the flags by CAS as `change` says; `None` if the tenant is another or `change` declines.
    fn update(
        &self,
        serial: u32,
        mut change: impl FnMut(u64) -> Option<u64>,
    ) -> Option<(u64, u64)> {
        let mut state = self.state.load(Ordering::Relaxed);
        loop {
            if serial_of(state) != serial || state & FREE != 0 {
                return None;
            }
            let new = change(state)?;
            match self
                .state
                .compare_exchange_weak(state, new, Ordering::AcqRel, Ordering::Relaxed)
            {
                Ok(_) => return Some((state, new)),
                Err(now) => state = now,
            }
        }
    }

    /// After a push into an empty inbox: tells the owner.
    pub fn signal(&self, serial: u32) -> Wake {
        let done = self.update(serial, |s| {
            let idle = s & (RUNNING | QUEUED) == 0;
            Some(s | SIGNALS | if idle { QUEUED } else { 0 })
        });
        match done {
            Some((old, new)) if old & QUEUED == 0 && new & QUEUED != 0 => {
                Wake::Enqueue(priority_of(new))
            }
            Some(_) | None => Wake::No,
        }
    }

    /// Sets flags that anyone may set (TIMERS, NAMED), or the holder of the run right (SUSPENDED).
    pub fn set_flags(&self, serial: u32, bits: u64) -> bool {
        self.update(serial, |s| Some(s | bits)).is_some()
    }

    /// Clears flags that anyone who made sure of it may clear: SUSPENDED, by the holder of the run right.
    pub fn clear_flags(&self, serial: u32, bits: u64) -> bool {
        self.update(serial, |s| Some(s & !bits)).is_some()
    }

    /// Changes the priority; answers the old one.
    pub fn set_priority(&self, serial: u32, level: u8) -> u64 {
        let done = self.update(serial, |s| {
            Some((s & !PRIORITY) | (u64::from(level) << PRIORITY_SHIFT))
        });
        done.map_or(1, |(old, _)| u64::from(priority_of(old)))
    }

    /// A scheduler took an entry from a queue: the run right, unless the entry is stale or another thread holds the right
    /// (its release queues the process again).
    pub fn pick(&self, serial: u32) -> Option<RunRight<'_, B>> {
        let (old, _) = self.update(serial, |s| {
            if s & QUEUED == 0 {
                return None;
            }
            Some((s & !QUEUED) | RUNNING)
        })?;
        (old & RUNNING == 0).then(|| RunRight { cell: self, serial })
    }

    /// The right that [`RunRight::hand_over`] took from another thread, for the same cell.
    pub fn claimed(&self, claim: Claim) -> RunRight<'_, B> {
        let serial = claim.serial;
        let state = self.state.load(Ordering::Acquire);
        assert!(
            serial_of(state) == serial && state & (FREE | RUNNING) == RUNNING,
            "a claim is for a process whose right was handed over"
        );
        RunRight { cell: self, serial }
    }

    /// A requester wants to look into a process that is not running. Does not disturb a queue entry.
    pub fn try_take(&self, serial: u32) -> Option<RunRight<'_, B>> {
        self.update(serial, |s| {
            (s & (RUNNING | EXITING) == 0).then_some(s | RUNNING | BORROWED)
        })?;
        Some(RunRight { cell: self, serial })
    }
}

/// A run right on its way from one thread to another. Nobody else can take the right meanwhile; it must reach [`RunCell::claimed`].
#[must_use]
pub struct Claim {
    serial: u32,
}

/// The run right of one process: access to its body. It must end by [`RunRight::release`] or [`RunRight::retire`].
pub struct RunRight<'a, B> {
    cell: &'a RunCell<B>,
    serial: u32,
}

impl<B> RunRight<'_, B> {
    /// Which tenant of the slot it is.
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// The flags of this moment.
    pub fn flags(&self) -> u64 {
        self.cell.state.load(Ordering::Relaxed) & 0xffff_ffff
    }

    /// Sets and clears flags of the running process.
    pub fn change_flags(&self, set: u64, clear: u64) {
        self.cell
            .update(self.serial, |s| Some((s & !clear) | set))
            .expect("the runner's slot stays occupied");
    }

    /// Says that the inbox will be taken next.
    pub fn clear_signals(&self) {
        self.change_flags(0, SIGNALS);
    }

    /// Gives the right back. `active`: there is code to run now (`None`: as before).
    pub fn release(self, active: Option<bool>) -> Wake {
        let (old, new) = self
            .cell
            .update(self.serial, |s| {
                let mut s = s & !(RUNNING | BORROWED);
                match active {
                    Some(true) => s |= ACTIVE,
                    Some(false) => s &= !ACTIVE,
                    None => {}
                }
                Some(if wants_to_run(s) { s | QUEUED } else { s })
            })
            .expect("the runner's slot stays occupied");
        std::mem::forget(self);
        if old & QUEUED == 0 && new & QUEUED != 0 {
            Wake::Enqueue(priority_of(new))
        } else {
            Wake::No
        }
    }

    /// Keeps the process running and gives the right to another thread.
    pub fn hand_over(self) -> Claim {
        self.change_flags(BORROWED, 0);
        let serial = self.serial;
        std::mem::forget(self);
        Claim { serial }
    }

    /// Ends the tenancy. The inbox must be closed and the body emptied.
    pub fn retire(self) {
        self.cell.state.store(
            (u64::from(self.serial) << SERIAL_SHIFT) | FREE | USED,
            Ordering::Release,
        );
        std::mem::forget(self);
    }
}

impl<B> Drop for RunRight<'_, B> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("a run right ends by release or retire");
        }
    }
}

impl<B> Deref for RunRight<'_, B> {
    type Target = B;
    fn deref(&self) -> &B {
        // SAFETY: the run right is exclusive: `occupy`, `pick` and `try_take` hand it out only when RUNNING was clear.
        unsafe { &*self.cell.body.get() }
    }
}

impl<B> DerefMut for RunRight<'_, B> {
    fn deref_mut(&mut self) -> &mut B {
        // SAFETY: as in `deref`.
        unsafe { &mut *self.cell.body.get() }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn wakes_only_on_the_edge() {
        let cell = RunCell::free(0u32);
        let right = cell.occupy(3, 1);
        assert_eq!(cell.signal(3), Wake::No, "running: the release will see it");
        assert_eq!(right.release(Some(false)), Wake::Enqueue(1));
        assert_eq!(cell.signal(3), Wake::No, "queued already");
        let right = cell.pick(3).expect("queued");
        assert!(cell.pick(3).is_none(), "stale entry");
        right.clear_signals();
        assert_eq!(right.release(Some(false)), Wake::No);
        assert_eq!(cell.signal(3), Wake::Enqueue(1));
        assert_eq!(cell.signal(2), Wake::No, "a former tenant");
    }

    #[test]
    fn a_borrower_gives_a_queued_process_back() {
        let cell = RunCell::free(0u32);
        assert_eq!(cell.occupy(1, 2).release(Some(true)), Wake::Enqueue(2));
        let right = cell.try_take(1).expect("not running");
        assert!(cell.pick(1).is_none(), "the entry is used up");
        assert_eq!(
            right.release(None),
            Wake::Enqueue(2),
            "so the borrower queues it anew"
        );
    }

    #[test]
    fn a_right_that_is_handed_over_is_nobody_elses() {
        let cell = RunCell::free(0u32);
        let claim = cell.occupy(1, 1).hand_over();
        assert!(cell.try_take(1).is_none());
        assert_eq!(cell.signal(1), Wake::No);
        let mut right = cell.claimed(claim);
        *right += 1;
        assert_eq!(right.release(Some(false)), Wake::Enqueue(1));
        assert_eq!(cell.flags(1).map(|f| f & (RUNNING | BORROWED)), Some(0));
    }

    #[test]
    fn suspended_processes_only_handle_signals() {
        let cell = RunCell::free(0u32);
        let right = cell.occupy(1, 1);
        right.change_flags(SUSPENDED, 0);
        assert_eq!(right.release(Some(true)), Wake::No);
        assert_eq!(cell.signal(1), Wake::Enqueue(1));
        let right = cell.pick(1).expect("queued");
        right.clear_signals();
        right.change_flags(0, SUSPENDED);
        assert_eq!(right.release(None), Wake::Enqueue(1));
    }

    #[test]
    fn a_retired_slot_refuses_everything() {
        let cell = RunCell::free(0u32);
        cell.occupy(1, 1).retire();
        assert_eq!(cell.signal(1), Wake::No);
        assert!(cell.try_take(1).is_none());
        assert_eq!(cell.flags(1), None);
        assert_eq!(cell.tenant(), None);
    }
}
