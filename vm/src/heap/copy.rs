//! Deep copies: the size of a term and copying it into one piece of memory, both without recursion. Sharing inside a term is lost,
//! as in Erlang/OTP. The copy scans its own output, so it needs no memory besides it.

use super::bits::shift_to_byte;
use super::block::{OffHeap, retain_object};
use super::term::Obj;
use super::word::{ObjKind, Word};
use super::{Bits, Term};
use smallvec::{SmallVec, smallvec};

/// Addresses that are not copied and not counted: the literals, or none.
#[derive(Clone, Copy, Default)]
pub struct Range {
    pub(super) start: u64,
    pub(super) len: u64,
}

impl Range {
    /// No address at all.
    pub const EMPTY: Range = Range { start: 0, len: 0 };
    pub(super) fn new(start: *const Word, end: *const Word) -> Range {
        Range {
            start: start.addr() as u64,
            len: (end.addr() - start.addr()) as u64,
        }
    }
    /// Words it spans.
    pub(super) fn words(self) -> usize {
        self.len as usize / 8
    }
    pub(super) fn first(self) -> *const Word {
        std::ptr::with_exposed_provenance(self.start as usize)
    }
    /// Whether the target of a pointer word lies in the range.
    #[inline(always)]
    pub fn has(self, w: Word) -> bool {
        (w.0 & !7).wrapping_sub(self.start) < self.len
    }
    #[inline(always)]
    pub(super) fn has_ptr(self, p: *const Word) -> bool {
        (p.addr() as u64).wrapping_sub(self.start) < self.len
    }
}

/// Bits up to which a part of a binary is copied as bytes of its own.
const SMALL_BITS: usize = super::MAX_HEAP_BYTES * 8;

/// Words a copy of the term takes.
pub fn size_words(t: Term<'_>) -> usize {
    size_outside(t, Range::EMPTY)
}

/// Words a copy of the term takes that leaves pointers into `keep` as they are.
pub fn size_outside(t: Term<'_>, keep: Range) -> usize {
    let mut total = 0;
    let mut todo: SmallVec<[Word; 64]> = smallvec![t.raw()];
    while let Some(mut w) = todo.pop() {
        while w.is_list() && !keep.has(w) {
            total += 2;
            // SAFETY: the cell belongs to the term.
            let (head, tail) = unsafe { (*w.ptr(), *w.ptr().add(1)) };
            if head.is_pointer() {
                todo.push(head);
            }
            w = tail;
        }
        if w.is_boxed() && !keep.has(w) {
            total += size_of_boxed(w, &mut todo);
        }
    }
    total
}

/// Bytes of a binary that are worth a step of [`is_heavier`].
const BYTES_A_STEP: usize = 16;

/// Whether a walk over the term takes more than so many steps: one for each cell and each word of an object, and for every
/// 16 bytes of a binary.
pub fn is_heavier(t: Term<'_>, steps: usize) -> bool {
    let mut left = steps;
    let mut todo: SmallVec<[Word; 64]> = smallvec![t.raw()];
    while let Some(mut w) = todo.pop() {
        while w.is_list() {
            // SAFETY: the cell belongs to the term.
            let (head, tail) = unsafe { (*w.ptr(), *w.ptr().add(1)) };
            if head.is_pointer() {
                todo.push(head);
            }
            if left == 0 {
                return true;
            }
            left -= 1;
            w = tail;
        }
        if w.is_boxed() {
            // SAFETY: a boxed word of a live term points to a live object.
            let o = unsafe { Obj::new(w.ptr()) };
            let cost = match o.header().header_kind() {
                ObjKind::SubBits => o.word(1).small_value() as usize / (8 * BYTES_A_STEP),
                _ => o.size(),
            };
            if cost >= left {
                return true;
            }
            left -= cost + 1;
            if !o.header().is_kind(ObjKind::SubBits) {
                size_of_boxed(w, &mut todo);
            }
        }
    }
    false
}

fn size_of_boxed(w: Word, todo: &mut SmallVec<[Word; 64]>) -> usize {
    // SAFETY: a boxed word of a live term points to a live object.
    let o = unsafe { Obj::new(w.ptr()) };
    let h = o.header();
    if h.is_kind(ObjKind::SubBits) {
        let len = o.word(1).small_value() as usize;
        return if len <= SMALL_BITS {
            2 + len.div_ceil(64)
        } else {
            4 + 3
        };
    }
    if !h.header_kind().is_opaque() {
        for i in 0..o.size() {
            let w = o.word(i);
            if w.is_pointer() {
                todo.push(w);
            }
        }
    }
    1 + o.size()
}

