//! The interpreter's way in: raw words, the top of heap and stack. The interpreter keeps both tops in locals during a slice, writes them
//! back before anything here runs and reads them again after. Every function says what its caller must have made sure of.

use super::term::Obj;
use super::word::{ObjKind, Word};
use super::{Bits, CountedBytes, Heap, Term};

#[allow(dead_code)] // The whole raw interface is kept together; a second engine needs what the first one does not.
impl Heap {
    /// Top of the heap: the next free word.
    #[inline(always)]
    pub(crate) fn htop(&self) -> *mut Word {
        self.htop.get()
    }
    /// Top of the stack: its last word in use, or `stack_end` when empty.
    #[inline(always)]
    pub(crate) fn sp(&self) -> *mut Word {
        self.sp.get()
    }
    /// Writes both tops back. The words between `start..htop` and `sp..end` are initialised.
    #[inline(always)]
    pub(crate) fn set_tops(&self, htop: *mut Word, sp: *mut Word) {
        debug_assert!(
            self.start <= htop && htop <= sp && sp <= self.end,
            "heap and stack meet"
        );
        self.htop.set(htop);
        self.sp.set(sp);
    }
    /// Promises the words up to `htop + words` to the instructions after a `test_heap`; allocation by `&self` keeps clear of them.
    #[inline(always)]
    pub(crate) fn set_reserve(&self, words: usize) {
        self.reserve.set(self.htop.get().wrapping_add(words));
    }
    /// The same from a top that is not yet written back.
    #[inline(always)]
    pub(crate) fn reserve_to(&self, htop: *mut Word, words: usize) {
        self.reserve.set(htop.wrapping_add(words));
    }
    /// Takes the promise back.
    #[inline(always)]
    pub(crate) fn clear_reserve(&self) {
        self.reserve.set(std::ptr::null_mut());
    }
    /// A slice begins.
    pub(crate) fn begin_slice(&mut self) {
        self.collected = false;
    }
    /// Room for `n` words of one object at a top that is not yet written back; false when there is none, which says nothing about a collection.
    #[inline(always)]
    fn fits_at(&self, htop: *mut Word, sp: *mut Word, n: usize) -> bool {
        if self.reserve.get() <= htop {
            return htop.addr() + (n + super::STACK_SLACK) * 8 <= sp.addr();
        }
        let promised = self.reserve.get().addr() - htop.addr();
        if htop.addr() + n * 8 + promised + super::STACK_SLACK * 8 > sp.addr() {
            return false;
        }
        self.reserve.set(htop.wrapping_byte_add(n * 8 + promised));
        true
    }
    /// A float of two words at `htop`, which moves up, if there is room and it is finite.
    #[inline(always)]
    pub(crate) fn float_at(&self, htop: *mut Word, sp: *mut Word, value: f64) -> Option<Word> {
        if !value.is_finite() || !self.fits_at(htop, sp, 2) {
            return None;
        }
        // SAFETY: two words are free at the top.
        unsafe {
            htop.write(Word::header(ObjKind::Float, 1, 0));
            htop.add(1).write(Word(value.to_bits()));
        }
        Some(Word::boxed(htop))
    }
    /// The number in a float.
    #[inline(always)]
    pub(crate) fn float_in(&self, w: Word) -> Option<f64> {
        if !w.is_boxed() {
            return None;
        }
        // SAFETY: a boxed word points to a header; a float has one more word.
        unsafe {
            let p = w.ptr();
            if *p != Word::header(ObjKind::Float, 1, 0) {
                return None;
            }
            Some(f64::from_bits((*p.add(1)).0))
        }
    }
    /// The number in a float, or in a small integer that a float holds exactly.
    #[inline(always)]
    pub(crate) fn exact_float(&self, w: Word) -> Option<f64> {
        if w.is_boxed() {
            return self.float_in(w);
        }
        let v = w.small_value();
        (w.is_small() && v.unsigned_abs() < 1 << 53).then_some(v as f64)
    }
    /// An object at `htop`, which moves up, if there is room: a part of a bitstring or a match context.
    #[inline(always)]
    fn window_at<const N: usize>(
        &self,
        htop: *mut Word,
        sp: *mut Word,
        kind: ObjKind,
        words: [Word; N],
    ) -> Option<Word> {
        if !self.fits_at(htop, sp, 1 + N) {
            return None;
        }
        // SAFETY: that many words are free at the top.
        unsafe {
            htop.write(Word::header(kind, N, 0));
            for (i, w) in words.into_iter().enumerate() {
                htop.add(1 + i).write(w);
            }
        }
        Some(Word::boxed(htop))
    }
    /// [`Heap::match_context`] at a top that is not yet written back; none without room, or if `w` is no bitstring.
    #[inline(always)]
    pub(crate) fn context_at(&self, htop: *mut Word, sp: *mut Word, w: Word) -> Option<Word> {
        if !w.is_boxed() {
            return None;
        }
        // SAFETY: a boxed word points to a header, whose kind says what words follow.
        let (start, len, origin) = unsafe {
            let p = w.ptr();
            if (*p).is_kind(ObjKind::HeapBits) {
                (0, (*p.add(1)).small_value(), w)
            } else if (*p).is_kind(ObjKind::SubBits) {
                let (start, len) = ((*p.add(1)).small_value(), (*p.add(2)).small_value());
                (start, len, *p.add(3))
            } else {
                return None;
            }
        };
        let first = Word::small(start);
        let words = [first, Word::small(start + len), origin, first];
        self.window_at(htop, sp, ObjKind::MatchCtx, words)
    }
    /// What a context has not read, as a part that shares the bytes, at a top that is not yet written back; none without room, or if it is
    /// so short that it is copied.
    #[inline(always)]
    pub(crate) fn rest_at(&self, htop: *mut Word, sp: *mut Word, ctx: MatchState) -> Option<Word> {
        let (at, left) = (ctx.position(), ctx.left());
        if left <= super::SHARED_FROM {
            return None;
        }
        let words = [
            Word::small(at as i64),
            Word::small(left as i64),
            ctx.origin(),
        ];
        self.window_at(htop, sp, ObjKind::SubBits, words)
    }
    /// First word of the block.
    pub(crate) fn block_start(&self) -> *mut Word {
        self.start
    }
    /// One past the oldest word of the stack.
    #[inline(always)]
    pub(crate) fn stack_end(&self) -> *mut Word {
        self.end
    }
    /// The stack, newest word first.
    pub(crate) fn stack(&self) -> &[Word] {
        let n = (self.end.addr() - self.sp.get().addr()) / 8;
        // SAFETY: all words of the stack are initialised and nobody writes them while the heap is borrowed.
        unsafe { std::slice::from_raw_parts(self.sp.get(), n) }
    }
    /// The stack for patching return addresses.
    pub(crate) fn stack_mut(&mut self) -> &mut [Word] {
        let n = (self.end.addr() - self.sp.get().addr()) / 8;
        // SAFETY: as in `stack`, and exclusively borrowed.
        unsafe { std::slice::from_raw_parts_mut(self.sp.get(), n) }
    }
    /// A word the interpreter holds, as a term of this heap.
    /// # Safety
    /// The word is a term whose memory belongs to this heap or the literals.
    #[inline(always)]
    pub(crate) unsafe fn term(&self, w: Word) -> Term<'_> {
        // SAFETY: by the contract.
        unsafe { Term::from_raw(w) }
    }

    /// Raw room for `n` words, all to be written at once.
    #[inline(always)]
    pub(crate) fn take_raw(&self, n: usize) -> *mut Word {
        self.take(n)
    }

    // ---- binaries

    /// A match context on a bitstring, at its first bit.
    pub(crate) fn match_context<'h>(&'h self, b: Bits<'h>) -> Term<'h> {
        let at = self.take(5);
        // SAFETY: all five words are written.
        unsafe {
            at.write(Word::header(ObjKind::MatchCtx, 4, 0));
            at.add(4).write(Word::small(b.start() as i64));
            at.add(1).write(Word::small(b.start() as i64));
            at.add(2)
                .write(Word::small((b.start() + b.bit_len()) as i64));
            at.add(3).write(b.origin().boxed());
            self.boxed(at)
        }
    }

    /// `Acc` with room for `bits` more bits behind it, and the address of the first byte of the block with the bit position where the room
    /// starts; the room is zeroed. Grows the block in place when `Acc` ends where its block's used bits end and nobody else holds it.
    pub(crate) fn append<'h>(
        &'h mut self,
        acc: Bits<'_>,
        bits: usize,
    ) -> (Term<'h>, *mut u8, usize) {
        let old = acc.bit_len();
        let start = acc.start();
        let o = acc.origin();
        if start == 0
            && o.header().is_kind(ObjKind::BinRef)
            && !self.env.literals.range().has(o.boxed())
        {
            // SAFETY: the object is alive and holds one count; its word is updated when the block moves.
            unsafe {
                let origin = o.at.cast_mut();
                let mut block = CountedBytes::borrow_raw((*origin.add(1)).0);
                if block.is_sole() && block.used_bits() == old {
                    let before = block.capacity();
                    block.extend(bits);
                    let (grown, data) = (block.capacity() - before, block.data());
                    origin
                        .add(1)
                        .write(Word(std::mem::ManuallyDrop::into_inner(block).into_raw()));
                    let mut off = self.off_young.get();
                    off.bytes += grown;
                    self.off_young.set(off);
                    return (self.part_of(origin, old + bits), data, old);
                }
            }
        }
        let bytes = acc.bytes();
        let capacity = ((old + bits).div_ceil(8) * 2).max(256);
        let mut block = CountedBytes::zeroed(0, capacity);
        block.extend(old + bits);
        let data = block.data();
        // SAFETY: the block has that many bytes and is ours alone.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len()) };
        (self.counted(block, old + bits), data, old)
    }

    /// # Safety
    /// `origin` is a live `BinRef` with at least that many bits.
    unsafe fn part_of(&self, origin: *mut Word, bits: usize) -> Term<'_> {
        let at = self.take(4);
        // SAFETY: all four words are written.
        unsafe {
            at.write(Word::header(ObjKind::SubBits, 3, 0));
            at.add(1).write(Word::small(0));
            at.add(2).write(Word::small(bits as i64));
            at.add(3).write(Word::boxed(origin));
            self.boxed(at)
        }
    }

    /// A new bitstring of that many zero bits and the address of its bytes, to be filled before anything else runs.
    pub(crate) fn new_bits(&self, bits: usize) -> (Term<'_>, *mut u8) {
        if bits > super::MAX_HEAP_BYTES * 8 {
            let bytes = bits.div_ceil(8);
            let block = CountedBytes::zeroed(bytes, bytes);
            let data = block.data();
            return (self.counted(block, bits), data);
        }
        let words = bits.div_ceil(64);
        let at = self.take(2 + words);
        // SAFETY: all words are written.
        unsafe {
            at.write(Word::header(ObjKind::HeapBits, 1 + words, 0));
            at.add(1).write(Word::small(bits as i64));
            at.add(2).write_bytes(0, words);
            (self.boxed(at), at.add(2).cast())
        }
    }
}

