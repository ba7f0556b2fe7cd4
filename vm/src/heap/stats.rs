//! Figures of a heap for `process_info`, `garbage_collection` trace events and `system_info`.

use super::Heap;

/// What collections did to one process.
#[derive(Clone, Copy, Default, Debug)]
pub struct GcStats {
    pub minors: u64,
    pub fulls: u64,
    /// Words copied by all collections.
    pub words_copied: u64,
    /// Words given back by all collections.
    pub words_reclaimed: u64,
}

/// Sizes in words, named as in `garbage_collection_info` and the trace events.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct HeapSizes {
    pub old_heap_block_size: usize,
    pub heap_block_size: usize,
    pub mbuf_size: usize,
    pub recent_size: usize,
    pub stack_size: usize,
    pub old_heap_size: usize,
    pub heap_size: usize,
    pub bin_vheap_size: usize,
    pub bin_vheap_block_size: usize,
    pub bin_old_vheap_size: usize,
    pub bin_old_vheap_block_size: usize,
}

impl Heap {
    /// Sizes now.
    pub fn sizes(&self) -> HeapSizes {
        let words = |from: *mut super::Word, to: *mut super::Word| (to.addr() - from.addr()) / 8;
        HeapSizes {
            old_heap_block_size: self.old_capacity,
            heap_block_size: words(self.start, self.end),
            mbuf_size: self.fragment_words.get(),
            recent_size: words(self.high_water, self.htop.get()),
            stack_size: words(self.sp.get(), self.end),
            old_heap_size: words(self.old_start, self.old_top),
            heap_size: words(self.start, self.htop.get()),
            bin_vheap_size: self.off_young.get().bytes / 8,
            bin_vheap_block_size: self.vheap_limit / 8,
            bin_old_vheap_size: self.off_old.bytes / 8,
            bin_old_vheap_block_size: self.vheap_limit / 8,
        }
    }

    /// Words of memory in all: blocks and fragments.
    pub fn total_words(&self) -> usize {
        self.capacity + self.old_capacity + self.fragment_words.get()
    }

    /// Words allocated since the heap was made: what is there and what collections have given back.
    pub fn allocated_words(&self) -> u64 {
        let sizes = self.sizes();
        let there = sizes.heap_size + sizes.old_heap_size + sizes.mbuf_size;
        there as u64 + self.stats.words_reclaimed
    }

    /// What collections did so far.
    pub fn gc_stats(&self) -> GcStats {
        self.stats
    }

    /// Counted binaries that the heap refers to: where, how many bytes, how many holders. Those of messages that have not joined the heap
    /// are not among them.
    pub fn binaries(&self) -> Vec<(usize, usize, usize)> {
        let mut all = Vec::new();
        for list in [self.off_young.get(), self.off_old] {
            // SAFETY: the lists of a heap hold its live objects.
            unsafe { list.binaries(&mut all) };
        }
        all
    }

    /// Minor collections since the last full sweep.
    pub fn minor_gcs(&self) -> u32 {
        self.minors
    }
}
