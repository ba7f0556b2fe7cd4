//! The flight recorder of a session: captured events go into a fixed ring in memory instead of the formatter's, until a trigger freezes it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use transom_tracer::recorder::{Recorder, Trigger};

/// A recorder and what freezes it.
pub struct Recording {
    recorder: Mutex<Recorder>,
    pub trigger: Trigger,
    frozen: AtomicBool,
}

impl Recording {
    /// Keeps at most `bytes`, and `after` events behind the trigger.
    pub fn new(bytes: usize, after: usize, trigger: Trigger) -> Recording {
        Recording {
            recorder: Mutex::new(Recorder::new(bytes, after)),
            trigger,
            frozen: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records an event; `false` once frozen.
    pub fn record(&self, event: &[u8]) -> bool {
        if self.is_frozen() {
            return false;
        }
        let mut recorder = self.lock();
        recorder.record(event);
        self.frozen.store(recorder.is_frozen(), Ordering::Release);
        true
    }

    /// What it waited for has happened.
    pub fn fire(&self) {
        let mut recorder = self.lock();
        recorder.trigger();
        self.frozen.store(recorder.is_frozen(), Ordering::Release);
    }

    /// Is all there that will be there?
    pub fn is_frozen(&self) -> bool {
        self.frozen.load(Ordering::Acquire)
    }

    /// Shows the events kept, oldest first, and how many were overwritten.
    pub fn replay(&self, mut see: impl FnMut(&[u8])) -> u64 {
        let recorder = self.lock();
        recorder.events().for_each(&mut see);
        recorder.overwritten()
    }
}
