//! Leaving literals: what a process holds of blocks that go is copied to its heap.

use super::Heap;
use super::block::{alloc_words, free_words};
use super::collect::{Roots, Sweep, words_between};
use super::copy::{Range, size_words};
use super::literal::Ranges;
use super::owned::{Fragment, free_fragments};
use super::word::Word;
use smallvec::{SmallVec, smallvec};
use std::ptr::null_mut;

/// Memory that belongs to a process: a part of its heap, its stack, or roots elsewhere.
#[derive(Clone, Copy)]
struct Area {
    words: *mut Word,
    len: usize,
    /// Whether there are objects with headers, or terms alone.
    objects: bool,
}

impl Area {
    /// Shows where every pointer stands, until told to stop.
    /// # Safety
    /// The area is initialised and nobody else uses it.
    unsafe fn each_pointer(self, mut see: impl FnMut(*mut Word) -> bool) -> bool {
        let mut i = 0;
        while i < self.len {
            // SAFETY: whole objects, or plain words, lie between the ends of an area.
            unsafe {
                let w = *self.words.add(i);
                if self.objects && w.is_opaque_header() {
                    i += w.header_size();
                } else if w.is_pointer() && !see(self.words.add(i)) {
                    return false;
                }
            }
            i += 1;
        }
        true
    }
}

/// What is left of one block already.
#[derive(Clone, Copy, Default)]
struct Left {
    /// Words of the parts that were copied.
    copied: usize,
    /// The copy of the block, once its parts had taken as much: they may lie within each other.
    whole: Option<*mut Word>,
}

/// The copies of one walk over a heap.
struct Evacuation<'a> {
    heap: &'a Heap,
    ranges: &'a Ranges,
    blocks: Vec<Left>,
    replaced: usize,
}

impl Evacuation<'_> {
    /// # Safety
    /// As for [`Area::each_pointer`]; the pointers that lead into the ranges lead to live literals.
    unsafe fn walk(&mut self, area: Area) {
        // SAFETY: by the contract.
        unsafe {
            area.each_pointer(|place| {
                if let Some(block) = self.ranges.find(*place) {
                    *place = self.leave(*place, block);
                    self.replaced += 1;
                }
                true
            })
        };
    }

    /// The place of a literal's copy.
    /// # Safety
    /// The word leads to a live literal of this block.
    unsafe fn leave(&mut self, w: Word, block: usize) -> Word {
        let range = self.ranges.each()[block];
        let left = &mut self.blocks[block];
        // SAFETY: by the contract; the block is whole objects that lead to each other alone.
        unsafe {
            if left.whole.is_none() {
                let term = self.heap.term(w);
                let words = size_words(term);
                if left.copied + words <= range.words() {
                    left.copied += words;
                    return self.heap.copy_in(term).raw();
                }
            }
            let whole = *left
                .whole
                .get_or_insert_with(|| self.heap.copy_whole(range.first(), range.words()));
            w.moved(range.first(), whole)
        }
    }
}

impl Heap {
    fn areas(&self) -> SmallVec<[Area; 4]> {
        let area = |words, end, objects| Area {
            words,
            len: words_between(words, end),
            objects,
        };
        let mut areas = smallvec![
            area(self.start, self.htop.get(), true),
            area(self.old_start, self.old_top, true),
            area(self.sp.get(), self.end, false),
        ];
        let mut f = self.fragments.get();
        while !f.is_null() {
            // SAFETY: fragments of the list are alive.
            unsafe {
                areas.push(Area {
                    words: Fragment::words(f),
                    len: (*f).used,
                    objects: true,
                });
                f = (*f).next;
            }
        }
        areas
    }

    /// Does anything on the heap or the stack lead into the ranges? Roots elsewhere are the caller's to ask.
    pub fn reaches(&self, ranges: &Ranges) -> bool {
        // SAFETY: the areas are this heap's, and nothing is written.
        let leads_nowhere =
            |area: Area| unsafe { area.each_pointer(|place| ranges.find(*place).is_none()) };
        !self.areas().into_iter().all(leads_nowhere)
    }

    /// Copies every literal in the ranges that this process can reach to its own heap, so that they can be given back. Of a block it takes
    /// at most two times the words, however many parts of it are held.
    pub fn evacuate(&mut self, ranges: &Ranges, roots: Roots<'_, '_>) {
        // Fragments that the copies make are not among the areas: they hold no such pointers and need no walk.
        let mut areas = self.areas();
        areas.extend(roots.iter_mut().map(|r| Area {
            words: r.as_mut_ptr(),
            len: r.len(),
            objects: false,
        }));
        let mut evacuation = Evacuation {
            heap: self,
            ranges,
            blocks: vec![Left::default(); ranges.each().len()],
            replaced: 0,
        };
        for area in areas {
            // SAFETY: the areas are this heap's and the caller's roots, and the blocks are alive until all processes have left them.
            unsafe { evacuation.walk(area) };
        }
        // Old objects may point to the copies now, so everything moves to the old generation at once.
        if evacuation.replaced > 0 {
            self.tenure_all(roots);
        }
    }

    /// Makes everything old: what is in fragments is first made part of the young heap, where all of it counts as having survived.
    fn tenure_all(&mut self, roots: Roots<'_, '_>) {
        let young = words_between(self.start, self.htop.get());
        let old = words_between(self.old_start, self.old_top);
        let words = young + old + self.fragment_words.get();
        let stack = words_between(self.sp.get(), self.end);
        let block = alloc_words(2 * words);
        let mut s = Sweep {
            literals: self.env.literals.range(),
            old: Range::EMPTY,
            full: true,
            mature: Range {
                start: 0,
                len: u64::MAX,
            },
            young_top: block,
            old_top: block,
        };
        // SAFETY: the block has room for everything; stack and roots are ours and the caller's.
        unsafe {
            s.roots(self.sp.get(), stack);
            for set in roots.iter_mut() {
                s.roots(set.as_mut_ptr(), set.len());
            }
            s.scan(block, block);
        }
        let before = self.old_capacity + self.fragment_words.get();
        let dead = (self.old_start, self.old_capacity);
        (self.old_start, self.old_top, self.old_capacity) = (block, s.old_top, 2 * words);
        self.sweep_off_heap(true, Range::new(block, s.old_top));
        // SAFETY: nothing points into the old places any more; the young part of the block is empty now.
        unsafe {
            free_words(dead.0, dead.1);
            free_fragments(self.fragments.replace(null_mut()));
        }
        self.fragment_words.set(0);
        self.htop.set(self.start);
        self.high_water = self.start;
        self.reserve.set(null_mut());
        self.env.budget.add(self.old_capacity * 8);
        self.env.budget.sub(before * 8);
        if cfg!(debug_assertions) {
            self.verify(roots);
        }
    }
}
