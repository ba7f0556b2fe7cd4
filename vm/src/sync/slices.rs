//! The handshake between who changes what slices read (the active code index, the mark of a purge) and the slices that read it.
//!
//! ```text
//!  scheduler:  begin ──> read ──> ... ──> end          writer:  change ──> now ──> wait until passed ──> nobody uses what was before
//! ```
//! Either the slice sees the change or the writer sees the slice: both sides write first, then a full fence, and read then.

use super::atomics::{AtomicU64, Ordering, fence};

/// Counts begins and ends of a scheduler's slices: odd inside a slice.
pub struct SliceCount(AtomicU64);

/// A number that writers change and slices read when they begin.
pub struct Mark(AtomicU64);

impl SliceCount {
    /// No slice has begun.
    pub fn new() -> SliceCount {
        SliceCount(AtomicU64::new(0))
    }

    /// A slice begins; what it reads comes after.
    #[inline(always)]
    pub fn begin(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        // There the addition is a full fence by itself.
        if cfg!(any(loom, not(target_arch = "x86_64"))) {
            fence(Ordering::SeqCst);
        }
    }

    /// It has ended; what it read is not used any more.
    #[inline(always)]
    pub fn end(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// The present count; what the caller has changed was changed before.
    pub fn now(&self) -> u64 {
        fence(Ordering::SeqCst);
        self.0.load(Ordering::SeqCst)
    }

    /// Has the slice that was under way at that count ended?
    pub fn has_passed(&self, before: u64) -> bool {
        before.is_multiple_of(2) || self.0.load(Ordering::SeqCst) != before
    }
}

impl Default for SliceCount {
    fn default() -> Self {
        SliceCount::new()
    }
}

impl Mark {
    /// A mark with this value.
    pub fn new(value: u64) -> Mark {
        Mark(AtomicU64::new(value))
    }

    /// The value.
    #[inline(always)]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Another value, seen by all from now on.
    pub fn set(&self, value: u64) {
        self.0.store(value, Ordering::SeqCst);
    }

    /// One more.
    pub fn raise(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// One less.
    pub fn lower(&self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
