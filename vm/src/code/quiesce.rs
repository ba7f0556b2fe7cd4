//! Waiting for the schedulers without blocking one: what must wait is kept with the slice counts of that moment, and whoever has an
//! interest polls. A scheduler that is between slices, or asleep, has passed already.

use std::sync::{Mutex, PoisonError, Weak};

use super::server::Quiesce;
use crate::vm::Vm;

type Done = Box<dyn FnOnce() + Send>;

/// The schedulers of a VM, as the code server sees them.
pub struct SlicesPassed {
    vm: Weak<Vm>,
    waiting: Mutex<Vec<(Vec<u64>, Done)>>,
}

impl SlicesPassed {
    /// For that VM.
    pub fn new(vm: Weak<Vm>) -> SlicesPassed {
        SlicesPassed {
            vm,
            waiting: Mutex::default(),
        }
    }
}

impl Quiesce for SlicesPassed {
    fn after_slices(&self, done: Done) {
        let counts = self
            .vm
            .upgrade()
            .map(|vm| vm.schedulers.slice_counts())
            .unwrap_or_default();
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((counts, done));
        self.poll();
    }

    fn poll(&self) {
        let passed = |counts: &[u64]| {
            self.vm
                .upgrade()
                .is_none_or(|vm| vm.schedulers.all_passed(counts))
        };
        let mut ready = Vec::new();
        {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let mut i = 0;
            while i < waiting.len() {
                if passed(&waiting[i].0) {
                    ready.push(waiting.remove(i).1)
                } else {
                    i += 1
                }
            }
        }
        // Outside the lock: what is done now may wait for something else next.
        ready.into_iter().for_each(|done| done());
    }
}
