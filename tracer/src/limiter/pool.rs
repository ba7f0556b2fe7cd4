//! The tokens of an interval, shared by all schedulers and taken in chunks.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Rate;

/// One word: the interval's number above, the tokens left in it below. Tokens of a past interval are worth nothing.
#[derive(Debug)]
pub(super) struct Pool {
    word: AtomicU64,
    rate: Rate,
    origin_ms: u64,
}

/// How many chunks an interval's tokens are handed out in: small enough that one scheduler cannot hoard, large enough
/// that the shared word is rarely touched.
const CHUNKS: u32 = 16;

impl Pool {
    pub fn new(rate: Rate, origin_ms: u64) -> Pool {
        let rate = Rate {
            per_ms: rate.per_ms.max(1),
            ..rate
        };
        Pool {
            word: AtomicU64::new(u64::from(rate.count)),
            rate,
            origin_ms,
        }
    }

    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// The number of the interval that `now_ms` lies in.
    pub fn interval(&self, now_ms: u64) -> u32 {
        let number = now_ms.saturating_sub(self.origin_ms) / u64::from(self.rate.per_ms);
        (number & u64::from(u32::MAX)) as u32
    }

    /// When that interval is over.
    pub fn end_ms(&self, interval: u32) -> u64 {
        self.origin_ms + (u64::from(interval) + 1) * u64::from(self.rate.per_ms)
    }

    /// The tokens that are handed out at once.
    pub fn chunk(&self) -> u32 {
        (self.rate.count / CHUNKS).max(1)
    }

    /// Takes `wanted` tokens of `interval`, or a chunk if that is more, or what is left.
    pub fn take(&self, interval: u32, wanted: u32) -> u32 {
        self.take_at_most(interval, self.chunk().max(wanted))
    }

    /// Takes so many tokens of `interval`, or what is left.
    pub fn take_at_most(&self, interval: u32, most: u32) -> u32 {
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            let left = self.left(word, interval);
            if left == 0 {
                return 0;
            }
            let taken = most.min(left);
            let next = u64::from(interval) << 32 | u64::from(left - taken);
            match self
                .word
                .compare_exchange_weak(word, next, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => return taken,
                Err(now) => word = now,
            }
        }
    }

    fn left(&self, word: u64, interval: u32) -> u32 {
        let at = (word >> 32) as u32;
        // A lane whose clock is behind gets nothing: its interval is over.
        if at == interval {
            (word & u64::from(u32::MAX)) as u32
        } else if interval.wrapping_sub(at) < u32::MAX / 2 {
            self.rate.count
        } else {
            0
        }
    }
}
