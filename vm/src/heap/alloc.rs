//! A process's heap: one block with the young heap growing up and the stack growing down, the old generation, and fragments.
//! Allocation is by `&self` and never collects: what does not fit the block goes to a fragment, which joins at the next collection.
//!
//! ```text
//!  start        high_water        htop                 sp            end
//!  | survived once | not yet seen  |  free (reserve..) |   stack      |      old_start..old_top..old_end: survived twice
//! ```

use super::block::{OffHeap, alloc_words, free_words};
use super::copy::{Range, copy_to, copy_whole, size_outside, write_bytes};
use super::owned::{Fragment, OwnedTerm, free_fragments};
use super::stats::GcStats;
use super::word::{ObjKind, Word};
use super::{Bits, CountedBytes, FunRef, HeapEnv, MAX_HEAP_BYTES, Pid, RefId, Resource, Term};
use crate::atoms::Atom;
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::Arc;

/// Words of a process's first block; the measurements are in the design document (page faults dominate spawning).
pub const FIRST_BLOCK: usize = 64;

/// Bits up to which a part of a bitstring is copied instead of sharing the bytes.
pub(crate) const SHARED_FROM: usize = 24 * 8;

/// Words kept free between heap and stack, so that a call pushes its return address without looking.
pub(crate) const STACK_SLACK: usize = 2;

/// Settings of one process's heap, as the options of `spawn_opt`.
#[derive(Clone, Copy, Debug)]
pub struct HeapOptions {
    /// Words the block never falls below.
    pub min_heap_size: usize,
    /// Words of virtual binary heap before binaries alone cause a collection.
    pub min_bin_vheap_size: usize,
    /// Minor collections between two full sweeps.
    pub fullsweep_after: u32,
    /// Words beyond which the process is killed; 0: no bound.
    pub max_heap_size: usize,
}

impl Default for HeapOptions {
    fn default() -> Self {
        HeapOptions {
            min_heap_size: FIRST_BLOCK,
            min_bin_vheap_size: 46_422,
            fullsweep_after: 65_535,
            max_heap_size: 0,
        }
    }
}

/// The heap and stack of one process.
pub struct Heap {
    pub(super) env: Arc<HeapEnv>,
    pub(super) options: HeapOptions,
    pub(super) start: *mut Word,
    /// Words of the block as allocated; `end` may lie before its last word.
    pub(super) capacity: usize,
    pub(super) end: *mut Word,
    pub(super) htop: Cell<*mut Word>,
    pub(super) sp: Cell<*mut Word>,
    /// Words up to here are promised to the instructions after a `test_heap`.
    pub(super) reserve: Cell<*mut Word>,
    pub(super) high_water: *mut Word,
    pub(super) old_start: *mut Word,
    pub(super) old_top: *mut Word,
    pub(super) old_capacity: usize,
    pub(super) fragments: Cell<*mut Fragment>,
    pub(super) fragment_words: Cell<usize>,
    pub(super) off_young: Cell<OffHeap>,
    pub(super) off_old: OffHeap,
    pub(super) target: usize,
    /// Whether this slice has collected already.
    pub(super) collected: bool,
    pub(super) vheap_limit: usize,
    /// Bytes of binaries of old terms that live on after a full sweep; when twice as many hang there, another is due.
    pub(super) old_vheap: usize,
    pub(super) minors: u32,
    pub(super) stress_count: Cell<u32>,
    pub(super) stats: GcStats,
}

// SAFETY: the heap owns its memory; what it shares with others is counted atomically.
unsafe impl Send for Heap {}

