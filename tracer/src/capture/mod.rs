//! Captured terms: bounded flat copies that need no heap, no process and no VM to be read.
//!
//! ```text
//!   term (a View) ──writer──> bytes (in a ring, a file, a socket) ──Arena──> Captured (a View again)
//!                  limits,                                        checked: any bytes
//!                  redaction                                      are safe to read
//! ```
//!
//! The bytes are one pre-order walk: a tag, its payload, then children up to `END`. What a limit left out stands
//! as a `CUT` whose text holds the true size.

mod arena;
mod writer;

pub use arena::{Arena, BadCapture, Captured};
pub use writer::{Limits, Writer};

/// The first byte of each captured term.
pub(crate) mod tag {
    /// Zigzag LEB128.
    pub const INT: u8 = 1;
    /// Length, decimal digits.
    pub const BIG: u8 = 2;
    /// Eight bytes, big-endian.
    pub const FLOAT: u8 = 3;
    /// Length, UTF-8.
    pub const ATOM: u8 = 4;
    /// Children, [`END`] or [`END_TAIL`].
    pub const LIST: u8 = 5;
    /// Children, [`END`].
    pub const TUPLE: u8 = 7;
    /// Keys and values in turn, [`END`].
    pub const MAP: u8 = 8;
    /// Number of bits, number of bytes left out, bytes.
    pub const BITS: u8 = 9;
    /// Length, UTF-8: a pid, port, reference or fun.
    pub const OPAQUE: u8 = 10;
    /// Length, UTF-8: what stands for something left out.
    pub const CUT: u8 = 11;
    /// Ends the children of a container.
    pub const END: u8 = 12;
    /// Ends a list whose last child is its tail: an improper one, or the mark of a cut.
    pub const END_TAIL: u8 = 13;
}

/// Appends an unsigned LEB128 number.
pub(crate) fn push_number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads an unsigned LEB128 number and moves `at` behind it.
pub(crate) fn read_number(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        let low = u64::from(byte & 0x7F);
        if shift == 63 && low > 1 {
            return None;
        }
        value |= low << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

pub(crate) fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

pub(crate) fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}
