//! The embedding program waits for a process to end.

use crate::heap::OwnedTerm;
use parking_lot::{Condvar, Mutex};
use std::time::Duration;

/// How a process ended, for the program that started it.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The exit reason, as a link would have seen it.
    pub reason: OwnedTerm,
    /// What the function returned, if it did.
    pub value: Option<OwnedTerm>,
    /// An exception nobody caught.
    pub uncaught: bool,
}

/// Waits for one process.
#[derive(Default)]
pub struct HostWait {
    ended: Mutex<Option<Ended>>,
    changed: Condvar,
}

impl HostWait {
    pub(crate) fn tell(&self, ended: Ended) {
        *self.ended.lock() = Some(ended);
        self.changed.notify_all();
    }

    /// Blocks the calling thread until the process has ended.
    pub fn wait(&self) -> Ended {
        let mut ended = self.ended.lock();
        loop {
            if let Some(ended) = ended.as_ref() {
                return ended.clone();
            }
            self.changed.wait(&mut ended);
        }
    }

    /// The same with a bound.
    pub fn wait_for(&self, timeout: Duration) -> Option<Ended> {
        let mut ended = self.ended.lock();
        if ended.is_none() {
            self.changed.wait_for(&mut ended, timeout);
        }
        ended.clone()
    }
}
