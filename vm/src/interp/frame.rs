//! The hot state of a running process and every raw access to code words, registers, stack and heap objects. The only file of the
//! interpreter with `unsafe`: what these functions assume (registers initialised, labels inside the code, objects of the tested kind,
//! words reserved) is what the verifier has proved and the specialiser kept. Nothing here decides anything.
//!
//! While instructions run, heap top and stack top live in [`Frame`]; [`Frame::spill`] writes them to the heap before any other code
//! looks at it, [`Frame::reload`] reads them back.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU64, Ordering};

use crate::bifs::BifRow;
use crate::code::words::{LOp, REG_TAG, X_REGISTERS, Y_FLAG};
use crate::heap::{FunInfo, Heap, ObjKind, Term, Word};
use crate::sync::code_cells::CellRef;

/// Words kept free between heap and stack, so that a call may push a return address without looking.
pub(super) const SLACK: usize = crate::heap::STACK_SLACK;

/// Where the process is. Lives in locals of the dispatch loop: pass copies to functions that are not inlined.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) pc: *const AtomicU64,
    x: *mut Word,
    pub(super) sp: *mut Word,
    pub(super) htop: *mut Word,
    /// Reductions left; the next call below 1 leaves the fast path.
    pub(super) reds: i64,
}

/// Fields of an instruction word.
#[inline(always)]
pub(super) const fn a(w: u64) -> u16 {
    (w >> 16) as u16
}
/// See [`a`].
#[inline(always)]
pub(super) const fn b(w: u64) -> u16 {
    (w >> 32) as u16
}
/// See [`a`].
#[inline(always)]
pub(super) const fn c(w: u64) -> u16 {
    (w >> 48) as u16
}
/// `b` and `c` as one number.
#[inline(always)]
pub(super) const fn bc(w: u64) -> i64 {
    (w as i64) >> 32
}
/// The low byte of a field.
#[inline(always)]
pub(super) const fn lo(field: u16) -> u16 {
    field & 255
}
/// The high byte of a field.
#[inline(always)]
pub(super) const fn hi(field: u16) -> u16 {
    field >> 8
}

impl Frame {
    /// At `pc`, with the tops of the heap.
    pub(super) fn new(pc: u64, x: &mut Registers, heap: &Heap, reds: i64) -> Frame {
        Frame {
            pc: std::ptr::with_exposed_provenance(pc as usize),
            x: x.0.as_mut_ptr().cast(),
            sp: heap.sp(),
            htop: heap.htop(),
            reds,
        }
    }

    /// The same state, field by field: a copy in one piece would go through memory.
    #[inline(always)]
    pub(super) fn copied(&self) -> Frame {
        Frame {
            pc: self.pc,
            x: self.x,
            sp: self.sp,
            htop: self.htop,
            reds: self.reds,
        }
    }

    // ---- code

