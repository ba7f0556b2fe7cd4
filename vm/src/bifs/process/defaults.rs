//! What `system_flag/2` sets for the heaps of processes to come.

use super::heap_sizes;
use crate::heap::HeapOptions;
use crate::process::body::MaxHeap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// One setting each; `None` where nobody set it.
#[derive(Clone, Copy, Default)]
pub struct Values {
    pub min_heap_size: Option<usize>,
    pub min_bin_vheap_size: Option<usize>,
    pub fullsweep_after: Option<u32>,
    pub max_heap: Option<MaxHeap>,
}

/// Those of a VM. A spawn looks at the mark alone while nobody has set anything.
#[derive(Default)]
pub struct Defaults {
    changed: AtomicBool,
    values: Mutex<Values>,
}

impl Defaults {
    /// What is set now.
    pub fn values(&self) -> Values {
        if !self.changed.load(Ordering::Acquire) {
            return Values::default();
        }
        *self
            .values
            .lock()
            .expect("invariant: nobody panics with the lock")
    }

    /// Changes them; answers what was set before.
    pub fn change(&self, change: impl FnOnce(&mut Values)) -> Values {
        let mut values = self
            .values
            .lock()
            .expect("invariant: nobody panics with the lock");
        let before = *values;
        change(&mut values);
        self.changed.store(true, Ordering::Release);
        before
    }
}

impl Values {
    /// As programs see it.
    pub fn shown_min_heap_size(&self) -> usize {
        self.min_heap_size.unwrap_or(heap_sizes::LEAST)
    }

    /// As programs see it.
    pub fn shown_min_bin_vheap_size(&self) -> usize {
        self.min_bin_vheap_size
            .unwrap_or(HeapOptions::default().min_bin_vheap_size)
    }

    /// As programs see it.
    pub fn shown_fullsweep_after(&self) -> u32 {
        self.fullsweep_after
            .unwrap_or(HeapOptions::default().fullsweep_after)
    }

    /// The options of a heap that nobody else said anything about.
    pub fn heap_options(&self) -> HeapOptions {
        let usual = HeapOptions::default();
        HeapOptions {
            min_heap_size: self.min_heap_size.unwrap_or(usual.min_heap_size),
            min_bin_vheap_size: self.shown_min_bin_vheap_size(),
            fullsweep_after: self.shown_fullsweep_after(),
            max_heap_size: self.max_heap.map_or(0, MaxHeap::kills_above),
        }
    }
}