impl Heap {
    /// An empty heap with an empty stack.
    pub fn new(env: &Arc<HeapEnv>, options: HeapOptions) -> Heap {
        let capacity = options.min_heap_size.max(FIRST_BLOCK);
        let start = alloc_words(capacity);
        env.budget.add(capacity * 8);
        // SAFETY: one past the last word of the block.
        let end = unsafe { start.add(capacity) };
        Heap {
            env: env.clone(),
            options,
            start,
            capacity,
            end,
            htop: Cell::new(start),
            sp: Cell::new(end),
            reserve: Cell::new(null_mut()),
            high_water: start,
            old_start: null_mut(),
            old_top: null_mut(),
            old_capacity: 0,
            fragments: Cell::new(null_mut()),
            fragment_words: Cell::new(0),
            off_young: Cell::new(OffHeap::default()),
            off_old: OffHeap::default(),
            target: capacity,
            collected: false,
            vheap_limit: options.min_bin_vheap_size * 8,
            old_vheap: 0,
            minors: 0,
            stress_count: Cell::new(0),
            stats: GcStats::default(),
        }
    }

    /// The settings; they hold from the next collection on.
    pub fn options(&self) -> HeapOptions {
        self.options
    }

    /// Changes the settings.
    pub fn set_options(&mut self, options: HeapOptions) {
        self.options = options;
    }

    /// What the heaps of this VM share.
    pub fn env(&self) -> &Arc<HeapEnv> {
        &self.env
    }

    /// Words between the heap and the stack.
    #[inline(always)]
    pub fn free_words(&self) -> usize {
        (self.sp.get().addr() - self.htop.get().addr()) / 8
    }

    /// Room for `n` words that the caller fills at once with one or more whole objects. Never collects.
    #[inline]
    pub(super) fn take(&self, n: usize) -> *mut Word {
        let h = self.htop.get();
        let promised = (self.reserve.get().addr().saturating_sub(h.addr())) / 8;
        if n + promised + STACK_SLACK <= self.free_words() {
            // SAFETY: `n` words are free below the stack pointer.
            let top = unsafe { h.add(n) };
            self.htop.set(top);
            if promised > 0 {
                // SAFETY: the promise moves up with the top and still ends below the stack.
                self.reserve.set(unsafe { top.add(promised) });
            }
            return h;
        }
        self.take_in_fragment(n)
    }

    #[cold]
    fn take_in_fragment(&self, n: usize) -> *mut Word {
        let f = self.fragments.get();
        // SAFETY: the fragments of the list are ours and alive.
        unsafe {
            if f.is_null() || (*f).capacity - (*f).used < n {
                let last = if f.is_null() { 32 } else { (*f).capacity };
                let words = n.max((last * 2).min(16 * 1024));
                let new = Fragment::make(words);
                (*new).next = f;
                self.env.budget.add(words * 8);
                self.fragments.set(new);
                self.fragment_words.set(self.fragment_words.get() + words);
            }
            let f = self.fragments.get();
            let at = Fragment::words(f).add((*f).used);
            (*f).used += n;
            at
        }
    }

    pub(super) fn push_off(&self, object: *mut Word) {
        let mut off = self.off_young.get();
        // SAFETY: called with a freshly written `BinRef` or `MagicRef` only.
        unsafe { off.push(object) };
        self.off_young.set(off);
    }