    /// The current instruction.
    #[inline(always)]
    pub(super) fn fetch(&self) -> u64 {
        // SAFETY: verified code never runs past its end, and jumps only to instructions.
        unsafe { (*self.pc).load(Ordering::Relaxed) }
    }
    /// Extension word `i` of the current instruction, from 1.
    #[inline(always)]
    pub(super) fn ext(&self, i: usize) -> u64 {
        // SAFETY: the specialiser put the word there.
        unsafe { (*self.pc.add(i)).load(Ordering::Relaxed) }
    }
    #[inline(always)]
    pub(super) fn op(w: u64) -> LOp {
        // SAFETY: code words come from the specialiser, whose opcodes are those of the enum.
        unsafe { std::mem::transmute::<u16, LOp>(w as u16) }
    }
    /// Goes on `n` words further.
    #[inline(always)]
    pub(super) fn step(&mut self, n: usize) {
        self.pc = self.pc.wrapping_add(n);
    }
    /// Jumps by a distance in words.
    #[inline(always)]
    pub(super) fn jump(&mut self, distance: i64) {
        self.pc = self.pc.wrapping_offset(distance as isize);
    }
    /// Jumps to the fail distance in `c`.
    #[inline(always)]
    pub(super) fn fail(&mut self, w: u64) {
        self.jump((w as i64) >> 48);
    }
    /// Jumps to an address.
    #[inline(always)]
    pub(super) fn go(&mut self, address: u64) {
        self.pc = std::ptr::with_exposed_provenance(address as usize);
    }
    #[inline(always)]
    pub(super) fn address(&self) -> u64 {
        self.pc.expose_provenance() as u64
    }
    /// The instruction at an address.
    pub(super) fn word_at(address: u64) -> u64 {
        // SAFETY: called with addresses of handlers, which catch words hold.
        unsafe {
            (*std::ptr::with_exposed_provenance::<AtomicU64>(address as usize))
                .load(Ordering::Relaxed)
        }
    }
    /// The cell in extension word 1.
    #[inline(always)]
    pub(super) fn cell(&self) -> CellRef {
        // SAFETY: the specialiser put a cell's word there.
        unsafe { CellRef::from_word(self.ext(1)) }
    }
    /// The slot behind a trace word.
    #[inline(always)]
    pub(super) fn trace_slot(_vm: &crate::vm::Vm, w: u64) -> &crate::trace::slots::Slot {
        // SAFETY: trace words carry the address of a slot, and the memory of slots lives as long as the VM.
        unsafe { &*std::ptr::with_exposed_provenance((w >> 16) as usize) }
    }
    /// The row of a built-in function in an extension word.
    #[inline(always)]
    pub(super) fn row(&self, i: usize) -> &'static BifRow {
        // SAFETY: the specialiser put the address of a static row there.
        unsafe { &*std::ptr::with_exposed_provenance::<BifRow>(self.ext(i) as usize) }
    }

    // ---- registers

    #[inline(always)]
    pub(super) fn x(&self, n: u16) -> Word {
        debug_assert!((n as usize) < X_REGISTERS);
        // SAFETY: the specialiser names only existing registers; the verifier only initialised ones.
        unsafe { self.x.add(n as usize).read() }
    }
    #[inline(always)]
    pub(super) fn set_x(&mut self, n: u16, v: Word) {
        debug_assert!((n as usize) < X_REGISTERS);
        // SAFETY: as for `x`.
        unsafe { self.x.add(n as usize).write(v) }
    }
    #[inline(always)]
    pub(super) fn y(&self, n: u16) -> Word {
        // SAFETY: the frame has that slot.
        unsafe { self.sp.add(n as usize).read() }
    }
    #[inline(always)]
    pub(super) fn set_y(&mut self, n: u16, v: Word) {
        // SAFETY: the frame has that slot.
        unsafe { self.sp.add(n as usize).write(v) }
    }
    #[inline(always)]
    fn place(&self, r: u16) -> *mut Word {
        let base = if r & Y_FLAG == 0 { self.x } else { self.sp };
        // SAFETY: as for `x` and `y`.
        unsafe { base.add((r & (Y_FLAG - 1)) as usize) }
    }
    /// Any register.
    #[inline(always)]
    pub(super) fn r(&self, r: u16) -> Word {
        // SAFETY: as for `x` and `y`.
        unsafe { self.place(r).read() }
    }
    #[inline(always)]
    pub(super) fn set_r(&mut self, r: u16, v: Word) {
        // SAFETY: as for `x` and `y`.
        unsafe { self.place(r).write(v) }
    }
    /// Any register named by a byte.
    #[inline(always)]
    pub(super) fn rb(&self, r: u16) -> Word {
        self.r((r & 127) | (r & 128) << 7)
    }
    #[inline(always)]
    pub(super) fn set_rb(&mut self, r: u16, v: Word) {
        self.set_r((r & 127) | (r & 128) << 7, v);
    }
    /// An operand of a list: extension word `i`.
    #[inline(always)]
    pub(super) fn operand(&self, i: usize) -> Word {
        let w = self.ext(i);
        if w & 7 == REG_TAG {
            self.r((w >> 8) as u16 | ((w & 8) as u16) << 11)
        } else {
            Word(w)
        }
    }
    /// A register that an operand list names as destination.
    #[inline(always)]
    pub(super) fn set_operand(&mut self, i: usize, v: Word) {
        let w = self.ext(i);
        self.set_r((w >> 8) as u16 | ((w & 8) as u16) << 11, v);
    }

    // ---- stack

    #[inline(always)]
    pub(super) fn push(&mut self, v: Word) {
        // SAFETY: `SLACK` words are kept free for the return address, `grow` made room for more.
        unsafe {
            self.sp = self.sp.sub(1);
            self.sp.write(v);
        }
    }
    #[inline(always)]
    pub(super) fn pop(&mut self) -> Word {
        // SAFETY: verified code pops what it pushed; below everything lies the return address of an exit instruction.
        unsafe {
            let v = self.sp.read();
            self.sp = self.sp.add(1);
            v
        }
    }
    /// Makes a frame of `n` empty slots; there is room.
    #[inline(always)]
    pub(super) fn grow(&mut self, n: usize) {
        // SAFETY: the caller looked at `room`.
        // Two slots at a time from the top, so that the common frames take no loop; the slack below takes what is too much.
        unsafe {
            let mut at = self.sp;
            self.sp = at.sub(n);
            loop {
                at = at.sub(2);
                at.write(Word::NIL);
                at.add(1).write(Word::NIL);
                if at <= self.sp {
                    break;
                }
            }
        }
    }
    #[inline(always)]
    pub(super) fn shrink(&mut self, n: u16) {
        self.sp = self.sp.wrapping_add(n as usize);
    }
    /// Are `n` words free, besides the slack?
    #[inline(always)]
    pub(super) fn room(&self, n: usize) -> bool {
        self.htop.addr() + (n + SLACK) * 8 <= self.sp.addr()
    }
    /// Moves the stack pointer to slot `i` of [`Heap::stack`], counted from the current top.
    pub(super) fn cut_stack(&mut self, words: usize) {
        self.sp = self.sp.wrapping_add(words);
    }

    // ---- objects

    #[inline(always)]
    pub(super) fn head(w: Word) -> Word {
        // SAFETY: the word was tested (or proved) to be a list cell.
        unsafe { w.ptr().read() }
    }
    #[inline(always)]
    pub(super) fn tail(w: Word) -> Word {
        // SAFETY: as for `head`.
        unsafe { w.ptr().add(1).read() }
    }
    /// The header of a boxed word, or a word that is no header.
    #[inline(always)]
    pub(super) fn header(w: Word) -> Word {
        if w.is_boxed() {
            // SAFETY: a boxed word points to a header.
            unsafe { w.ptr().read() }
        } else {
            Word::NIL
        }
    }
    #[inline(always)]
    pub(super) fn is_kind(w: Word, kind: ObjKind) -> bool {
        Frame::header(w).is_kind(kind)
    }
    /// Word `i` after the header of an object that has it.
    #[inline(always)]
    pub(super) fn field(w: Word, i: usize) -> Word {
        // SAFETY: kind and size were tested or proved.
        unsafe { w.ptr().add(1 + i).read() }
    }
    /// The entry of a local fun.
    #[inline(always)]
    pub(super) fn fun_info(w: Word) -> &'static FunInfo {
        // SAFETY: the first word of a local fun points to an entry that lives as long as the VM.
        unsafe { &*std::ptr::with_exposed_provenance::<FunInfo>(Frame::field(w, 0).0 as usize) }
    }
    /// The cell of an external fun, if the code server gave it one.
    pub(super) fn fun_cell(w: Word) -> Option<CellRef> {
        let word = Frame::field(w, 0).0;
        // SAFETY: the word of an external fun is 0 or a cell's.
        (word != 0).then(|| unsafe { CellRef::from_word(word) })
    }
    #[inline(always)]
    pub(super) fn cons(&mut self, head: Word, tail: Word) -> Word {
        let at = self.htop;
        // SAFETY: two words are reserved.
        unsafe {
            at.write(head);
            at.add(1).write(tail);
            self.htop = at.add(2);
        }
        Word::list(at)
    }
    /// `n` words at the top were written.
    #[inline(always)]
    pub(super) fn took(&mut self, n: usize) {
        self.htop = self.htop.wrapping_add(n);
    }
    /// A tuple of reserved words.
    #[inline(always)]
    pub(super) fn tuple<const N: usize>(&mut self, elements: [Word; N]) -> Word {
        let t = self.object(Word::header(ObjKind::Tuple, N, 0));
        elements.into_iter().for_each(|e| self.append(e));
        t
    }
    /// Begins an object of reserved words.
    #[inline(always)]
    pub(super) fn object(&mut self, header: Word) -> Word {
        let at = self.htop;
        self.append(header);
        Word::boxed(at)
    }
    /// The next word of the object.
    #[inline(always)]
    pub(super) fn append(&mut self, w: Word) {
        // SAFETY: reserved.
        unsafe {
            self.htop.write(w);
            self.htop = self.htop.add(1);
        }
    }
    // ---- between instructions and everything else

    #[inline(always)]
    pub(super) fn spill(&self, heap: &Heap) {
        heap.set_tops(self.htop, self.sp);
    }
    #[inline(always)]
    pub(super) fn reload(&mut self, heap: &Heap) {
        self.htop = heap.htop();
        self.sp = heap.sp();
    }
    /// A register's or stack's word as a term of the heap it lives on.
    #[inline(always)]
    pub(super) fn term(heap: &Heap, w: Word) -> Term<'_> {
        // SAFETY: words of registers and stack are terms of this process's heap or literals.
        unsafe { heap.term(w) }
    }
    /// The first registers as terms.
    #[inline(always)]
    pub(super) fn args<'h>(&self, _heap: &'h Heap, n: usize) -> &'h [Term<'h>] {
        // SAFETY: `Term` is a transparent word; the registers outlive the call that gets the slice, which does not write them.
        unsafe { std::slice::from_raw_parts(self.x.cast::<Term<'h>>(), n) }
    }
    /// The first registers, for the collector.
    pub(super) fn live(&mut self, n: usize) -> &mut [Word] {
        // SAFETY: exclusively borrowed with the frame; initialised by the verifier's proof.
        unsafe { std::slice::from_raw_parts_mut(self.x, n) }
    }
    /// The row of a built-in function's cell, from the stub that the interpreter gave it.
    #[inline(always)]
    pub(super) fn row_of(cell: &CellRef) -> &'static BifRow {
        let address = cell.stub()[1].load(Ordering::Relaxed);
        // SAFETY: the second word of such a stub is the address of a static row.
        unsafe { &*std::ptr::with_exposed_provenance::<BifRow>(address as usize) }
    }
    /// Arity of the funs that a lambda's entry makes.
    #[inline(always)]
    pub(super) fn lambda_arity(info: u64) -> u32 {
        // SAFETY: the specialiser put the address of an entry that lives as long as the VM.
        u32::from(unsafe { (*std::ptr::with_exposed_provenance::<FunInfo>(info as usize)).arity })
    }
    /// The bytes a context reads; no append runs while they are used.
    #[inline(always)]
    pub(super) fn context_bytes<'a>(ctx: crate::heap::MatchState) -> &'a [u8] {
        // SAFETY: instructions use the bytes only until their own end.
        unsafe { ctx.bytes() }
    }
    /// The 8 bits at a position of a context that has them.
    #[inline(always)]
    pub(super) fn read_byte(ctx: crate::heap::MatchState, at: usize) -> u8 {
        let bytes = Frame::context_bytes(ctx);
        if at.is_multiple_of(8) {
            bytes[at / 8]
        } else {
            (bytes[at / 8] << (at % 8)) | (bytes[at / 8 + 1] >> (8 - at % 8))
        }
    }
    /// `n` bytes (at most 7) from a position on, most significant first; the context has them.
    #[inline(always)]
    pub(super) fn read_bytes(ctx: crate::heap::MatchState, at: usize, n: usize) -> u64 {
        let bytes = &Frame::context_bytes(ctx)[at..at + n];
        bytes.iter().fold(0, |v, b| v << 8 | u64::from(*b))
    }
    /// The bitstring `base` with `n` more bits, which are those of `more`, zero-padded.
    pub(super) fn append_bits(heap: &mut Heap, base: Word, more: &[u8], n: usize) -> Word {
        // SAFETY: the word is a bitstring of this heap; nothing collects or frees it before `append` is done with it.
        let acc = unsafe { Term::from_raw(base) };
        let acc = acc.as_bits().expect("invariant: tested by the caller");
        let (whole, data, at) = heap.append(acc, n);
        let (mut to, shift) = (data.wrapping_add(at / 8), at % 8);
        // SAFETY: `append` made room for `n` zeroed bits from bit `at` on.
        unsafe {
            if shift == 0 {
                std::ptr::copy_nonoverlapping(more.as_ptr(), to, n.div_ceil(8));
            } else {
                let mut left = n;
                for b in &more[..n.div_ceil(8)] {
                    *to |= b >> shift;
                    if left > 8 - shift {
                        to = to.add(1);
                        *to |= b << (8 - shift);
                    }
                    left = left.saturating_sub(8);
                }
            }
        }
        whole.raw()
    }
    /// The context object behind a match context register.
    #[inline(always)]
    pub(super) fn context(w: Word) -> crate::heap::MatchState {
        // SAFETY: the verifier proved the register to hold a match context.
        unsafe { crate::heap::MatchState::of(w) }
    }
}

/// The x registers of a scheduler thread.
pub(super) struct Registers([std::mem::MaybeUninit<Word>; X_REGISTERS]);

impl Registers {
    pub(super) fn new() -> Registers {
        Registers([std::mem::MaybeUninit::uninit(); X_REGISTERS])
    }
}
