//! Raw words: the tagging scheme of terms, object headers and the words that live only on a process stack.
//! Everything above looks at words through [`super::Term`]; the interpreter and the collector use them raw. No memory is touched here.
//!
//! ```text
//!  63                                        8  7      3 2 0
//! | integer (60 bits)                               |0 0 0 0|  small
//! | address of the cell                               |0 0 1|  list
//! | address of the header                             |0 1 0|  boxed
//! | payload (56 bits)                        | subtag |0 1 1|  immediate: atom, nil, pid, port, catch, none
//! | extra (24) | size in words (32)          | kind   |1 0 0|  header of an object
//! | 8-aligned code address                            |1 0 0|  return address (only on the stack)
//! ```
//! A raw 8-aligned pointer ends in 000 and is neither a list nor a boxed word, so it may stand in an object whose words the collector scans.

use super::{Pid, Port};
use crate::atoms::Atom;
use std::fmt;

/// One raw word of a heap, a stack or a register.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(pub u64);

/// Low three bits of the word classes.
pub const TAG_LIST: u64 = 0b001;
/// The word points to an object.
pub const TAG_BOXED: u64 = 0b010;
/// The word is a term by itself.
pub const TAG_IMMEDIATE: u64 = 0b011;
/// The word begins an object.
pub const TAG_HEADER: u64 = 0b100;
/// The bits that say so.
pub const TAG_MASK: u64 = 0b111;

const SUB_ATOM: u64 = TAG_IMMEDIATE;
const SUB_NIL: u64 = (1 << 3) | TAG_IMMEDIATE;
const SUB_PID: u64 = (2 << 3) | TAG_IMMEDIATE;
const SUB_PORT: u64 = (3 << 3) | TAG_IMMEDIATE;
const SUB_CATCH: u64 = (4 << 3) | TAG_IMMEDIATE;
const SUB_NONE: u64 = (5 << 3) | TAG_IMMEDIATE;
const SUB_FORWARD: u64 = (6 << 3) | TAG_IMMEDIATE;
const SUB_MASK: u64 = 0xff;

/// Range of small integers: 60 bits.
pub const MAX_SMALL: i64 = (1 << 59) - 1;
/// See [`MAX_SMALL`].
pub const MIN_SMALL: i64 = -(1 << 59);

/// What freed memory is filled with in debug builds; its tag (111) belongs to no word.
pub const POISON: u64 = 0xdead_dead_dead_deaf;

/// Kinds of heap objects, as in bits 3..8 of a header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ObjKind {
    /// Elements.
    Tuple = 0,
    /// Limbs, least significant first, the top one not 0.
    PosBig = 1,
    /// Limbs of the absolute value.
    NegBig = 2,
    /// One word: the bits of a finite double.
    Float = 3,
    /// Length in bits (small), then the bytes, zero-padded.
    HeapBits = 4,
    /// First bit (small), length in bits (small), boxed `HeapBits` or `BinRef`.
    SubBits = 5,
    /// Raw pointer to a counted binary, raw link of the off-heap list. Never a term by itself.
    BinRef = 6,
    /// Position (small), end (small), boxed `HeapBits` or `BinRef`; the position is changed in place.
    MatchCtx = 7,
    /// Raw pointer to its `FunInfo`, creator, free variables; extra: arity.
    Fun = 8,
    /// Raw pointer of the code server, module, function; extra: arity.
    ExtFun = 9,
    /// Unique number (raw), second raw word (0, or a pid).
    Ref = 10,
    /// Unique number (raw), raw pointer to a counted resource, raw link of the off-heap list.
    MagicRef = 11,
    /// Boxed tuple of sorted keys, values.
    FlatMap = 12,
    /// Number of pairs (small), one node.
    BigMap = 13,
    /// Children (leaf cells `[K|V]` or boxed nodes); extra: bitmap of the 16 branches.
    MapNode = 14,
    /// Leaf cells whose keys share all bits of the hash.
    MapCollision = 15,
    /// Dead words.
    Filler = 16,
}

impl ObjKind {
    const ALL: [ObjKind; 32] = [
        ObjKind::Tuple,
        ObjKind::PosBig,
        ObjKind::NegBig,
        ObjKind::Float,
        ObjKind::HeapBits,
        ObjKind::SubBits,
        ObjKind::BinRef,
        ObjKind::MatchCtx,
        ObjKind::Fun,
        ObjKind::ExtFun,
        ObjKind::Ref,
        ObjKind::MagicRef,
        ObjKind::FlatMap,
        ObjKind::BigMap,
        ObjKind::MapNode,
        ObjKind::MapCollision,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
        ObjKind::Filler,
    ];

