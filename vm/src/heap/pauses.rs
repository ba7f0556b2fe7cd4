//! How long collections took, as a histogram: for `transom metrics`.
//!
//! Two looks at the clock cost as much as a tenth of a small collection, so those of small heaps are not timed: copying 64 KB takes less than the first
//! bound. They are told from the number of all collections.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Heaps that use fewer words before a collection are not timed.
pub const TIMED_WORDS: usize = 8 * 1024;

/// Upper bounds in microseconds; one more bucket has all above.
pub const BOUNDS_US: [u64; 11] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 1_000_000,
];

/// Pauses of the heaps of one VM.
#[derive(Default)]
pub struct Pauses {
    buckets: [AtomicU64; BOUNDS_US.len() + 1],
    sum_ns: AtomicU64,
}

/// The clock, if the collection of a heap of so many words is timed.
#[inline]
pub fn begin(words: usize) -> Option<Instant> {
    (words >= TIMED_WORDS).then(Instant::now)
}

impl Pauses {
    /// A collection took this long.
    pub fn add(&self, took: Duration) {
        let us = took.as_micros();
        let bucket = BOUNDS_US
            .iter()
            .position(|bound| us <= u128::from(*bound))
            .unwrap_or(BOUNDS_US.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        let ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.sum_ns.fetch_add(ns, Ordering::Relaxed);
    }

    /// Timed collections in each bucket, the last one without a bound.
    pub fn counts(&self) -> [u64; BOUNDS_US.len() + 1] {
        std::array::from_fn(|i| self.buckets[i].load(Ordering::Relaxed))
    }

    /// Nanoseconds in all.
    pub fn sum_ns(&self) -> u64 {
        self.sum_ns.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_lies_at_or_below_its_bound() {
        let pauses = Pauses::default();
        for us in [1, 100, 101, 999_999, 1_000_000, 1_000_001] {
            pauses.add(Duration::from_micros(us));
        }
        assert_eq!(pauses.counts(), [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1]);
        assert_eq!(pauses.sum_ns(), 3_000_202_000);
    }
}
