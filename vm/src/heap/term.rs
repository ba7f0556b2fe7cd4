//! Terms as safe values: a word with the lifetime of the memory it points into, and views of each kind.
//! The lifetime is invariant, so a term of one heap cannot pass for a term of another; collection needs the heap mutably and so ends every
//! `Term` of it. [`Term::kind`] is the one way to look inside.

use super::word::{ObjKind, Word};
use super::{Bits, FunRef, Map, Pid, Port, Resource};
use crate::atoms::Atom;
use std::marker::PhantomData;

/// The invariant brand of a heap borrow.
pub(super) type Brand<'h> = PhantomData<std::cell::Cell<&'h ()>>;

/// A term that lives at least as long as `'h`.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Term<'h> {
    word: Word,
    brand: Brand<'h>,
}

/// A term taken apart by one level.
#[derive(Clone, Copy)]
pub enum Kind<'h> {
    Small(i64),
    Big(Big<'h>),
    Float(f64),
    Atom(Atom),
    Nil,
    Cons(Cons<'h>),
    Tuple(Tuple<'h>),
    Map(Map<'h>),
    Bits(Bits<'h>),
    Fun(Fun<'h>),
    Pid(Pid),
    Port(Port),
    Ref(Ref<'h>),
    /// Only in registers of the interpreter.
    MatchCtx(Bits<'h>),
}

/// A pointer to an object whose header says what it is.
#[derive(Clone, Copy)]
pub(super) struct Obj<'h> {
    pub(super) at: *const Word,
    pub(super) brand: Brand<'h>,
}

impl<'h> Obj<'h> {
    /// # Safety
    /// `at` is the header of an object that lives for `'h`.
    #[inline(always)]
    pub(super) unsafe fn new(at: *const Word) -> Obj<'h> {
        Obj {
            at,
            brand: PhantomData,
        }
    }
    #[inline(always)]
    pub(super) fn header(self) -> Word {
        // SAFETY: an `Obj` points to a live header.
        unsafe { self.at.read() }
    }
    #[inline(always)]
    pub(super) fn size(self) -> usize {
        self.header().header_size()
    }
    /// Word `i` after the header; checked against the size in the header.
    #[inline(always)]
    pub(super) fn word(self, i: usize) -> Word {
        assert!(
            i < self.size(),
            "word {i} of a heap object of {} words",
            self.size()
        );
        // SAFETY: in bounds by the check, and all words of a live object are initialised.
        unsafe { self.at.add(1 + i).read() }
    }
    #[inline(always)]
    pub(super) fn term(self, i: usize) -> Term<'h> {
        // SAFETY: the word belongs to an object living for 'h, and so does what it points to.
        unsafe { Term::from_raw(self.word(i)) }
    }
    /// All words after the header.
    #[inline(always)]
    pub(super) fn words(self) -> &'h [Word] {
        // SAFETY: all words of a live object are initialised, and nobody writes them while it is borrowed.
        unsafe { std::slice::from_raw_parts(self.at.add(1), self.size()) }
    }
    #[inline(always)]
    pub(super) fn boxed(self) -> Word {
        Word::boxed(self.at)
    }
}

impl<'h> Term<'h> {
    /// `[]`.
    pub const NIL: Term<'h> = Term::immediate(Word::NIL);
    /// The atom `true`.
    pub const TRUE: Term<'h> = Term::immediate(Word::TRUE);
    /// The atom `false`.
    pub const FALSE: Term<'h> = Term::immediate(Word::FALSE);

    const fn immediate(word: Word) -> Term<'h> {
        Term {
            word,
            brand: PhantomData,
        }
    }

    /// The same term for a shorter time, to be read and not to be put into anything.
    pub(crate) fn for_reading<'b>(self) -> Term<'b>
    where
        'h: 'b,
    {
        // SAFETY: its memory lives for `'h`, which outlives `'b`.
        unsafe { Term::from_raw(self.word) }
    }

    /// # Safety
    /// The word is a term all of whose memory lives for `'h`.
    #[inline(always)]
    pub(crate) const unsafe fn from_raw(word: Word) -> Term<'h> {
        Term {
            word,
            brand: PhantomData,
        }
    }

    /// The raw word, for registers and tables that the collector knows.
    #[inline(always)]
    pub const fn raw(self) -> Word {
        self.word
    }

    /// An atom, which needs no heap.
    #[inline(always)]
    pub const fn atom(a: Atom) -> Term<'h> {
        Term::immediate(Word::atom(a))
    }
    /// A local pid.
    #[inline(always)]
    pub const fn pid(p: Pid) -> Term<'h> {
        Term::immediate(Word::pid(p))
    }
    /// A local port.
    #[inline(always)]
    pub const fn port(p: Port) -> Term<'h> {
        Term::immediate(Word::port(p))
    }
    /// `true` or `false`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Term<'h> {
        Term::immediate(Word::bool(b))
    }
    /// A small integer, if it fits 60 bits; `Heap::int` makes any integer.
    #[inline(always)]
    pub const fn small(value: i64) -> Option<Term<'h>> {
        if Word::fits_small(value) {
            Some(Term::immediate(Word::small(value)))
        } else {
            None
        }
    }
    /// The same immediate for any lifetime; none if the term needs memory.
    pub const fn as_immediate<'a>(self) -> Option<Term<'a>> {
        if self.word.is_immediate() {
            Some(Term::immediate(self.word))
        } else {
            None
        }
    }

    /// What it is.
    #[inline]
    pub fn kind(self) -> Kind<'h> {
        let w = self.word;
        if w.is_small() {
            return Kind::Small(w.small_value());
        }
        if w.is_list() {
            return Kind::Cons(Cons {
                at: w.ptr(),
                brand: PhantomData,
            });
        }
        if w.is_boxed() {
            return self.boxed_kind();
        }
        if w.is_atom() {
            return Kind::Atom(w.atom_value());
        }
        if w.is_nil() {
            return Kind::Nil;
        }
        if w.is_pid() {
            return Kind::Pid(w.pid_value());
        }
        assert!(w.is_port(), "a term is a term: {w:?}");
        Kind::Port(w.port_value())
    }

    #[inline]
    fn boxed_kind(self) -> Kind<'h> {
        // SAFETY: a boxed word of a term that lives for 'h points to a live header.
        let o = unsafe { Obj::new(self.word.ptr()) };
        match o.header().header_kind() {
            ObjKind::Tuple => Kind::Tuple(Tuple(o)),
            ObjKind::PosBig | ObjKind::NegBig => Kind::Big(Big(o)),
            ObjKind::Float => Kind::Float(f64::from_bits(o.word(0).0)),
            ObjKind::HeapBits | ObjKind::SubBits => Kind::Bits(Bits(o)),
            ObjKind::MatchCtx => Kind::MatchCtx(Bits(o)),
            ObjKind::Fun | ObjKind::ExtFun => Kind::Fun(Fun(o)),
            ObjKind::Ref | ObjKind::MagicRef => Kind::Ref(Ref(o)),
            ObjKind::FlatMap | ObjKind::BigMap => Kind::Map(Map(o)),
            ObjKind::BinRef | ObjKind::MapNode | ObjKind::MapCollision | ObjKind::Filler => {
                unreachable!("a part of a term is not a term: {:?}", o.header())
            }
        }
    }

    // ---- the questions asked most

    /// Is it `[]`?
    #[inline(always)]
    pub fn is_nil(self) -> bool {
        self.word.is_nil()
    }
    /// The atom, if it is one.
    #[inline(always)]
    pub fn as_atom(self) -> Option<Atom> {
        self.word.is_atom().then(|| self.word.atom_value())
    }
    /// Is it this atom?
    #[inline(always)]
    pub fn is_atom(self, a: Atom) -> bool {
        self.word == Word::atom(a)
    }
    /// The value, if it is a small integer.
    #[inline(always)]
    pub fn as_small(self) -> Option<i64> {
        self.word.is_small().then(|| self.word.small_value())
    }
    /// The value, if it is a small integer that is not negative and fits.
    pub fn as_usize(self) -> Option<usize> {
        self.as_small().and_then(|i| usize::try_from(i).ok())
    }
    /// The cell of a list that is not empty.
    #[inline(always)]
    pub fn as_cons(self) -> Option<Cons<'h>> {
        self.word.is_list().then(|| Cons {
            at: self.word.ptr(),
            brand: PhantomData,
        })
    }
    /// A tuple of any size.
    #[inline]
    pub fn as_tuple(self) -> Option<Tuple<'h>> {
        self.as_object()
            .filter(|o| o.header().is_kind(ObjKind::Tuple))
            .map(Tuple)
    }
    /// The object of a boxed word.
    #[inline]
    fn as_object(self) -> Option<Obj<'h>> {
        // SAFETY: a boxed word of a term that lives for 'h points to a live header.
        self.word
            .is_boxed()
            .then(|| unsafe { Obj::new(self.word.ptr()) })
    }
    /// A map of any size.
    pub fn as_map(self) -> Option<Map<'h>> {
        match self.kind() {
            Kind::Map(m) => Some(m),
            _ => None,
        }
    }
    /// A bitstring, a binary included.
    #[inline]
    pub fn as_bits(self) -> Option<Bits<'h>> {
        let o = self.as_object()?;
        let h = o.header();
        (h.is_kind(ObjKind::HeapBits) || h.is_kind(ObjKind::SubBits)).then_some(Bits(o))
    }
    /// The bytes, if it is a binary (whole bytes); copies only when it does not start at a byte.
    pub fn as_binary(self) -> Option<std::borrow::Cow<'h, [u8]>> {
        self.as_bits()
            .filter(|b| b.bit_len().is_multiple_of(8))
            .map(|b| b.bytes())
    }
    /// A process identifier.
    pub fn as_pid(self) -> Option<Pid> {
        self.word.is_pid().then(|| self.word.pid_value())
    }
    /// A reference.
    pub fn as_ref(self) -> Option<Ref<'h>> {
        match self.kind() {
            Kind::Ref(r) => Some(r),
            _ => None,
        }
    }
    /// A fun, local or external.
    pub fn as_fun(self) -> Option<Fun<'h>> {
        match self.kind() {
            Kind::Fun(f) => Some(f),
            _ => None,
        }
    }
    /// A cell or `[]`; whether the list is proper is not looked at.
    pub fn is_list(self) -> bool {
        self.word.is_list() || self.word.is_nil()
    }
    /// The elements of a list; ask [`ListIter::tail`] at the end whether it was proper.
    pub fn iter_list(self) -> ListIter<'h> {
        ListIter { rest: self }
    }
    /// Length of a proper list.
    pub fn list_len(self) -> Option<usize> {
        let mut it = self.iter_list();
        let n = it.by_ref().count();
        it.tail().is_nil().then_some(n)
    }
}