/// Copies `t` to `base`, which has room for as many words as `size_outside(t, keep)` says. Answers the copy's word; `off` gets the objects
/// with outside holdings.
/// # Safety
/// `base` is writable for that many words.
pub(super) unsafe fn copy_to(
    t: Word,
    base: *mut Word,
    keep: Range,
    off: &mut OffHeap,
) -> (Word, *mut Word) {
    let mut c = Copier {
        base,
        top: base,
        keep,
        off,
    };
    let mut scan = base;
    // SAFETY: the copier writes and scans only words that the size counted, all of which exist.
    unsafe {
        let root = c.one(t);
        while scan < c.top {
            let w = *scan;
            if w.is_opaque_header() {
                scan = scan.add(1 + w.header_size());
            } else {
                if w.is_pointer() {
                    scan.write(c.one(w));
                }
                scan = scan.add(1);
            }
        }
        (root, c.top)
    }
}

struct Copier<'a> {
    base: *mut Word,
    top: *mut Word,
    keep: Range,
    off: &'a mut OffHeap,
}

impl Copier<'_> {
    /// The copy of a word.
    /// # Safety
    /// `w` is of a live term whose words were counted: `top` has room for them.
    unsafe fn one(&mut self, w: Word) -> Word {
        // Words already pointing into the copy are tails written by `list`.
        if !w.is_pointer() || self.keep.has(w) || Range::new(self.base, self.top).has(w) {
            return w;
        }
        // SAFETY: by the contract.
        unsafe {
            if w.is_list() {
                self.list(w)
            } else {
                self.boxed(w)
            }
        }
    }

    /// Copies the cells of a whole list next to each other.
    /// # Safety
    /// As for [`Copier::one`]; `w` is a list.
    unsafe fn list(&mut self, w: Word) -> Word {
        let first = Word::list(self.top);
        let mut w = w;
        // SAFETY: by the contract.
        unsafe {
            loop {
                let (head, tail) = (*w.ptr(), *w.ptr().add(1));
                self.top.write(head);
                let more = tail.is_list() && !self.keep.has(tail);
                let next = if more {
                    Word::list(self.top.add(2))
                } else {
                    tail
                };
                self.top.add(1).write(next);
                self.top = self.top.add(2);
                if !more {
                    return first;
                }
                w = tail;
            }
        }
    }

    /// Copies an object.
    /// # Safety
    /// As for [`Copier::one`]; `w` is boxed.
    unsafe fn boxed(&mut self, w: Word) -> Word {
        // SAFETY: by the contract.
        unsafe {
            let from = w.ptr();
            let h = *from;
            let to = self.top;
            if h.is_kind(ObjKind::SubBits) && (*from.add(2)).small_value() as usize <= SMALL_BITS {
                self.top = write_heap_bits(to, Bits(Obj::new(from)));
                return Word::boxed(to);
            }
            let n = 1 + h.header_size();
            std::ptr::copy_nonoverlapping(from, to, n);
            self.top = to.add(n);
            if h.is_kind(ObjKind::BinRef) || h.is_kind(ObjKind::MagicRef) {
                retain_object(to);
                self.off.push(to);
            }
            Word::boxed(to)
        }
    }
}

/// Copies whole objects that lead to each other alone, word for word but for the pointers: quicker than a copy of a term, which has to be measured and
/// followed. `off` gets those with outside holdings.
/// # Safety
/// `words` words from `from` on are such objects, alive, and as many are writable from `to` on.
pub(super) unsafe fn copy_whole(from: *const Word, words: usize, to: *mut Word, off: &mut OffHeap) {
    let mut i = 0;
    while i < words {
        // SAFETY: by the contract; a header is followed by as many words as it says.
        unsafe {
            let w = *from.add(i);
            let at = to.add(i);
            i += 1;
            if w.is_pointer() {
                at.write(w.moved(from, to));
                continue;
            }
            at.write(w);
            if w.is_opaque_header() {
                let n = w.header_size();
                std::ptr::copy_nonoverlapping(from.add(i), at.add(1), n);
                i += n;
                if w.is_kind(ObjKind::BinRef) || w.is_kind(ObjKind::MagicRef) {
                    retain_object(at);
                    off.push(at);
                }
            }
        }
    }
}

/// Writes the bits of `b` as an object of its own at `to`; answers the place behind it.
/// # Safety
/// There is room for `2 + bits/64` (rounded up) words.
pub(super) unsafe fn write_heap_bits(to: *mut Word, b: Bits<'_>) -> *mut Word {
    let len = b.bit_len();
    let bytes = shift_to_byte(b.raw_bytes(), b.bit_offset(), len);
    // SAFETY: by the contract.
    unsafe { write_bytes(to, &bytes, len) }
}

/// # Safety
/// As for [`write_heap_bits`].
pub(super) unsafe fn write_bytes(to: *mut Word, bytes: &[u8], bits: usize) -> *mut Word {
    let words = bits.div_ceil(64);
    // SAFETY: by the contract; the last word is zeroed first so that padding is defined.
    unsafe {
        to.write(Word::header(ObjKind::HeapBits, 1 + words, 0));
        to.add(1).write(Word::small(bits as i64));
        if words > 0 {
            to.add(1 + words).write(Word(0));
        }
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), to.add(2).cast::<u8>(), bits.div_ceil(8));
        to.add(2 + words)
    }
}
