//! Blocks of words: where heaps, fragments and literals get their memory, and the list of objects with holdings outside the heap.

use super::word::{POISON, Word};
use super::{CountedBytes, ObjKind, Resource, ResourceBox};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};

fn layout(words: usize) -> Layout {
    Layout::array::<Word>(words).expect("invariant: a heap is smaller than the address space")
}

/// Uninitialised words. Never zero of them.
pub(super) fn alloc_words(words: usize) -> *mut Word {
    let l = layout(words.max(1));
    // SAFETY: the layout is not empty.
    let p = unsafe { alloc(l).cast::<Word>() };
    if p.is_null() {
        handle_alloc_error(l);
    }
    p
}

/// # Safety
/// `at` comes from `alloc_words(words)`; nobody reads it any more.
pub(super) unsafe fn free_words(at: *mut Word, words: usize) {
    if at.is_null() {
        return;
    }
    if cfg!(debug_assertions) {
        // SAFETY: the block is ours and that long.
        unsafe { poison(at, words) };
    }
    // SAFETY: by the contract of this function.
    unsafe { dealloc(at.cast(), layout(words.max(1))) };
}

/// # Safety
/// `words` words at `at` are writable and dead.
pub(super) unsafe fn poison(at: *mut Word, words: usize) {
    for i in 0..words {
        // SAFETY: in the range promised by the caller.
        unsafe { at.add(i).write(Word(POISON)) };
    }
}

/// The objects of one generation (or fragment) that hold something outside: `BinRef` and `MagicRef`, linked through their last word.
#[derive(Clone, Copy, Default)]
pub(super) struct OffHeap {
    /// Address of the first object's header, or 0.
    pub(super) head: u64,
    /// Bytes they keep alive.
    pub(super) bytes: usize,
}

pub(super) fn at(address: u64) -> *mut Word {
    std::ptr::with_exposed_provenance_mut(address as usize)
}

/// # Safety
/// `object` is a live `BinRef` or `MagicRef`, header included.
pub(super) unsafe fn link_of(object: *mut Word) -> *mut Word {
    // SAFETY: the link is the object's last word.
    unsafe { object.add((*object).header_size()) }
}

/// # Safety
/// As for [`link_of`].
pub(super) unsafe fn held_bytes(object: *mut Word) -> usize {
    // SAFETY: by the contract; word 1 of a `BinRef` is its block.
    unsafe {
        if (*object).is_kind(ObjKind::BinRef) {
            CountedBytes::borrow_raw((*object.add(1)).0).capacity()
        } else {
            64
        }
    }
}

impl OffHeap {
    /// # Safety
    /// `object` is a live `BinRef` or `MagicRef` on no list.
    pub(super) unsafe fn push(&mut self, object: *mut Word) {
        // SAFETY: by the contract.
        unsafe {
            link_of(object).write(Word(self.head));
            self.head = object.expose_provenance() as u64;
            self.bytes += held_bytes(object);
        }
    }

    /// # Safety
    /// All objects on both lists are alive.
    pub(super) unsafe fn append(&mut self, other: OffHeap) {
        if other.head == 0 {
            return;
        }
        // SAFETY: walks live objects only.
        unsafe {
            let mut link = link_of(at(other.head));
            while (*link).0 != 0 {
                link = link_of(at((*link).0));
            }
            link.write(Word(self.head));
        }
        self.head = other.head;
        self.bytes += other.bytes;
    }

    /// Counted binaries that the objects hold: address of the block, bytes in use, holders.
    /// # Safety
    /// The objects are alive.
    pub(super) unsafe fn binaries(self, out: &mut Vec<(usize, usize, usize)>) {
        let mut next = self.head;
        while next != 0 {
            let object = at(next);
            // SAFETY: walks live objects only; word 1 of a `BinRef` is its block.
            unsafe {
                next = (*link_of(object)).0;
                if (*object).is_kind(ObjKind::BinRef) {
                    let raw = (*object.add(1)).0;
                    let held = CountedBytes::borrow_raw(raw);
                    out.push((raw as usize, held.bytes().len(), held.holders()));
                }
            }
        }
    }

    /// Gives up what the objects hold.
    /// # Safety
    /// The objects are readable and dead.
    pub(super) unsafe fn release(self) {
        let mut next = self.head;
        while next != 0 {
            let object = at(next);
            // SAFETY: the object is readable; it is never used again, so its count is ours to give up.
            unsafe {
                next = (*link_of(object)).0;
                release_object(object);
            }
        }
    }
}

/// # Safety
/// `object` is a readable `BinRef` or `MagicRef` that nobody uses any more.
pub(super) unsafe fn release_object(object: *mut Word) {
    // SAFETY: the object owns one count of what its first word points to.
    unsafe {
        let raw = (*object.add(1)).0;
        if (*object).is_kind(ObjKind::BinRef) {
            drop(std::mem::ManuallyDrop::into_inner(
                CountedBytes::borrow_raw(raw),
            ));
        } else {
            let raw = (*object.add(2)).0;
            drop(Resource::from_raw(std::ptr::with_exposed_provenance::<
                ResourceBox,
            >(raw as usize)));
        }
    }
}

/// Takes a second count of what a copied object holds.
/// # Safety
/// `object` is a word-for-word copy of a live `BinRef` or `MagicRef`.
pub(super) unsafe fn retain_object(object: *mut Word) {
    // SAFETY: the original holds a count, so the pointee is alive.
    unsafe {
        if (*object).is_kind(ObjKind::BinRef) {
            std::mem::forget((*CountedBytes::borrow_raw((*object.add(1)).0)).clone());
        } else {
            let raw = (*object.add(2)).0;
            Resource::increment_strong_count(std::ptr::with_exposed_provenance::<ResourceBox>(
                raw as usize,
            ));
        }
    }
}
