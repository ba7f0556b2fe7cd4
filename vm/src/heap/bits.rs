//! Bitstrings: views of the bytes of binaries on and off the heap, of parts of them, and of match contexts.
//! A view reads through its origin each time, so nothing here notices when an origin moves or grows.

use super::term::Obj;
use super::word::ObjKind;
use super::{CountedBytes, Term};
use std::borrow::Cow;

/// A bitstring (a binary when its length is a multiple of 8).
#[derive(Clone, Copy)]
pub struct Bits<'h>(pub(super) Obj<'h>);

/// Where the bits of an origin object lie and how many bytes there are.
#[inline]
pub(super) fn origin_data(origin: Obj<'_>) -> (*const u8, usize) {
    if origin.header().is_kind(ObjKind::HeapBits) {
        // SAFETY: the bytes follow the length word of a live `HeapBits`.
        let data = unsafe { origin.at.add(2).cast::<u8>() };
        return (data, (origin.word(0).small_value() as usize).div_ceil(8));
    }
    assert!(
        origin.header().is_kind(ObjKind::BinRef),
        "the origin of a bitstring holds bytes"
    );
    // SAFETY: a live `BinRef` holds one count of its block.
    let block = unsafe { CountedBytes::borrow_raw(origin.word(0).0) };
    (block.data(), block.used_bits().div_ceil(8))
}

impl<'h> Bits<'h> {
    #[inline]
    pub(super) fn origin(self) -> Obj<'h> {
        if self.0.header().is_kind(ObjKind::HeapBits) {
            return self.0;
        }
        // SAFETY: the third word of a part or context is the boxed origin, alive as long as itself.
        unsafe { Obj::new(self.0.word(2).ptr()) }
    }

    /// First bit in the origin.
    #[inline]
    pub fn start(self) -> usize {
        if self.0.header().is_kind(ObjKind::HeapBits) {
            0
        } else {
            self.0.word(0).small_value() as usize
        }
    }

    /// Length in bits (of a match context: from its position).
    #[inline]
    pub fn bit_len(self) -> usize {
        let h = self.0.header();
        if h.is_kind(ObjKind::HeapBits) {
            self.0.word(0).small_value() as usize
        } else if h.is_kind(ObjKind::SubBits) {
            self.0.word(1).small_value() as usize
        } else {
            (self.0.word(1).small_value() - self.0.word(0).small_value()) as usize
        }
    }

    /// Length in bytes, the last one perhaps not full.
    #[inline]
    pub fn byte_len(self) -> usize {
        self.bit_len().div_ceil(8)
    }

    /// Whether it is a whole number of bytes.
    #[inline]
    pub fn is_binary(self) -> bool {
        self.bit_len().is_multiple_of(8)
    }

    /// Position of the first bit in the first byte of [`Bits::raw_bytes`], 0..8.
    #[inline]
    pub fn bit_offset(self) -> usize {
        self.start() % 8
    }

    /// The bytes that hold the bits, the first and the last perhaps with foreign bits in them.
    #[inline]
    pub fn raw_bytes(self) -> &'h [u8] {
        let start = self.start();
        let (first, end) = (start / 8, (start + self.bit_len()).div_ceil(8));
        let (data, len) = origin_data(self.origin());
        assert!(first <= end && end <= len, "a part lies inside its origin");
        // SAFETY: in bounds by the check; bytes in use do not change while a `Term` of the heap is alive.
        unsafe { std::slice::from_raw_parts(data.add(first), end - first) }
    }

    /// The bits from a byte boundary on, trailing bits of the last byte 0. Copies only if they are not laid out so.
    #[inline]
    pub fn bytes(self) -> Cow<'h, [u8]> {
        let raw = self.raw_bytes();
        let (offset, len) = (self.bit_offset(), self.bit_len());
        if offset == 0 && len.is_multiple_of(8) {
            return Cow::Borrowed(raw);
        }
        Cow::Owned(shift_to_byte(raw, offset, len))
    }

    /// Is it a binary of just these bytes? Lengths are compared before the bytes are looked for.
    #[inline]
    pub fn are(self, bytes: &[u8]) -> bool {
        if self.0.header().is_kind(ObjKind::HeapBits) {
            return self.bit_len() == bytes.len() * 8 && self.raw_bytes() == bytes;
        }
        let (start, len) = (self.start(), self.bit_len());
        len == bytes.len() * 8 && self.hold(start, len, bytes)
    }

    /// Are `len` bits from `start` on, whole bytes, these?
    fn hold(self, start: usize, len: usize, bytes: &[u8]) -> bool {
        if start.is_multiple_of(8) {
            self.raw_bytes() == bytes
        } else {
            shift_to_byte(self.raw_bytes(), start % 8, len) == bytes
        }
    }

    /// Are both the same bits?
    pub(super) fn equal(self, other: Bits<'_>) -> bool {
        let len = self.bit_len();
        if len != other.bit_len() {
            return false;
        }
        if len.is_multiple_of(8) && other.bit_offset() == 0 {
            return self.hold(self.start(), len, other.raw_bytes());
        }
        self.bytes() == other.bytes()
    }

    /// Bytes outside the heap that it keeps alive, if its origin lies there.
    pub fn referenced(self) -> Option<CountedBytes> {
        let o = self.origin();
        if !o.header().is_kind(ObjKind::BinRef) {
            return None;
        }
        // SAFETY: a live `BinRef` holds one count; cloning takes another.
        Some(unsafe { (*CountedBytes::borrow_raw(o.word(0).0)).clone() })
    }

    /// The bitstring as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

/// `len` bits of `raw` from bit `offset` (0..8) on, moved to a byte boundary and zero-padded.
pub fn shift_to_byte(raw: &[u8], offset: usize, len: usize) -> Vec<u8> {
    let n = len.div_ceil(8);
    let mut out: Vec<u8> = if offset == 0 {
        raw[..n].to_vec()
    } else {
        (0..n)
            .map(|i| (raw[i] << offset) | raw.get(i + 1).map_or(0, |b| b >> (8 - offset)))
            .collect()
    };
    if !len.is_multiple_of(8)
        && let Some(last) = out.last_mut()
    {
        *last &= 0xffu8 << (8 - len % 8);
    }
    out
}
