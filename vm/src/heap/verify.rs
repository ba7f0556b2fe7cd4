//! A check of a whole heap after each collection in debug builds: every pointer leads to a live object of this heap or to a literal,
//! nothing old points to anything young, and no poisoned word is left.

use super::Heap;
use super::collect::{Roots, words_between};
use super::copy::Range;
use super::word::{ObjKind, POISON, Word};

struct Areas {
    young: Range,
    old: Range,
    literals: Range,
}

impl Areas {
    fn pointer(&self, w: Word, from_old: bool, what: &str) {
        let known = self.old.has(w) || self.literals.has(w) || (!from_old && self.young.has(w));
        assert!(
            known,
            "{what}: {w:?} points out of the heap (from the old generation: {from_old})"
        );
        // SAFETY: the address lies in an area of the heap.
        let first = unsafe { *w.ptr() };
        assert!(first.0 != POISON, "{what}: {w:?} points to freed words");
        assert!(
            w.is_boxed() == first.is_header(),
            "{what}: {w:?} does not point to what its tag says"
        );
    }
}

impl Heap {
    /// Panics if the heap is broken.
    pub fn verify(&self, roots: Roots<'_, '_>) {
        let a = Areas {
            young: Range::new(self.start, self.htop()),
            old: Range::new(self.old_start, self.old_top),
            literals: self.env.literals.range(),
        };
        // SAFETY: whole objects lie between the ends; the stack and the roots are plain words.
        unsafe {
            verify_objects(
                &a,
                self.start,
                words_between(self.start, self.htop()),
                false,
            );
            verify_objects(
                &a,
                self.old_start,
                words_between(self.old_start, self.old_top),
                true,
            );
        }
        for w in self.stack() {
            assert!(w.0 != POISON, "a poisoned word on the stack");
            if w.is_pointer() {
                a.pointer(*w, false, "stack");
            }
        }
        for set in roots.iter() {
            for w in set.iter().filter(|w| w.is_pointer()) {
                a.pointer(*w, false, "root");
            }
        }
    }
}

/// # Safety
/// `n` words at `p` are whole objects.
unsafe fn verify_objects(a: &Areas, p: *mut Word, n: usize, old: bool) {
    let mut i = 0;
    while i < n {
        // SAFETY: by the contract.
        let w = unsafe { *p.add(i) };
        assert!(w.0 != POISON, "a poisoned word inside the heap");
        if w.is_header() {
            let kind = w.header_kind();
            assert!(
                i + w.header_size() < n,
                "an object of kind {kind:?} ends in its heap"
            );
            if kind.is_opaque() {
                i += w.header_size();
            }
            assert!(kind != ObjKind::Filler || !old, "fillers are not moved");
        } else if w.is_pointer() {
            a.pointer(w, old, "heap");
        }
        i += 1;
    }
}