/// A list cell.
#[derive(Clone, Copy)]
pub struct Cons<'h> {
    at: *const Word,
    brand: Brand<'h>,
}

impl<'h> Cons<'h> {
    /// The first element.
    #[inline(always)]
    pub fn head(self) -> Term<'h> {
        // SAFETY: the cell lives for 'h and both its words are terms.
        unsafe { Term::from_raw(self.at.read()) }
    }
    /// What follows: a list, or anything in an improper one.
    #[inline(always)]
    pub fn tail(self) -> Term<'h> {
        // SAFETY: as in `head`.
        unsafe { Term::from_raw(self.at.add(1).read()) }
    }
    /// The list this is the first cell of.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the cell lives for 'h.
        unsafe { Term::from_raw(Word::list(self.at)) }
    }
}

/// Walks the cells of a list; stops at the first tail that is no cell.
#[derive(Clone, Copy)]
pub struct ListIter<'h> {
    rest: Term<'h>,
}

impl<'h> ListIter<'h> {
    /// What has not been walked; after the last element `[]` for a proper list.
    pub fn tail(self) -> Term<'h> {
        self.rest
    }
}

impl<'h> Iterator for ListIter<'h> {
    type Item = Term<'h>;
    #[inline]
    fn next(&mut self) -> Option<Term<'h>> {
        let c = self.rest.as_cons()?;
        self.rest = c.tail();
        Some(c.head())
    }
}