    /// True for kinds whose words are not terms and are skipped by the collector's scan.
    pub const fn is_opaque(self) -> bool {
        const OPAQUE: u32 = (1 << ObjKind::PosBig as u32)
            | (1 << ObjKind::NegBig as u32)
            | (1 << ObjKind::Float as u32)
            | (1 << ObjKind::HeapBits as u32)
            | (1 << ObjKind::BinRef as u32)
            | (1 << ObjKind::Ref as u32)
            | (1 << ObjKind::MagicRef as u32)
            | (1 << ObjKind::Filler as u32);
        OPAQUE & (1 << self as u32) != 0
    }
}

impl Word {
    /// `[]`.
    pub const NIL: Word = Word(SUB_NIL);
    /// No value: an empty register, slot or answer. Never reaches Erlang code.
    pub const NONE: Word = Word(SUB_NONE);
    /// Stands in the head of a list cell that the collector moved; the tail is then the new list word.
    pub(super) const FORWARD: Word = Word(SUB_FORWARD);
    /// The atom `true`.
    pub const TRUE: Word = Word::atom(crate::atoms::TRUE);
    /// The atom `false`.
    pub const FALSE: Word = Word::atom(crate::atoms::FALSE);

    /// A small integer; the value must be in [`MIN_SMALL`]..=[`MAX_SMALL`].
    #[inline(always)]
    pub const fn small(value: i64) -> Word {
        debug_assert!(value <= MAX_SMALL && value >= MIN_SMALL);
        Word((value << 4) as u64)
    }
    /// Whether a value fits a small integer.
    #[inline(always)]
    pub const fn fits_small(value: i64) -> bool {
        value <= MAX_SMALL && value >= MIN_SMALL
    }
    /// Is it a small integer?
    #[inline(always)]
    pub const fn is_small(self) -> bool {
        self.0 & 15 == 0
    }
    /// The value of a small integer word.
    #[inline(always)]
    pub const fn small_value(self) -> i64 {
        (self.0 as i64) >> 4
    }
    /// Does it point to a list cell?
    #[inline(always)]
    pub const fn is_list(self) -> bool {
        self.0 & TAG_MASK == TAG_LIST
    }
    /// Does it point to an object with a header?
    #[inline(always)]
    pub const fn is_boxed(self) -> bool {
        self.0 & TAG_MASK == TAG_BOXED
    }
    /// Is it `[]`?
    #[inline(always)]
    pub const fn is_nil(self) -> bool {
        self.0 == SUB_NIL
    }
    /// Is it [`Word::NONE`]?
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.0 == SUB_NONE
    }
    /// A small, atom, nil, local pid or port: a term that needs no memory.
    #[inline(always)]
    pub const fn is_immediate(self) -> bool {
        self.is_small() || self.0 & TAG_MASK == TAG_IMMEDIATE
    }
    /// A word that points into a heap.
    #[inline(always)]
    pub const fn is_pointer(self) -> bool {
        // 001 and 010 are the only tags whose two low bits differ.
        let low = self.0 & TAG_MASK;
        low == TAG_LIST || low == TAG_BOXED
    }
    /// A pointer into words from `from` on, leading to the same place of their copy.
    #[inline(always)]
    pub(super) fn moved(self, from: *const Word, to: *mut Word) -> Word {
        let distance = (to.expose_provenance() as u64).wrapping_sub(from.addr() as u64);
        Word(self.0.wrapping_add(distance))
    }
    /// An atom as a word.
    #[inline(always)]
    pub const fn atom(a: Atom) -> Word {
        Word(((a.0 as u64) << 8) | SUB_ATOM)
    }
    /// Is it an atom?
    #[inline(always)]
    pub const fn is_atom(self) -> bool {
        self.0 & SUB_MASK == SUB_ATOM
    }
    /// The atom in an atom word.
    #[inline(always)]
    pub const fn atom_value(self) -> Atom {
        Atom((self.0 >> 8) as u32)
    }
    /// `true` or `false`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Word {
        if b { Word::TRUE } else { Word::FALSE }
    }
    /// A process identifier as a word.
    #[inline(always)]
    pub const fn pid(p: Pid) -> Word {
        Word((p.0 << 8) | SUB_PID)
    }
    /// Is it a process identifier?
    #[inline(always)]
    pub const fn is_pid(self) -> bool {
        self.0 & SUB_MASK == SUB_PID
    }
    /// The process identifier in a word that is one.
    #[inline(always)]
    pub const fn pid_value(self) -> Pid {
        Pid(self.0 >> 8)
    }
    /// A port as a word.
    #[inline(always)]
    pub const fn port(p: Port) -> Word {
        Word((p.0 << 8) | SUB_PORT)
    }
    /// Is it a port?
    #[inline(always)]
    pub const fn is_port(self) -> bool {
        self.0 & SUB_MASK == SUB_PORT
    }
    /// The port in a word that is one.
    #[inline(always)]
    pub const fn port_value(self) -> Port {
        Port(self.0 >> 8)
    }

    // ---- words of the stack

    /// A return address: an 8-aligned address of a code word.
    #[inline(always)]
    pub const fn return_address(address: u64) -> Word {
        debug_assert!(address & TAG_MASK == 0);
        Word(address | TAG_HEADER)
    }
    /// On the stack this tag means a return address; on the heap it means a header.
    #[inline(always)]
    pub const fn is_return_address(self) -> bool {
        self.0 & TAG_MASK == TAG_HEADER
    }
    /// The code address in a return word.
    #[inline(always)]
    pub const fn return_target(self) -> u64 {
        self.0 & !TAG_MASK
    }
    /// A catch word with 56 bits of payload: the handler's code address.
    #[inline(always)]
    pub const fn catch(payload: u64) -> Word {
        Word((payload << 8) | SUB_CATCH)
    }
    /// Is it a catch word?
    #[inline(always)]
    pub const fn is_catch(self) -> bool {
        self.0 & SUB_MASK == SUB_CATCH
    }
    /// The handler in a catch word.
    #[inline(always)]
    pub const fn catch_payload(self) -> u64 {
        self.0 >> 8
    }

    // ---- pointers and headers

    /// A list word for the cell (head, tail) at `cell`.
    #[inline(always)]
    pub fn list(cell: *const Word) -> Word {
        Word(cell.expose_provenance() as u64 | TAG_LIST)
    }
    /// A boxed word for the object whose header is at `header`.
    #[inline(always)]
    pub fn boxed(header: *const Word) -> Word {
        Word(header.expose_provenance() as u64 | TAG_BOXED)
    }
    /// The address in a list or boxed word. Reading through it is the caller's responsibility.
    #[inline(always)]
    pub fn ptr(self) -> *mut Word {
        std::ptr::with_exposed_provenance_mut((self.0 & !TAG_MASK) as usize)
    }
    /// A header word.
    #[inline(always)]
    pub const fn header(kind: ObjKind, size: usize, extra: u32) -> Word {
        debug_assert!(size <= u32::MAX as usize && extra < 1 << 24);
        Word(((extra as u64) << 40) | ((size as u64) << 8) | ((kind as u64) << 3) | TAG_HEADER)
    }
    /// Is it the first word of an object?
    #[inline(always)]
    pub const fn is_header(self) -> bool {
        self.0 & TAG_MASK == TAG_HEADER
    }
    /// Number of words after the header.
    #[inline(always)]
    pub const fn header_size(self) -> usize {
        (self.0 >> 8) as u32 as usize
    }
    /// The kind's own 24 bits (arity of a fun, bitmap of a map node).
    #[inline(always)]
    pub const fn header_extra(self) -> u32 {
        (self.0 >> 40) as u32
    }
    /// Which kind of object a header begins.
    #[inline(always)]
    pub fn header_kind(self) -> ObjKind {
        ObjKind::ALL[((self.0 >> 3) & 31) as usize]
    }
    /// Whether this is a header of that kind.
    #[inline(always)]
    pub const fn is_kind(self, kind: ObjKind) -> bool {
        self.0 & 0xff == ((kind as u64) << 3) | TAG_HEADER
    }
    /// A header whose words the collector does not scan.
    #[inline(always)]
    pub(super) fn is_opaque_header(self) -> bool {
        self.is_header() && self.header_kind().is_opaque()
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 & TAG_MASK {
            _ if self.is_small() => write!(f, "{}", self.small_value()),
            TAG_LIST => write!(f, "list@{:#x}", self.0 & !TAG_MASK),
            TAG_BOXED => write!(f, "boxed@{:#x}", self.0 & !TAG_MASK),
            TAG_HEADER => write!(f, "header/return {:#x}", self.0),
            _ if self.is_nil() => write!(f, "[]"),
            _ if self.is_atom() => write!(f, "{:?}", self.atom_value()),
            _ if self.is_pid() => write!(f, "{:?}", self.pid_value()),
            _ => write!(f, "word {:#x}", self.0),
        }
    }
}