/// A match context seen by the instructions that read from it. The context object is changed in place; the position never passes the end.
#[derive(Clone, Copy)]
pub(crate) struct MatchState {
    at: *mut Word,
}

impl MatchState {
    /// # Safety
    /// The word is a boxed match context that is alive while this value is used.
    #[inline(always)]
    pub(crate) unsafe fn of(w: Word) -> MatchState {
        MatchState { at: w.ptr() }
    }
    /// Next bit to read, counted from the origin's first.
    #[inline(always)]
    pub(crate) fn position(self) -> usize {
        // SAFETY: by the contract of `of`.
        unsafe { (*self.at.add(1)).small_value() as usize }
    }
    #[inline(always)]
    pub(crate) fn end(self) -> usize {
        // SAFETY: by the contract of `of`.
        unsafe { (*self.at.add(2)).small_value() as usize }
    }
    /// Moves the position; it must not pass the end.
    #[inline(always)]
    pub(crate) fn set_position(self, p: usize) {
        assert!(p <= self.end(), "a match stays inside its binary");
        // SAFETY: by the contract of `of`.
        unsafe { self.at.add(1).write(Word::small(p as i64)) }
    }
    /// The context is now somebody else's, who matches from here on.
    #[inline(always)]
    pub(crate) fn begin(self) {
        // SAFETY: by the contract of `of`.
        unsafe { self.at.add(4).write(*self.at.add(1)) }
    }
    /// Where the match began.
    pub(crate) fn began(self) -> usize {
        // SAFETY: by the contract of `of`.
        unsafe { (*self.at.add(4)).small_value() as usize }
    }
    /// The boxed object that holds the bytes.
    #[inline(always)]
    pub(crate) fn origin(self) -> Word {
        // SAFETY: by the contract of `of`.
        unsafe { *self.at.add(3) }
    }
    /// Bits left.
    #[inline(always)]
    pub(crate) fn left(self) -> usize {
        self.end() - self.position()
    }
    /// First byte of the origin and number of its bytes; good until the next allocation or append.
    #[inline(always)]
    pub(crate) fn data(self) -> (*const u8, usize) {
        // SAFETY: the third word is the boxed origin.
        unsafe { super::bits::origin_data(Obj::new((*self.at.add(3)).ptr())) }
    }
    /// The bytes of the origin; good until the next allocation or append.
    /// # Safety
    /// No append runs while the slice is used.
    #[inline(always)]
    pub(crate) unsafe fn bytes<'a>(self) -> &'a [u8] {
        let (p, n) = self.data();
        // SAFETY: the origin has that many initialised bytes.
        unsafe { std::slice::from_raw_parts(p, n) }
    }
}