/// A tuple.
#[derive(Clone, Copy)]
pub struct Tuple<'h>(pub(super) Obj<'h>);

impl<'h> Tuple<'h> {
    /// Elements.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.0.size()
    }
    /// Is it `{}`?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Element `i`, from 0.
    #[inline(always)]
    pub fn get(self, i: usize) -> Option<Term<'h>> {
        (i < self.len()).then(|| self.0.term(i))
    }
    /// Where element `i` lies; only for an `i` inside.
    pub(super) fn element(self, i: usize) -> *const Word {
        assert!(i < self.len(), "element {i} of a tuple of {}", self.len());
        self.0.at.wrapping_add(1 + i)
    }
    /// The elements in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Term<'h>> + DoubleEndedIterator + use<'h> {
        (0..self.len()).map(move |i| self.0.term(i))
    }
    /// The tuple as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

/// An integer outside the small range: sign and limbs, least significant first, none of them leading zeros.
#[derive(Clone, Copy)]
pub struct Big<'h>(pub(super) Obj<'h>);

impl<'h> Big<'h> {
    /// Is it below zero?
    pub fn is_negative(self) -> bool {
        self.0.header().is_kind(ObjKind::NegBig)
    }
    /// Limbs of the absolute value.
    pub fn limbs(self) -> &'h [u64] {
        // SAFETY: the words of a live bignum are initialised, opaque, and change no more; `Word` is a transparent u64.
        unsafe { std::slice::from_raw_parts(self.0.at.add(1).cast::<u64>(), self.0.size()) }
    }
    /// The integer as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

