//! Generational copying collection. What survives one collection is marked by `high_water`; what lies below it at the next moves to the old
//! generation, which only full sweeps touch. Terms are immutable, so nothing old points to anything young and no write barrier is needed.
//! The copied words are the work list (Cheney), so depth costs nothing. Literals are told by their addresses and skipped.
//!
//! ```text
//!   from:  [ survived once | new ]  fragments  [ old ]
//!               |             \      /            | (full sweep only)
//!   to:     new old        new young          new old
//! ```

use super::Heap;
use super::alloc::FIRST_BLOCK;
use super::block::{OffHeap, alloc_words, at, free_words, link_of, poison, release_object};
use super::copy::Range;
use super::owned::free_fragments;
use super::pauses;
use super::word::{ObjKind, Word};
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::atomic::Ordering;

/// Everything outside heap and stack that holds terms of this heap: live x registers, dictionary, joined messages, and so on.
pub type Roots<'a, 'b> = &'a mut [&'b mut [Word]];

/// A block with fewer free words (and a small part of its own) is as good as full.
const FULL: usize = 4;

/// Where less than this part of the block lived on, collecting again is cheap. For those that hold more, fragments are what makes the next block larger:
/// collecting a map of 5,000 keys as soon as its block was full took 15 % longer.
const CHEAP: usize = 8;

/// What a collection did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Collected {
    pub full: bool,
    /// Words reclaimed.
    pub reclaimed: usize,
    /// The process holds more words than its `max_heap_size`.
    pub over_limit: bool,
    /// The VM holds more memory than its budget.
    pub over_budget: bool,
}

/// Words a nursery may have without outgrowing the second-level cache: 256 KB. Letting it grow made list code 2.0 to 2.5 times slower.
const CACHE_WORDS: usize = 32 * 1024;

/// Words up to which a nursery grows because its process collects often. A block of 64 words is right for the many processes that
/// hardly allocate; one that collects twice in one slice (which includes what built-in functions allocate) spent most of its time
/// collecting: small maps updated in a loop took 20 times as long as with 32 KB.
const BURST_WORDS: usize = 4 * 1024;

pub(super) struct Sweep {
    /// Skipped.
    pub(super) literals: Range,
    /// Skipped by minor collections, moved to `old_top` by full ones.
    pub(super) old: Range,
    pub(super) full: bool,
    /// Moved to `old_top`.
    pub(super) mature: Range,
    pub(super) young_top: *mut Word,
    pub(super) old_top: *mut Word,
}

impl Sweep {
    /// The new place of a pointer's target, moved there if it was not yet.
    /// # Safety
    /// The word points to a live object of the heap being collected, or to a literal.
    #[inline]
    unsafe fn forward(&mut self, w: Word) -> Word {
        if self.literals.has(w) {
            return w;
        }
        let is_old = self.old.has(w);
        if is_old && !self.full {
            return w;
        }
        // SAFETY: the target is in from-space, whose first words are headers, heads or forwarding words; to-space was sized for all of it.
        unsafe {
            let from = w.ptr();
            let first = *from;
            let top = if is_old || self.mature.has(w) {
                &mut self.old_top
            } else {
                &mut self.young_top
            };
            let to = *top;
            if w.is_list() {
                if first == Word::FORWARD {
                    return *from.add(1);
                }
                to.write(first);
                to.add(1).write(*from.add(1));
                *top = to.add(2);
                let new = Word::list(to);
                from.write(Word::FORWARD);
                from.add(1).write(new);
                new
            } else {
                if first.is_boxed() {
                    return first;
                }
                let n = 1 + first.header_size();
                std::ptr::copy_nonoverlapping(from, to, n);
                *top = to.add(n);
                let new = Word::boxed(to);
                from.write(new);
                new
            }
        }
    }

    /// # Safety
    /// The words are roots: terms, or words of the stack.
    pub(super) unsafe fn roots(&mut self, words: *mut Word, n: usize) {
        for i in 0..n {
            // SAFETY: by the contract.
            unsafe {
                let w = *words.add(i);
                if w.is_pointer() {
                    words.add(i).write(self.forward(w));
                }
            }
        }
    }

    /// Scans both to-spaces until nothing is left to move.
    /// # Safety
    /// The starts are those of the to-spaces this sweep writes.
    pub(super) unsafe fn scan(&mut self, mut young: *mut Word, mut old: *mut Word) {
        // SAFETY: all words between a start and its top are initialised copies.
        unsafe {
            while young < self.young_top || old < self.old_top {
                while young < self.young_top {
                    young = self.scan_word(young);
                }
                while old < self.old_top {
                    old = self.scan_word(old);
                }
            }
        }
    }

    /// Brings what the word at `p` points to along; answers where the next word is.
    /// # Safety
    /// `p` is an initialised word of to-space at the start of an object or a field.
    #[inline(always)]
    unsafe fn scan_word(&mut self, p: *mut Word) -> *mut Word {
        // SAFETY: by the contract; a header says how long its object is.
        unsafe {
            let w = *p;
            if w.is_pointer() {
                p.write(self.forward(w));
            } else if w.is_opaque_header() {
                return p.add(1 + w.header_size());
            }
            p.add(1)
        }
    }
}

