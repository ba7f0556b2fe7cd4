//! The ring between the trace points and the formatter: bounded in bytes, never blocking a producer.
//!
//! One shard per producer and one for the consumer, each a byte buffer behind a lock that is held only to append one event
//! or to take the whole buffer away. A producer that finds its shard locked tries the next one: there are as many as threads
//! that may hold one, so one is free even while the others were put aside by the operating system with their locks held.
//! An event for which there is no room is counted as lost. The consumer puts the shards' events in the order of their
//! sequence numbers.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, TryLockError};
use std::time::Duration;

/// Why an event did not get in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The ring holds as many bytes as it may.
    Bytes,
    /// Every shard was locked when it was tried.
    Busy,
}

#[derive(Debug, Default)]
struct Shard {
    bytes: Vec<u8>,
    /// Sequence number, first byte and length of each event.
    index: Vec<(u64, usize, usize)>,
}

/// A bounded queue of encoded events.
#[derive(Debug)]
pub struct Ring {
    shards: Vec<Mutex<Shard>>,
    /// Bytes in all shards, event bytes and their index.
    held: AtomicUsize,
    bound: usize,
    lost: AtomicU64,
    sequence: AtomicU64,
    sleeping: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

/// Bytes for which a consumer is woken; for fewer it wakes by itself.
const WORTH_WAKING: usize = 32 * 1024;

/// What one event costs beside its bytes.
const PER_EVENT: usize = size_of::<(u64, usize, usize)>();

/// Events taken out of a ring, in order. Used again, it gives its memory back to the shards.
#[derive(Debug, Default)]
pub struct Batch {
    taken: Vec<Shard>,
    /// Sequence number, shard, first byte and length of each event.
    index: Vec<(u64, usize, usize, usize)>,
}

impl Batch {
    /// Events in it.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The encoded events.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.index
            .iter()
            .map(|(_, shard, from, length)| &self.taken[*shard].bytes[*from..from + length])
    }
}

impl Ring {
    /// A ring for `producers` threads and one consumer that holds at most `bound` bytes.
    pub fn new(producers: usize, bound: usize) -> Ring {
        Ring {
            shards: (0..=producers.max(1))
                .map(|_| Mutex::new(Shard::default()))
                .collect(),
            held: AtomicUsize::new(0),
            bound,
            lost: AtomicU64::new(0),
            sequence: AtomicU64::new(0),
            sleeping: AtomicBool::new(false),
            lock: Mutex::new(()),
            wake: Condvar::new(),
        }
    }

    /// The next sequence number: events are put in this order.
    pub fn next_sequence(&self) -> u64 {
        self.sequence.fetch_add(1, Ordering::Relaxed)
    }

    /// Appends an event from `producer`. Never blocks.
    pub fn push(&self, producer: usize, sequence: u64, event: &[u8]) -> Result<(), Full> {
        let cost = event.len() + PER_EVENT;
        if self.held.fetch_add(cost, Ordering::Relaxed) + cost > self.bound {
            self.held.fetch_sub(cost, Ordering::Relaxed);
            self.lost.fetch_add(1, Ordering::Relaxed);
            return Err(Full::Bytes);
        }
        let count = self.shards.len();
        for step in 0..count {
            let mut here = match self.shards[(producer + step) % count].try_lock() {
                Ok(here) => here,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => continue,
            };
            let from = here.bytes.len();
            here.bytes.extend_from_slice(event);
            here.index.push((sequence, from, event.len()));
            drop(here);
            // A consumer that is woken for every event takes them one by one, and the producer's processor with it: it looks by itself before long, and is
            // woken, once a sleep, when there is work worth it.
            if self.sleeping.load(Ordering::Relaxed)
                && self.held.load(Ordering::Relaxed) >= WORTH_WAKING
                && self.sleeping.swap(false, Ordering::AcqRel)
            {
                self.wake();
            }
            return Ok(());
        }
        self.held.fetch_sub(cost, Ordering::Relaxed);
        self.lost.fetch_add(1, Ordering::Relaxed);
        Err(Full::Busy)
    }

    /// Takes everything out, oldest first. `batch` is used again.
    pub fn drain(&self, batch: &mut Batch) {
        batch.index.clear();
        batch.taken.resize_with(self.shards.len(), Shard::default);
        for (number, (shard, taken)) in self.shards.iter().zip(&mut batch.taken).enumerate() {
            taken.bytes.clear();
            taken.index.clear();
            // The lock is held for a swap; a producer that meets it goes on to the next shard.
            std::mem::swap(
                &mut *shard.lock().unwrap_or_else(PoisonError::into_inner),
                taken,
            );
            let events = taken.index.iter();
            batch
                .index
                .extend(events.map(|(sequence, from, length)| (*sequence, number, *from, *length)));
            self.held.fetch_sub(
                taken.bytes.len() + taken.index.len() * PER_EVENT,
                Ordering::Relaxed,
            );
        }
        batch.index.sort_unstable_by_key(|(sequence, ..)| *sequence);
    }

    /// Waits until something is in the ring, at most `timeout`.
    pub fn wait(&self, timeout: Duration) {
        let guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.sleeping.store(true, Ordering::SeqCst);
        if self.held() == 0 {
            let _ = self.wake.wait_timeout(guard, timeout);
        }
        self.sleeping.store(false, Ordering::SeqCst);
    }

    /// Wakes a consumer that waits. One that is just about to wait may miss it, which its time-out makes good.
    pub fn wake(&self) {
        self.wake.notify_all();
    }

    /// Is there hardly room for one more event? Asked before an event is copied for nothing.
    pub fn is_full(&self) -> bool {
        self.held() + 512 > self.bound
    }

    /// Bytes held now.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Events that did not get in, ever.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}
