//! A value that one writer replaces now and then while many read it without a lock.
//! The old value is dropped when the last reader that may see it has finished (crossbeam's epochs).

use std::sync::atomic::Ordering;

use crossbeam::epoch::{self, Atomic, Owned};

/// The cell.
pub struct Published<T: Send + Sync>(Atomic<T>);

impl<T: Send + Sync> Published<T> {
    /// Starts with a value.
    pub fn new(value: T) -> Published<T> {
        Published(Atomic::new(value))
    }

    /// Shows the present value. Keep it short: while it runs, no replaced value anywhere is freed.
    pub fn read<R>(&self, see: impl FnOnce(&T) -> R) -> R {
        let guard = epoch::pin();
        let value = self.0.load(Ordering::Acquire, &guard);
        // SAFETY: the cell is never null, and the pinned epoch keeps what was loaded alive until `guard` goes.
        see(unsafe { value.deref() })
    }

    /// Work that reads several times: looks inside it cost less.
    pub fn reading<R>(work: impl FnOnce() -> R) -> R {
        let _pinned = epoch::pin();
        work()
    }

    /// Replaces the value. Readers see the old one or the new one.
    pub fn store(&self, value: T) {
        let guard = epoch::pin();
        let old = self.0.swap(Owned::new(value), Ordering::AcqRel, &guard);
        // SAFETY: the swap took the only path to the old value, so it can be freed once all pinned readers are gone.
        unsafe { guard.defer_destroy(old) };
        // Not kept until this thread has more to free: the old value may hold a lot alive, such as the code of a version that is gone.
        guard.flush();
    }
}

impl<T: Send + Sync> Drop for Published<T> {
    fn drop(&mut self) {
        // SAFETY: `&mut self` means that no reader is left.
        unsafe {
            let guard = epoch::unprotected();
            let value = self.0.load(Ordering::Relaxed, guard);
            drop(value.into_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn readers_see_whole_values() {
        let cell = Published::new(vec![0u64; 16]);
        let stop = AtomicBool::new(false);
        std::thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        cell.read(|v| assert!(v.iter().all(|x| *x == v[0])));
                    }
                });
            }
            for n in 1..2_000 {
                cell.store(vec![n; 16]);
            }
            stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(cell.read(|v| v[0]), 1_999);
    }
}