impl Heap {
    /// Whether fragments or binaries grew so much that a collection is due although the block has room, or the block is full, what comes goes to
    /// fragments, which takes longer, and a collection costs little, or a stress test wants one.
    #[inline]
    pub fn needs_collection(&self) -> bool {
        let block = (self.end.addr() - self.start.addr()) / 8;
        self.fragment_words.get() > block.max(256)
            || (!self.fragments.get().is_null()
                && self.free_words() < block / 32 + FULL
                && words_between(self.start, self.high_water) < block / CHEAP)
            || self.off_young.get().bytes > self.vheap_limit
            || self.stress_due()
    }

    #[inline]
    fn stress_due(&self) -> bool {
        let every = self.env.gc_stress.load(Ordering::Relaxed);
        if every == 0 {
            return false;
        }
        let n = self.stress_count.get() + 1;
        self.stress_count.set(if n >= every { 0 } else { n });
        n >= every
    }

    /// Whether `words` fit without a collection and none is due: the question of `test_heap` when its quick check failed or stress is on.
    pub fn must_collect(&self, words: usize) -> bool {
        self.free_words() < words || self.needs_collection()
    }

    /// Collects so that `need` words are free between heap and stack afterwards. All terms of the heap not in `roots` or on the stack end here.
    pub fn collect(&mut self, need: usize, roots: Roots<'_, '_>) -> Collected {
        let full = self.next_is_full();
        self.run(full, need, roots)
    }

    /// Would [`Heap::collect`] sweep everything now?
    pub fn next_is_full(&self) -> bool {
        let mature = words_between(self.start, self.high_water);
        let room = self.old_capacity - words_between(self.old_start, self.old_top);
        self.minors >= self.options.fullsweep_after
            || (!self.old_start.is_null() && room < mature)
            || self.off_old.bytes > (self.vheap_limit * 4).max(self.old_vheap * 2)
    }

    /// A full sweep, as `erlang:garbage_collect/0` does.
    pub fn collect_full(&mut self, need: usize, roots: Roots<'_, '_>) -> Collected {
        self.run(true, need, roots)
    }

    fn run(&mut self, full: bool, need: usize, roots: Roots<'_, '_>) -> Collected {
        let before = self.used_words();
        let began = pauses::begin(before);
        self.sweep(full, need, roots);
        let logical = words_between(self.start, self.end);
        let old_used = words_between(self.old_start, self.old_top);
        let slack_young = self.capacity > 64 * 1024 && self.capacity > 4 * logical;
        let slack_old = full && self.old_capacity > 8 * 1024 && self.old_capacity > 8 * old_used;
        if slack_young || slack_old {
            // Most of it was garbage: once more into memory of the right size, promoting nothing.
            self.high_water = self.start;
            self.sweep(full, need, roots);
        }
        let used = self.used_words();
        let reclaimed = before.saturating_sub(used) as u64;
        self.stats.words_reclaimed += reclaimed;
        self.env.collections.fetch_add(1, Ordering::Relaxed);
        self.env
            .words_reclaimed
            .fetch_add(reclaimed, Ordering::Relaxed);
        if let Some(began) = began {
            self.env.pauses.add(began.elapsed());
        }
        let max = self.options.max_heap_size;
        Collected {
            full,
            reclaimed: before.saturating_sub(used),
            over_limit: max > 0
                && words_between(self.start, self.end) + self.old_capacity.min(2 * old_used) + need
                    > max
                && used + need > max,
            over_budget: self.env.budget.exceeded(),
        }
    }

    /// Words among which the next collection looks for what lives.
    pub fn words_to_sweep(&self) -> usize {
        if self.next_is_full() {
            return self.used_words();
        }
        self.used_words() - words_between(self.old_start, self.old_top)
    }

    /// Words in use: young, stack, old, fragments.
    pub fn used_words(&self) -> usize {
        let young =
            words_between(self.start, self.htop.get()) + words_between(self.sp.get(), self.end);
        young + words_between(self.old_start, self.old_top) + self.fragment_words.get()
    }

