//! The signal inbox of a process: many senders push by CAS, the owner takes everything by one swap.
//!
//! ```text
//!  head: | tag 16 | node address 48 |        tag = low 16 bits of the slot's serial
//!           |          |
//!           |          v      newest                      oldest
//!           |        node ──> node ──> node ──> 0
//!           └ a push with another tag fails: the process this address belonged to is gone
//! ```
//! Process slots are reused, and a sender may hold the pid of the previous tenant: the tag makes its push fail instead of
//! reaching a stranger. An inbox is closed while its slot is free. A push never blocks and never waits for the owner.

use super::atomics::{AtomicU64, Ordering};
use std::marker::PhantomData;

const ADDRESS_BITS: u32 = 48;
const ADDRESS_MASK: u64 = (1 << ADDRESS_BITS) - 1;
/// The address part of a closed inbox; no node lies there.
const CLOSED: u64 = 1;

struct Node<T> {
    next: u64,
    value: T,
}

/// A multi-producer list with one consumer, which takes all or nothing.
pub struct Inbox<T> {
    head: AtomicU64,
    owns: PhantomData<T>,
}

// SAFETY: values move in by `push` and out by `take`; no reference to one is ever shared between threads.
unsafe impl<T: Send> Send for Inbox<T> {}
// SAFETY: as above; all shared state is the atomic head.
unsafe impl<T: Send> Sync for Inbox<T> {}

impl<T> Inbox<T> {
    /// A closed inbox: every push fails until [`Inbox::open`].
    pub fn closed() -> Self {
        Inbox {
            head: AtomicU64::new(CLOSED),
            owns: PhantomData,
        }
    }

    fn base(serial: u32) -> u64 {
        u64::from(serial & 0xffff) << ADDRESS_BITS
    }

    /// Opens the inbox for the tenant with this serial. Only for the holder of the free slot.
    pub fn open(&self, serial: u32) {
        self.head.store(Self::base(serial), Ordering::Release);
    }

    /// Adds a value. `Ok(true)` says the inbox was empty, so that the sender has to wake the owner; `Err` gives the value
    /// back because the tenant is gone.
    pub fn push(&self, serial: u32, value: T) -> Result<bool, T> {
        let base = Self::base(serial);
        let mut head = self.head.load(Ordering::Relaxed);
        let node = Box::into_raw(Box::new(Node { next: 0, value }));
        let address = node as u64;
        assert!(address & !ADDRESS_MASK == 0, "user addresses have 48 bits");
        loop {
            if head & !ADDRESS_MASK != base || head & ADDRESS_MASK == CLOSED {
                // SAFETY: the node was never published, this thread still owns it alone.
                return Err(unsafe { Box::from_raw(node) }.value);
            }
            // SAFETY: as above, until the exchange succeeds.
            unsafe { (*node).next = head & ADDRESS_MASK };
            match self.head.compare_exchange_weak(
                head,
                base | address,
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return Ok(head & ADDRESS_MASK == 0),
                Err(now) => head = now,
            }
        }
    }

    /// Whether nothing waits. A hint for anyone but the owner.
    pub fn is_empty(&self) -> bool {
        matches!(self.head.load(Ordering::Relaxed) & ADDRESS_MASK, 0 | CLOSED)
    }

    /// Takes everything, oldest first. Only for the owner, while the inbox is open.
    pub fn take(&self, serial: u32) -> Batch<T> {
        if self.is_empty() {
            return Batch {
                first: 0,
                owns: PhantomData,
            };
        }
        let head = self.head.swap(Self::base(serial), Ordering::Acquire);
        Batch::reversed(head & ADDRESS_MASK)
    }

    /// Closes the inbox and takes what was left. Only for the owner.
    pub fn close(&self) -> Batch<T> {
        match self.head.swap(CLOSED, Ordering::AcqRel) & ADDRESS_MASK {
            CLOSED => Batch {
                first: 0,
                owns: PhantomData,
            },
            newest => Batch::reversed(newest),
        }
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        drop(self.close());
    }
}

/// Values taken out of an inbox, in the order in which they were pushed.
pub struct Batch<T> {
    first: u64,
    owns: PhantomData<T>,
}

// SAFETY: a batch owns its nodes alone.
unsafe impl<T: Send> Send for Batch<T> {}

impl<T> Batch<T> {
    /// Turns a newest-first chain, now owned by the caller alone, into arrival order.
    fn reversed(mut newest: u64) -> Self {
        let mut first = 0;
        while newest != 0 {
            let node = newest as *mut Node<T>;
            // SAFETY: the swap that took the chain made this thread its only owner.
            newest = unsafe { std::mem::replace(&mut (*node).next, first) };
            first = node as u64;
        }
        Batch {
            first,
            owns: PhantomData,
        }
    }

    /// Has nothing come?
    pub fn is_empty(&self) -> bool {
        self.first == 0
    }
}

impl<T> Iterator for Batch<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.first == 0 {
            return None;
        }
        // SAFETY: nodes of a batch came from `Box::into_raw` and are owned by it alone; each is taken once.
        let node = unsafe { Box::from_raw(self.first as *mut Node<T>) };
        self.first = node.next;
        Some(node.value)
    }
}

impl<T> Drop for Batch<T> {
    fn drop(&mut self) {
        for value in self.by_ref() {
            drop(value);
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn values_come_out_in_order() {
        let inbox = Inbox::closed();
        assert_eq!(inbox.push(7, 1), Err(1));
        inbox.open(7);
        assert_eq!(inbox.push(7, 1), Ok(true));
        assert_eq!(inbox.push(7, 2), Ok(false));
        assert_eq!(inbox.push(8, 9), Err(9), "another tenant's serial");
        assert_eq!(inbox.take(7).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(inbox.push(7, 3), Ok(true));
        assert_eq!(inbox.close().collect::<Vec<_>>(), [3]);
        assert_eq!(inbox.push(7, 4), Err(4));
    }

    #[test]
    fn order_of_each_sender_survives_contention() {
        let inbox = Inbox::closed();
        inbox.open(1);
        let mut last = [0u32; 4];
        std::thread::scope(|s| {
            for who in 0..4usize {
                let inbox = &inbox;
                s.spawn(move || {
                    (1..=5_000u32).for_each(|n| assert!(inbox.push(1, (who, n)).is_ok()))
                });
            }
            while last != [5_000; 4] {
                for (who, n) in inbox.take(1) {
                    assert_eq!(n, last[who] + 1);
                    last[who] = n;
                }
                std::thread::yield_now();
            }
        });
    }

    #[test]
    fn dropping_frees_what_is_left() {
        let token = std::sync::Arc::new(());
        let inbox = Inbox::closed();
        inbox.open(1);
        for _ in 0..3 {
            assert!(inbox.push(1, token.clone()).is_ok());
        }
        drop(inbox.take(1));
        assert!(inbox.push(1, token.clone()).is_ok());
        drop(inbox);
        assert_eq!(std::sync::Arc::strong_count(&token), 1);
    }
}
