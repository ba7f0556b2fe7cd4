//! Which instance an address belongs to: all instances whose words may be on a stack, found without a lock.

use std::sync::{Arc, Mutex, PoisonError};

use super::instance::{CodeRange, InstanceId, ModuleInstance};
use crate::sync::published::Published;

#[derive(Clone)]
struct Entry {
    range: CodeRange,
    instance: Arc<ModuleInstance>,
}

/// Instances by address.
pub(super) struct Placed {
    all: Published<Vec<Entry>>,
    one_writer: Mutex<()>,
}

impl Default for Placed {
    fn default() -> Placed {
        Placed {
            all: Published::new(Vec::new()),
            one_writer: Mutex::new(()),
        }
    }
}

impl Placed {
    /// The instance whose words hold this address.
    pub(super) fn find(&self, address: u64) -> Option<Arc<ModuleInstance>> {
        self.all.read(|all| {
            let i = all
                .partition_point(|e| e.range.start <= address)
                .checked_sub(1)?;
            all[i]
                .range
                .has(address)
                .then(|| Arc::clone(&all[i].instance))
        })
    }

    pub(super) fn insert(&self, instance: &Arc<ModuleInstance>) {
        let range = instance.range();
        self.change(|all| {
            let at = all.partition_point(|e| e.range.start < range.start);
            let instance = Arc::clone(instance);
            all.insert(at, Entry { range, instance });
        });
    }

    pub(super) fn remove(&self, id: InstanceId) {
        self.change(|all| all.retain(|e| e.instance.id != id));
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Entry>)) {
        let _one = self
            .one_writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut all = self.all.read(Vec::clone);
        change(&mut all);
        self.all.store(all);
    }
}
