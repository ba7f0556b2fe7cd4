//! Terms with memory of their own: messages, ETS objects, timer payloads, persistent terms. Flat, immutable, sendable between threads.
//! The same piece of memory, a fragment, is what a heap falls over into when its block is full; [`Heap::adopt`] makes one of the other.

use super::block::{OffHeap, alloc_words, free_words};
use super::copy::{Range, copy_to, copy_whole, size_words};
use super::word::Word;
use super::{Heap, Term};
use std::ptr::null_mut;

/// Memory outside a heap's block: a header in front of its words.
#[repr(C)]
pub(super) struct Fragment {
    pub(super) next: *mut Fragment,
    /// Words behind this header, and how many are taken.
    pub(super) capacity: usize,
    pub(super) used: usize,
    pub(super) off: OffHeap,
}

const HEADER: usize = size_of::<Fragment>() / 8;

impl Fragment {
    pub(super) fn make(words: usize) -> *mut Fragment {
        let f = alloc_words(HEADER + words).cast::<Fragment>();
        // SAFETY: the allocation starts with room for the header.
        unsafe {
            f.write(Fragment {
                next: null_mut(),
                capacity: words,
                used: 0,
                off: OffHeap::default(),
            })
        };
        f
    }
    /// # Safety
    /// `f` is a live fragment.
    pub(super) unsafe fn words(f: *mut Fragment) -> *mut Word {
        // SAFETY: the words follow the header.
        unsafe { f.cast::<Word>().add(HEADER) }
    }
    /// Frees the memory, not what objects in it hold.
    /// # Safety
    /// `f` is a live fragment that nobody reads any more.
    pub(super) unsafe fn free(f: *mut Fragment) {
        // SAFETY: made by `make` with that capacity.
        unsafe { free_words(f.cast(), HEADER + (*f).capacity) };
    }
}

/// A term that owns its memory.
pub struct OwnedTerm {
    root: Word,
    memory: *mut Fragment,
}

// SAFETY: the memory is immutable and owned; what it holds outside is counted atomically.
unsafe impl Send for OwnedTerm {}
// SAFETY: as above.
unsafe impl Sync for OwnedTerm {}

impl OwnedTerm {
    /// A deep copy, literals included.
    pub fn new(t: Term<'_>) -> OwnedTerm {
        let words = if t.raw().is_immediate() {
            0
        } else {
            size_words(t)
        };
        if words == 0 {
            return OwnedTerm {
                root: t.raw(),
                memory: null_mut(),
            };
        }
        let memory = Fragment::make(words);
        // SAFETY: the fragment has the counted room; `t` is alive.
        unsafe {
            let mut off = OffHeap::default();
            let (root, top) = copy_to(t.raw(), Fragment::words(memory), Range::EMPTY, &mut off);
            (*memory).used = top.offset_from(Fragment::words(memory)) as usize;
            (*memory).off = off;
            debug_assert_eq!((*memory).used, words, "a copy takes what its size says");
            OwnedTerm { root, memory }
        }
    }

    /// An atom, which owns nothing.
    pub const fn atom(a: crate::atoms::Atom) -> OwnedTerm {
        OwnedTerm {
            root: Word::atom(a),
            memory: null_mut(),
        }
    }

    /// The term, for as long as it is borrowed.
    pub fn term(&self) -> Term<'_> {
        // SAFETY: the root's memory is ours.
        unsafe { Term::from_raw(self.root) }
    }

    /// A copy on a heap.
    pub fn copy_to<'h>(&self, heap: &'h Heap) -> Term<'h> {
        if self.memory.is_null() {
            // SAFETY: an immediate.
            return unsafe { Term::from_raw(self.root) };
        }
        // SAFETY: the memory is ours, and was filled by one copy that leads nowhere else.
        unsafe {
            let from = Fragment::words(self.memory);
            let to = heap.copy_whole(from, (*self.memory).used);
            Term::from_raw(self.root.moved(from, to))
        }
    }

    /// Adds to the small integer at a 0-based place of the tuple this is, where it lies. `None`, and no change, if it is no tuple with a small
    /// integer there or the sum is none.
    pub fn add_small(&mut self, index: usize, by: i64) -> Option<i64> {
        let tuple = self.term().as_tuple()?;
        let sum = tuple.get(index)?.as_small()?.checked_add(by)?;
        if self.memory.is_null() || !Word::fits_small(sum) {
            return None;
        }
        let at = tuple.element(index);
        // SAFETY: `index` is inside the tuple by the `get` above; a deep copy's root lies in our own fragment, and `&mut self` means that no
        // `Term` of it is alive. A small integer holds nothing outside.
        unsafe { at.cast_mut().write(Word::small(sum)) };
        Some(sum)
    }

    /// Words of memory.
    pub fn words(&self) -> usize {
        if self.memory.is_null() {
            0
        } else {
            // SAFETY: a fragment of ours is alive.
            unsafe { (*self.memory).used }
        }
    }

    /// Bytes outside that it keeps alive.
    pub fn off_heap_bytes(&self) -> usize {
        if self.memory.is_null() {
            0
        } else {
            // SAFETY: a fragment of ours is alive.
            unsafe { (*self.memory).off.bytes }
        }
    }

    pub(super) fn into_parts(self) -> (Word, *mut Fragment) {
        let parts = (self.root, self.memory);
        std::mem::forget(self);
        parts
    }
}

impl Clone for OwnedTerm {
    fn clone(&self) -> Self {
        if self.memory.is_null() {
            return OwnedTerm {
                root: self.root,
                memory: null_mut(),
            };
        }
        // SAFETY: the memory is ours, and was filled by one copy that leads nowhere else; the fragment has room for as much.
        unsafe {
            let (from, words) = (Fragment::words(self.memory), (*self.memory).used);
            let memory = Fragment::make(words);
            let to = Fragment::words(memory);
            copy_whole(from, words, to, &mut (*memory).off);
            (*memory).used = words;
            OwnedTerm {
                root: self.root.moved(from, to),
                memory,
            }
        }
    }
}

impl Drop for OwnedTerm {
    fn drop(&mut self) {
        if !self.memory.is_null() {
            // SAFETY: we own the fragment, and no `Term` of it can be alive.
            unsafe {
                (*self.memory).off.release();
                Fragment::free(self.memory);
            }
        }
    }
}

impl std::fmt::Debug for OwnedTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        super::debug::write(f, self.term())
    }
}

/// Frees a whole list of fragments, not what objects in them hold.
/// # Safety
/// Nobody reads them any more.
pub(super) unsafe fn free_fragments(mut f: *mut Fragment) {
    while !f.is_null() {
        // SAFETY: the list is ours and alive until freed here.
        unsafe {
            let next = (*f).next;
            Fragment::free(f);
            f = next;
        }
    }
}
