//! The locks of a store. One that is mostly read has a count of readers for each core, so that readers on several do not take a cache line from each other;
//! a writer then takes them all, and it is larger (1 KB, from its first use on). Programs ask for it with `read_concurrency`.

use std::ops::{Deref, DerefMut};
use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crossbeam::sync::{ShardedLock, ShardedLockReadGuard, ShardedLockWriteGuard};

/// See the file.
pub enum Lock<T> {
    Plain(RwLock<T>),
    ManyReaders(OnceLock<Box<ShardedLock<T>>>),
}

/// A look at what it guards.
pub enum Reading<'a, T> {
    Plain(RwLockReadGuard<'a, T>),
    ManyReaders(ShardedLockReadGuard<'a, T>),
}

/// The right to change what it guards.
pub enum Writing<'a, T> {
    Plain(RwLockWriteGuard<'a, T>),
    ManyReaders(ShardedLockWriteGuard<'a, T>),
}

impl<T: Default> Lock<T> {
    pub fn new(many_readers: bool) -> Lock<T> {
        match many_readers {
            true => Lock::ManyReaders(OnceLock::new()),
            false => Lock::Plain(RwLock::default()),
        }
    }

    /// Empties what it guards, unless nobody has used it yet.
    pub fn reset(&self) {
        let is_used = match self {
            Lock::Plain(_) => true,
            Lock::ManyReaders(lock) => lock.get().is_some(),
        };
        if is_used {
            *self.write() = T::default();
        }
    }

    // A panic in another thread is a bug of the VM and is not made worse here.
    pub fn read(&self) -> Reading<'_, T> {
        match self {
            Lock::Plain(lock) => {
                Reading::Plain(lock.read().unwrap_or_else(PoisonError::into_inner))
            }
            Lock::ManyReaders(lock) => {
                let lock = lock.get_or_init(Box::default);
                Reading::ManyReaders(lock.read().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }

    pub fn write(&self) -> Writing<'_, T> {
        match self {
            Lock::Plain(lock) => {
                Writing::Plain(lock.write().unwrap_or_else(PoisonError::into_inner))
            }
            Lock::ManyReaders(lock) => {
                let lock = lock.get_or_init(Box::default);
                Writing::ManyReaders(lock.write().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }
}

impl<T> Deref for Reading<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        match self {
            Reading::Plain(guard) => guard,
            Reading::ManyReaders(guard) => guard,
        }
    }
}

impl<T> Deref for Writing<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        match self {
            Writing::Plain(guard) => guard,
            Writing::ManyReaders(guard) => guard,
        }
    }
}

impl<T> DerefMut for Writing<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        match self {
            Writing::Plain(guard) => guard,
            Writing::ManyReaders(guard) => guard,
        }
    }
}