    fn sweep(&mut self, full: bool, need: usize, roots: Roots<'_, '_>) {
        let (start, htop) = (self.start, self.htop.get());
        let mature = words_between(start, self.high_water);
        let old_used = words_between(self.old_start, self.old_top);
        let stack = words_between(self.sp.get(), self.end);
        let worst = words_between(self.high_water, htop) + self.fragment_words.get() + stack + need;
        let capacity = if worst > self.target {
            worst + worst / 4
        } else {
            self.target
        };
        let to = alloc_words(capacity);
        let (old_block, old_words) = (self.old_start, self.old_capacity);
        let new_old = full || self.old_start.is_null();
        if new_old {
            let words = 2 * (mature + if full { old_used } else { 0 });
            self.old_capacity = if words == 0 {
                0
            } else {
                words.max(2 * FIRST_BLOCK)
            };
            self.old_start = if words == 0 {
                null_mut()
            } else {
                alloc_words(self.old_capacity)
            };
            self.old_top = self.old_start;
        }
        self.env
            .budget
            .add((capacity + if new_old { self.old_capacity } else { 0 }) * 8);
        let mut s = Sweep {
            literals: self.env.literals.range(),
            // SAFETY: both ends are of the same block (or both null).
            old: Range::new(old_block, unsafe { old_block.add(old_used) }),
            full,
            mature: Range::new(start, self.high_water),
            young_top: to,
            old_top: self.old_top,
        };
        let old_scan = s.old_top;
        // SAFETY: the roots are the caller's, the stack is ours; to-spaces have room for everything that can be moved.
        unsafe {
            s.roots(self.sp.get(), stack);
            for set in roots.iter_mut() {
                s.roots(set.as_mut_ptr(), set.len());
            }
            s.scan(to, old_scan);
        }
        let copied = words_between(to, s.young_top) + words_between(old_scan, s.old_top);
        self.old_top = s.old_top;
        self.sweep_off_heap(full, Range::new(self.old_start, self.old_top));
        self.place(to, capacity, s.young_top, stack, need, full);
        // SAFETY: nothing points into from-space any more.
        unsafe {
            let mut freed = self.fragment_words.get();
            free_fragments(self.fragments.replace(null_mut()));
            if full && !old_block.is_null() {
                free_words(old_block, old_words);
                freed += old_words;
            }
            self.fragment_words.set(0);
            self.env.budget.sub(freed * 8);
        }
        self.count(full, copied);
        if cfg!(debug_assertions) {
            self.verify(roots);
        }
    }

    /// Puts the stack at the end of the new block, gives the old one up and decides on the size of the next.
    fn place(
        &mut self,
        to: *mut Word,
        capacity: usize,
        top: *mut Word,
        stack: usize,
        need: usize,
        full: bool,
    ) {
        let live = words_between(to, top) + stack + need;
        if full && self.target > CACHE_WORDS {
            self.target = self
                .target
                .min((4 * live).max(CACHE_WORDS))
                .max(self.options.min_heap_size);
        }
        let target = self.target;
        let logical = if live > target / 4 * 3 {
            capacity
        } else {
            target
        };
        let again = std::mem::replace(&mut self.collected, true);
        if live > target / 2 {
            self.target = (target * 2).max(live * 2);
        } else if again && target < BURST_WORDS {
            self.target = target * 4;
        } else if target > CACHE_WORDS && live < target / 4 {
            self.target = (target / 2).max(self.options.min_heap_size);
        }
        // SAFETY: the new block has `capacity >= logical >= live` words; the stack is copied from the old block before that is freed.
        unsafe {
            let end = to.add(logical);
            let sp = end.sub(stack);
            std::ptr::copy_nonoverlapping(self.sp.get(), sp, stack);
            if cfg!(debug_assertions) {
                poison(top, words_between(top, sp));
            }
            free_words(self.start, self.capacity);
            self.env.budget.sub(self.capacity * 8);
            self.end = end;
            self.sp = Cell::new(sp);
        }
        (self.start, self.capacity) = (to, capacity);
        self.htop = Cell::new(top);
        self.high_water = top;
        self.reserve.set(null_mut());
    }

    fn count(&mut self, full: bool, copied: usize) {
        self.stats.words_copied += copied as u64;
        if full {
            self.minors = 0;
            self.stats.fulls += 1;
            self.old_vheap = self.off_old.bytes;
        } else {
            self.minors += 1;
            self.stats.minors += 1;
        }
        let bytes = self.off_young.get().bytes;
        let least = self.options.min_bin_vheap_size * 8;
        self.vheap_limit = if bytes * 2 > self.vheap_limit {
            bytes * 2
        } else if bytes * 4 < self.vheap_limit {
            (self.vheap_limit / 2).max(least)
        } else {
            self.vheap_limit
        };
    }

    /// Relinks what was moved and gives up what was not.
    pub(super) fn sweep_off_heap(&mut self, full: bool, old: Range) {
        let mut lists = vec![self.off_young.replace(OffHeap::default()).head];
        if full {
            lists.push(std::mem::take(&mut self.off_old).head);
        }
        let mut young = OffHeap::default();
        for mut next in lists {
            while next != 0 {
                let object = at(next);
                // SAFETY: from-space is still readable; a moved object has a boxed word for a header and its link went along.
                unsafe {
                    let first = *object;
                    if first.is_boxed() {
                        let moved = first.ptr();
                        next = (*link_of(moved)).0;
                        if old.has_ptr(moved) {
                            self.off_old.push(moved)
                        } else {
                            young.push(moved)
                        }
                    } else {
                        debug_assert!(
                            first.is_kind(ObjKind::BinRef) || first.is_kind(ObjKind::MagicRef)
                        );
                        next = (*link_of(object)).0;
                        release_object(object);
                    }
                }
            }
        }
        self.off_young.set(young);
    }
}

pub(super) fn words_between(from: *mut Word, to: *mut Word) -> usize {
    (to.addr() - from.addr()) / 8
}
