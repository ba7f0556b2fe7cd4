//! Lengths of run queues as a histogram, for `transom metrics`: how many processes waited behind the one that was picked.
//!
//! One of 64 picks is looked at, by the scheduler itself: the others cost an addition.

use std::sync::atomic::{AtomicU64, Ordering};

/// Looks at one pick of this many.
pub const ONE_OF: u32 = 64;

/// Upper bounds; one more bucket has all above.
pub const LENGTHS: [u64; 9] = [0, 1, 2, 4, 8, 16, 64, 256, 1024];

/// Picks by length, the last number without a bound.
pub type Counts = [u64; LENGTHS.len() + 1];

/// What one scheduler saw.
#[derive(Default)]
pub struct Lengths {
    buckets: [AtomicU64; LENGTHS.len() + 1],
    sum: AtomicU64,
}

impl Lengths {
    /// So many waited.
    pub fn add(&self, length: usize) {
        let length = length as u64;
        let bucket = LENGTHS
            .iter()
            .position(|bound| length <= *bound)
            .unwrap_or(LENGTHS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(length, Ordering::Relaxed);
    }
}

/// Of all schedulers: picks by length, and the sum of the lengths.
pub fn sum<'a>(all: impl Iterator<Item = &'a Lengths>) -> (Counts, u64) {
    let mut counts = Counts::default();
    let mut sum = 0;
    for one in all {
        for (count, bucket) in counts.iter_mut().zip(&one.buckets) {
            *count += bucket.load(Ordering::Relaxed);
        }
        sum += one.sum.load(Ordering::Relaxed);
    }
    (counts, sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_all_schedulers_are_added() {
        let (one, other) = (Lengths::default(), Lengths::default());
        for length in [0, 0, 3, 1024] {
            one.add(length);
        }
        for length in [0, 1025] {
            other.add(length);
        }
        let (counts, total) = sum([&one, &other].into_iter());
        assert_eq!(counts, [3, 0, 0, 1, 0, 0, 0, 0, 1, 1]);
        assert_eq!(total, 2052);
    }
}