/// A fun: local (with an entry and free variables) or external (`fun m:f/a`).
#[derive(Clone, Copy)]
pub struct Fun<'h>(pub(super) Obj<'h>);

impl<'h> Fun<'h> {
    /// Is it `fun M:F/A`?
    pub fn is_external(self) -> bool {
        self.0.header().is_kind(ObjKind::ExtFun)
    }
    /// Its arguments, free variables not counted.
    pub fn arity(self) -> u8 {
        self.0.header().header_extra() as u8
    }
    /// Entry of a local fun.
    pub fn info(self) -> Option<FunRef> {
        let p = std::ptr::with_exposed_provenance_mut(self.0.word(0).0 as usize);
        if self.is_external() {
            None
        } else {
            std::ptr::NonNull::new(p).map(FunRef)
        }
    }
    /// Who made a local fun.
    pub fn creator(self) -> Option<Pid> {
        (!self.is_external()).then(|| self.0.word(1).pid_value())
    }
    /// Free variables.
    pub fn free(self) -> impl ExactSizeIterator<Item = Term<'h>> + use<'h> {
        let n = if self.is_external() {
            0
        } else {
            self.0.size() - 2
        };
        (0..n).map(move |i| self.0.term(i + 2))
    }
    /// Module and function of an external fun.
    pub fn export(self) -> Option<(Atom, Atom)> {
        self.is_external()
            .then(|| (self.0.word(1).atom_value(), self.0.word(2).atom_value()))
    }
    /// The code server's word of an external fun.
    pub fn export_word(self) -> Option<u64> {
        self.is_external().then(|| self.0.word(0).0)
    }
    /// The module it belongs to.
    pub fn module(self) -> Atom {
        match self.info() {
            Some(i) => i.module,
            None => self.0.word(1).atom_value(),
        }
    }
    /// The fun as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

/// A reference, unique in its VM.
#[derive(Clone, Copy)]
pub struct Ref<'h>(pub(super) Obj<'h>);

/// The identity of a reference, for tables: its number and, for an alias, the pid it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RefId(pub u64);

impl<'h> Ref<'h> {
    /// What makes it different from all others.
    pub fn id(self) -> RefId {
        RefId(self.0.word(0).0)
    }
    /// The process an alias leads to.
    pub fn alias_of(self) -> Option<Pid> {
        let w = self.0.word(1);
        (self.0.header().is_kind(ObjKind::Ref) && w.is_pid()).then(|| w.pid_value())
    }
    /// The Rust value behind a magic reference.
    pub fn resource(self) -> Option<Resource> {
        if !self.0.header().is_kind(ObjKind::MagicRef) {
            return None;
        }
        let p: *const super::ResourceBox =
            std::ptr::with_exposed_provenance(self.0.word(1).0 as usize);
        // SAFETY: the object holds one count of the resource; it is taken a second time for the answer.
        unsafe {
            Resource::increment_strong_count(p);
            Some(Resource::from_raw(p))
        }
    }
    /// The reference as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

impl RefId {
    /// The three numbers it prints as: `#Ref<0.A.B.C>`.
    pub fn numbers(self) -> [u32; 3] {
        [
            (self.0 >> 50) as u32,
            (self.0 >> 18) as u32,
            (self.0 & 0x3ffff) as u32,
        ]
    }
    /// The inverse of [`RefId::numbers`].
    pub fn from_numbers(n: [u32; 3]) -> RefId {
        RefId(((n[0] as u64) << 50) | ((n[1] as u64) << 18) | (n[2] as u64 & 0x3ffff))
    }
}