    /// # Safety
    /// A complete object lies at `at`, in memory of this heap.
    #[inline(always)]
    pub(super) unsafe fn boxed<'h>(&'h self, at: *mut Word) -> Term<'h> {
        // SAFETY: by the contract.
        unsafe { Term::from_raw(Word::boxed(at)) }
    }

    // ---- terms

    /// `[Head | Tail]`.
    #[inline]
    pub fn cons<'h>(&'h self, head: Term<'h>, tail: Term<'h>) -> Term<'h> {
        let at = self.take(2);
        // SAFETY: two words were taken and both are written.
        unsafe {
            at.write(head.raw());
            at.add(1).write(tail.raw());
            Term::from_raw(Word::list(at))
        }
    }

    /// A tuple of any size.
    pub fn tuple<'h>(&'h self, elements: &[Term<'h>]) -> Term<'h> {
        // SAFETY: all words taken are written.
        unsafe { self.boxed(self.object(ObjKind::Tuple, 0, elements)) }
    }

    /// Header and words, all of them terms.
    pub(super) fn object<'h>(&'h self, kind: ObjKind, extra: u32, words: &[Term<'h>]) -> *mut Word {
        let at = self.take(1 + words.len());
        // SAFETY: one header and `words.len()` words were taken; `Term` is a transparent `Word`.
        unsafe {
            at.write(Word::header(kind, words.len(), extra));
            std::ptr::copy_nonoverlapping(words.as_ptr().cast::<Word>(), at.add(1), words.len());
        }
        at
    }

    /// A proper list.
    pub fn list<'h>(&'h self, elements: &[Term<'h>]) -> Term<'h> {
        self.list_with_tail(elements, Term::NIL)
    }

    /// A list that ends in `tail`.
    pub fn list_with_tail<'h>(&'h self, elements: &[Term<'h>], tail: Term<'h>) -> Term<'h> {
        if elements.is_empty() {
            return tail;
        }
        let at = self.take(2 * elements.len());
        for (i, e) in elements.iter().enumerate() {
            // SAFETY: two words per element were taken.
            unsafe {
                let cell = at.add(2 * i);
                cell.write(e.raw());
                cell.add(1).write(if i + 1 == elements.len() {
                    tail.raw()
                } else {
                    Word::list(cell.add(2))
                });
            }
        }
        // SAFETY: the first cell is written.
        unsafe { Term::from_raw(Word::list(at)) }
    }

    /// A proper list of what the iterator gives.
    pub fn list_from<'h>(&'h self, elements: impl IntoIterator<Item = Term<'h>>) -> Term<'h> {
        let all: smallvec::SmallVec<[Term<'h>; 32]> = elements.into_iter().collect();
        self.list(&all)
    }

    /// A list of code points.
    pub fn string<'h>(&'h self, text: &str) -> Term<'h> {
        self.list_from(text.chars().map(|c| self.int(c as i64)))
    }

    /// A float; infinities and NaN are no Erlang terms and must have been ruled out.
    pub fn float<'h>(&'h self, value: f64) -> Term<'h> {
        debug_assert!(value.is_finite(), "a float term is finite");
        let at = self.take(2);
        // SAFETY: both words are written.
        unsafe {
            at.write(Word::header(ObjKind::Float, 1, 0));
            at.add(1).write(Word(value.to_bits()));
            self.boxed(at)
        }
    }

    /// An integer of limbs, least significant first; small when it fits.
    pub fn big<'h>(&'h self, negative: bool, limbs: &[u64]) -> Term<'h> {
        let n = limbs.iter().rposition(|l| *l != 0).map_or(0, |i| i + 1);
        if n == 0 {
            return Term::small(0).expect("0 is small");
        }
        let signed = if negative {
            -(limbs[0] as i128)
        } else {
            limbs[0] as i128
        };
        if n == 1
            && let Some(t) = i64::try_from(signed).ok().and_then(Term::small)
        {
            return t;
        }
        let kind = if negative {
            ObjKind::NegBig
        } else {
            ObjKind::PosBig
        };
        let at = self.take(1 + n);
        // SAFETY: a header and `n` limbs are written.
        unsafe {
            at.write(Word::header(kind, n, 0));
            std::ptr::copy_nonoverlapping(limbs.as_ptr().cast::<Word>(), at.add(1), n);
            self.boxed(at)
        }
    }

    /// Any 64-bit integer.
    #[inline]
    pub fn int<'h>(&'h self, value: i64) -> Term<'h> {
        match Term::small(value) {
            Some(t) => t,
            None => self.big(value < 0, &[value.unsigned_abs()]),
        }
    }

    /// Any unsigned 64-bit integer.
    pub fn uint<'h>(&'h self, value: u64) -> Term<'h> {
        match i64::try_from(value) {
            Ok(i) => self.int(i),
            Err(_) => self.big(false, &[value]),
        }
    }

    /// A binary with these bytes.
    pub fn binary<'h>(&'h self, bytes: &[u8]) -> Term<'h> {
        self.bitstring(bytes, bytes.len() * 8)
    }

    /// The first `bits` bits of `bytes`; bits behind them must be 0.
    pub fn bitstring<'h>(&'h self, bytes: &[u8], bits: usize) -> Term<'h> {
        let bytes = &bytes[..bits.div_ceil(8)];
        if bytes.len() > MAX_HEAP_BYTES {
            return self.counted(CountedBytes::new(bytes), bits);
        }
        let at = self.take(2 + bits.div_ceil(64));
        // SAFETY: the words taken are those `write_bytes` writes.
        unsafe {
            write_bytes(at, bytes, bits);
            self.boxed(at)
        }
    }

    /// The first `bits` bits of a counted block, without copying.
    pub fn counted<'h>(&'h self, block: CountedBytes, bits: usize) -> Term<'h> {
        assert!(bits <= block.used_bits(), "a binary lies inside its block");
        let at = self.take(7);
        // SAFETY: a part (4 words) and its origin (3 words) are written completely.
        unsafe {
            let origin = at.add(4);
            at.write(Word::header(ObjKind::SubBits, 3, 0));
            at.add(1).write(Word::small(0));
            at.add(2).write(Word::small(bits as i64));
            at.add(3).write(Word::boxed(origin));
            origin.write(Word::header(ObjKind::BinRef, 2, 0));
            origin.add(1).write(Word(block.into_raw()));
            origin.add(2).write(Word(0));
            self.push_off(origin);
            self.boxed(at)
        }
    }

    /// `len` bits of `whole` from bit `start` on. The part must lie inside. Small parts are copied, others share the bytes.
    pub fn sub_bits<'h>(&'h self, whole: Bits<'h>, start: usize, len: usize) -> Term<'h> {
        assert!(
            start + len <= whole.bit_len(),
            "a part lies inside the whole"
        );
        if len <= SHARED_FROM {
            let first = whole.bit_offset() + start;
            let raw = &whole.raw_bytes()[first / 8..(first + len).div_ceil(8)];
            return self.bitstring(&super::shift_to_byte(raw, first % 8, len), len);
        }
        let at = self.take(4);
        // SAFETY: all four words are written.
        unsafe {
            at.write(Word::header(ObjKind::SubBits, 3, 0));
            at.add(1).write(Word::small((whole.start() + start) as i64));
            at.add(2).write(Word::small(len as i64));
            at.add(3).write(whole.origin().boxed());
            self.boxed(at)
        }
    }

    /// A local fun.
    pub fn fun<'h>(&'h self, info: FunRef, creator: Pid, free: &[Term<'h>]) -> Term<'h> {
        let at = self.take(3 + free.len());
        // SAFETY: header, two words and the free variables are written.
        unsafe {
            at.write(Word::header(
                ObjKind::Fun,
                2 + free.len(),
                info.arity as u32,
            ));
            at.add(1)
                .write(Word(info.0.as_ptr().expose_provenance() as u64));
            at.add(2).write(Word::pid(creator));
            std::ptr::copy_nonoverlapping(free.as_ptr().cast::<Word>(), at.add(3), free.len());
            self.boxed(at)
        }
    }

    /// `fun m:f/a`; `word` is the code server's (an 8-aligned address or 0).
    pub fn export_fun<'h>(
        &'h self,
        module: Atom,
        function: Atom,
        arity: u8,
        word: u64,
    ) -> Term<'h> {
        assert!(
            word.is_multiple_of(8),
            "the code server's word is 8-aligned"
        );
        let at = self.take(4);
        // SAFETY: all four words are written.
        unsafe {
            at.write(Word::header(ObjKind::ExtFun, 3, arity as u32));
            at.add(1).write(Word(word));
            at.add(2).write(Word::atom(module));
            at.add(3).write(Word::atom(function));
            self.boxed(at)
        }
    }

    /// A reference; `alias_of` makes it one that messages can be sent to.
    pub fn reference<'h>(&'h self, id: RefId, alias_of: Option<Pid>) -> Term<'h> {
        let at = self.take(3);
        // SAFETY: all three words are written.
        unsafe {
            at.write(Word::header(ObjKind::Ref, 2, 0));
            at.add(1).write(Word(id.0));
            at.add(2).write(alias_of.map_or(Word(0), Word::pid));
            self.boxed(at)
        }
    }

    /// A fresh reference.
    pub fn make_ref<'h>(&'h self) -> Term<'h> {
        self.reference(self.env.fresh_ref(), None)
    }

    /// A reference that keeps a Rust value alive.
    pub fn magic_ref<'h>(&'h self, id: RefId, resource: Resource) -> Term<'h> {
        let at = self.take(4);
        // SAFETY: all four words are written; the object takes over the count.
        unsafe {
            at.write(Word::header(ObjKind::MagicRef, 3, 0));
            at.add(1).write(Word(id.0));
            at.add(2)
                .write(Word(Resource::into_raw(resource).expose_provenance() as u64));
            at.add(3).write(Word(0));
            self.push_off(at);
            self.boxed(at)
        }
    }

    /// A deep copy of a term from elsewhere.
    pub fn copy_in<'h>(&'h self, t: Term<'_>) -> Term<'h> {
        self.copy_outside(t, Range::EMPTY)
    }

    /// A deep copy that shares the literals of loaded code.
    pub fn copy_sharing_literals<'h>(&'h self, t: Term<'_>) -> Term<'h> {
        self.copy_outside(t, self.env.literals.range())
    }

    fn copy_outside<'h>(&'h self, t: Term<'_>, keep: Range) -> Term<'h> {
        if let Some(t) = t.as_immediate() {
            return t;
        }
        let words = size_outside(t, keep);
        let at = self.take(words);
        let mut off = OffHeap::default();
        // SAFETY: the counted room was taken; the copy is self-contained but for what `keep` holds.
        unsafe {
            let (root, _) = copy_to(t.raw(), at, keep, &mut off);
            self.join_off_heap(off);
            Term::from_raw(root)
        }
    }

    /// As [`copy_whole`], here; the answer is where the copy begins.
    /// # Safety
    /// `words` words from `from` on are whole objects that lead to each other alone, alive.
    pub(super) unsafe fn copy_whole(&self, from: *const Word, words: usize) -> *mut Word {
        let to = self.take(words);
        let mut off = OffHeap::default();
        // SAFETY: the room was just taken.
        unsafe {
            copy_whole(from, words, to, &mut off);
            self.join_off_heap(off);
        }
        to
    }

    /// # Safety
    /// The objects are of this heap, alive, and on no other list.
    pub(super) unsafe fn join_off_heap(&self, off: OffHeap) {
        let mut young = self.off_young.get();
        // SAFETY: by the contract.
        unsafe { young.append(off) };
        self.off_young.set(young);
    }

    /// Joins the memory of an owned term without copying.
    pub fn adopt<'h>(&'h self, t: OwnedTerm) -> Term<'h> {
        let (root, f) = t.into_parts();
        if !f.is_null() {
            // SAFETY: the fragment is ours from now on; it is put behind the one being filled.
            unsafe {
                let first = self.fragments.get();
                if first.is_null() {
                    self.fragments.set(f);
                } else {
                    (*f).next = (*first).next;
                    (*first).next = f;
                }
                self.fragment_words
                    .set(self.fragment_words.get() + (*f).capacity);
                self.env.budget.add((*f).capacity * 8);
                self.join_off_heap(std::mem::take(&mut (*f).off));
            }
        }
        // SAFETY: the memory of the term belongs to this heap now.
        unsafe { Term::from_raw(root) }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        let words = self.capacity + self.old_capacity + self.fragment_words.get();
        self.env.budget.sub(words * 8);
        // SAFETY: all memory is ours and no `Term` of it is alive.
        unsafe {
            self.off_young.get().release();
            self.off_old.release();
            free_fragments(self.fragments.get());
            free_words(self.start, self.capacity);
            free_words(self.old_start, self.old_capacity);
        }
    }
}
