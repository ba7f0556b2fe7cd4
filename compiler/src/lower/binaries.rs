//! Construction of binaries, and what construction and matching share: defaults of segments and literal bits.

use transom_bytecode::{Const, SegFlags, SegKind};

use super::Lower;
use super::literals::literal;
use crate::ast::{BinElement, BinSpec, Expr, ExprKind};
use crate::core::pool::Pool;
use crate::core::{OpKind, Seg, Val};

/// Type of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SegType {
    Integer,
    Float,
    Binary,
    Utf8,
    Utf16,
    Utf32,
}

/// What `/...` says about a segment, defaults filled in.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub ty: SegType,
    pub unit: u16,
    pub flags: SegFlags,
    /// In units, when none is written; `None`: no size, or all of it.
    pub default_size: Option<i64>,
}

impl Spec {
    /// What a segment's type specifiers say, with the defaults of its type.
    pub fn of(el: &BinElement) -> Spec {
        let (mut ty, mut unit, mut flags, mut bits) =
            (SegType::Integer, None, SegFlags::NONE, false);
        for spec in &el.specs {
            match spec {
                BinSpec::Word(w) => match &**w {
                    "float" => ty = SegType::Float,
                    "binary" | "bytes" => ty = SegType::Binary,
                    "bitstring" | "bits" => (ty, bits) = (SegType::Binary, true),
                    "utf8" => ty = SegType::Utf8,
                    "utf16" => ty = SegType::Utf16,
                    "utf32" => ty = SegType::Utf32,
                    "signed" => flags = flags.with(SegFlags::SIGNED),
                    "little" => flags = flags.with(SegFlags::LITTLE),
                    "native" => flags = flags.with(SegFlags::NATIVE),
                    _ => {}
                },
                BinSpec::Sized(_, n) => unit = n.as_i64().and_then(|n| u16::try_from(n).ok()),
            }
        }
        let default_unit = if ty == SegType::Binary && !bits { 8 } else { 1 };
        // `unit:256` is allowed and does not fit; the size carries the factor then (see `wide_unit`).
        let default_size = match ty {
            SegType::Integer => Some(8),
            SegType::Float => Some(64),
            SegType::Binary | SegType::Utf8 | SegType::Utf16 | SegType::Utf32 => None,
        };
        Spec {
            ty,
            unit: unit.unwrap_or(default_unit).max(1),
            flags,
            default_size,
        }
    }

    fn kind(self) -> SegKind {
        match self.ty {
            SegType::Integer => SegKind::Integer,
            SegType::Float => SegKind::Float,
            SegType::Binary => SegKind::Binary,
            SegType::Utf8 => SegKind::Utf8,
            SegType::Utf16 => SegKind::Utf16,
            SegType::Utf32 => SegKind::Utf32,
        }
    }
}

impl Lower<'_, '_> {
    /// `<<...>>` as an expression.
    pub fn binary(&mut self, e: &Expr, elements: &[BinElement]) -> Val {
        if let Some(c) = literal(&mut self.unit.pool, e) {
            return self.value(c);
        }
        let segs = self.segments(elements);
        self.at(e.span);
        self.create_bin(segs)
    }

    /// The segments of a construction, values and sizes evaluated left to right.
    pub fn segments(&mut self, elements: &[BinElement]) -> Vec<Seg> {
        let mut segs = Vec::new();
        let mut bits = BitBuf::default();
        for el in elements {
            if literal_segment(&mut self.unit.pool, el, WIDEST_NUMBER, &mut bits).is_some() {
                continue;
            }
            self.flush_literal(&mut bits, &mut segs);
            let spec = Spec::of(el);
            let values = match &el.value.kind {
                ExprKind::Str(s) => s
                    .chars()
                    .map(|c| Val::Small(i64::from(u32::from(c))))
                    .collect(),
                _ => vec![self.value_of(&el.value)],
            };
            let size = match (&el.size, spec.default_size) {
                (Some(e), _) => Some(self.value_of(e)),
                (None, Some(n)) => Some(Val::Small(n)),
                (None, None) => None,
            };
            segs.extend(values.into_iter().map(|value| Seg {
                kind: spec.kind(),
                value,
                size,
                unit: spec.unit,
                flags: spec.flags,
            }));
        }
        self.flush_literal(&mut bits, &mut segs);
        segs
    }

    fn flush_literal(&mut self, bits: &mut BitBuf, segs: &mut Vec<Seg>) {
        if bits.bits() > 0 {
            let c = self.unit.pool.constant(std::mem::take(bits).into_const());
            segs.push(Seg {
                kind: SegKind::String,
                value: Val::Const(c),
                size: None,
                unit: 1,
                flags: SegFlags::NONE,
            });
        }
    }

    /// Makes the binary; a bitstring in front may be extended in place.
    pub fn create_bin(&mut self, mut segs: Vec<Seg>) -> Val {
        if segs.len() > 1
            && let Some(first) = segs.first_mut()
            && first.kind == SegKind::Binary
            && first.size.is_none()
        {
            first.kind = SegKind::Append;
        }
        self.fallible(OpKind::CreateBin(segs))
    }
}

/// The constant that a construction is, if all of it is constant.
pub fn literal_bits(pool: &mut Pool, elements: &[BinElement]) -> Option<Const> {
    literal_bits_within(pool, elements, WIDEST_NUMBER)
}

/// The same with numbers of up to so many bits.
pub fn literal_bits_within(
    pool: &mut Pool,
    elements: &[BinElement],
    widest: usize,
) -> Option<Const> {
    let mut bits = BitBuf::default();
    for el in elements {
        literal_segment(pool, el, widest, &mut bits)?;
    }
    Some(bits.into_const())
}

/// Larger literals are left to be made at run time.
const LARGEST_LITERAL: usize = 1 << 23;
/// So are numbers wider than this, as in OTP: a file should not hold what `<<0:8000000>>` says in a few bytes, and the binary belongs to the
/// process that made it.
const WIDEST_NUMBER: usize = 256;

/// Adds a literal segment's bits; nothing is added and `None` answered when it is not literal or would fail.
fn literal_segment(
    pool: &mut Pool,
    el: &BinElement,
    widest: usize,
    bits: &mut BitBuf,
) -> Option<()> {
    let spec = Spec::of(el);
    let size = match &el.size {
        None => spec.default_size,
        Some(e) => match literal(pool, e)? {
            Const::Int(n) if n >= 0 => Some(n),
            _ => return None,
        },
    };
    let size = size.map(|n| {
        usize::try_from(n)
            .unwrap_or(usize::MAX)
            .saturating_mul(usize::from(spec.unit))
    });
    if size.is_some_and(|n| n > LARGEST_LITERAL) || bits.bits() > LARGEST_LITERAL {
        return None;
    }
    let number = matches!(spec.ty, SegType::Integer | SegType::Float);
    if number && size.is_some_and(|n| n > widest) {
        return None;
    }
    let little = spec.flags.little();
    if spec.flags.0 & SegFlags::NATIVE.0 != 0 {
        return None;
    }
    if let ExprKind::Str(s) = &el.value.kind {
        let mut out = BitBuf::default();
        for c in s.chars() {
            literal_value(
                &Const::Int(i64::from(u32::from(c))),
                spec,
                size,
                little,
                &mut out,
            )?;
        }
        bits.append(&out);
        return Some(());
    }
    if matches!(el.value.kind, ExprKind::Var(_) | ExprKind::Call(..)) {
        return None;
    }
    let c = literal(pool, &el.value)?;
    literal_value(&c, spec, size, little, bits)
}

fn literal_value(
    c: &Const,
    spec: Spec,
    size: Option<usize>,
    little: bool,
    bits: &mut BitBuf,
) -> Option<()> {
    match (spec.ty, c) {
        (SegType::Integer, Const::Int(n)) => bits.push_int(*n, u32::try_from(size?).ok()?, little),
        (
            SegType::Integer,
            Const::Big {
                negative,
                magnitude,
            },
        ) => {
            let size = u32::try_from(size?).ok()?;
            bits.push_whole(|i| big_byte(*negative, magnitude, i), size, little);
        }
        (SegType::Float, Const::Int(_) | Const::Float(_)) => {
            let v = match c {
                Const::Int(n) if n.unsigned_abs() <= 1 << 53 => *n as f64,
                Const::Float(f) => f.get(),
                _ => return None,
            };
            let mut bytes = match size {
                Some(64) => v.to_be_bytes().to_vec(),
                Some(32) if (v as f32).is_finite() => (v as f32).to_be_bytes().to_vec(),
                _ => return None,
            };
            if little {
                bytes.reverse();
            }
            bits.push_bytes(&bytes);
        }
        (SegType::Binary, Const::Bits { bytes, last }) => {
            let all = bit_len(bytes, *last);
            let len = size.unwrap_or(all);
            if len > all || (size.is_none() && !len.is_multiple_of(usize::from(spec.unit))) {
                return None;
            }
            bits.append(&BitBuf {
                bytes: bytes.clone(),
                len,
            });
        }
        (SegType::Utf8, Const::Int(n)) => {
            let c = char::from_u32(u32::try_from(*n).ok()?)?;
            bits.push_bytes(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        (SegType::Utf16, Const::Int(n)) => {
            let c = char::from_u32(u32::try_from(*n).ok()?)?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                bits.push_bytes(&if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                });
            }
        }
        (SegType::Utf32, Const::Int(n)) => {
            let c = u32::from(char::from_u32(u32::try_from(*n).ok()?)?);
            bits.push_bytes(&if little {
                c.to_le_bytes()
            } else {
                c.to_be_bytes()
            });
        }
        _ => return None,
    }
    Some(())
}

/// A byte of the two's complement of a big integer, the least significant being number 0.
fn big_byte(negative: bool, magnitude: &[u8], i: u32) -> u8 {
    let i = i as usize;
    let byte = magnitude.get(i).copied().unwrap_or(0);
    let lowest = magnitude.iter().position(|b| *b != 0).unwrap_or(0);
    match (negative, i.cmp(&lowest)) {
        (false, _) => byte,
        (true, std::cmp::Ordering::Greater) => !byte,
        (true, _) => byte.wrapping_neg(),
    }
}

fn bit_len(bytes: &[u8], last: u8) -> usize {
    if bytes.is_empty() {
        0
    } else {
        bytes.len() * 8 - (8 - usize::from(last))
    }
}

/// Bits in order, most significant first; unused bits of the last byte are zero.
#[derive(Clone, Debug, Default)]
pub struct BitBuf {
    bytes: Vec<u8>,
    len: usize,
}

impl BitBuf {
    /// Its length.
    pub fn bits(&self) -> usize {
        self.len
    }

    /// The low `count` bits of `byte`.
    fn push_bits(&mut self, byte: u8, count: u32) {
        for i in (0..count).rev() {
            if self.len.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if byte >> i & 1 == 1
                && let Some(last) = self.bytes.last_mut()
            {
                *last |= 0x80 >> (self.len % 8);
            }
            self.len += 1;
        }
    }

    /// Adds whole bytes.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        if self.len.is_multiple_of(8) {
            self.bytes.extend_from_slice(bytes);
            self.len += bytes.len() * 8;
        } else {
            bytes.iter().for_each(|b| self.push_bits(*b, 8));
        }
    }

    /// An integer in `bits` bits, two's complement.
    pub fn push_int(&mut self, value: i64, bits: u32, little: bool) {
        let byte = |i: u32| {
            if i < 8 {
                (value >> (8 * i)) as u8
            } else {
                (value >> 63) as u8
            }
        };
        self.push_whole(byte, bits, little);
    }

    /// An integer given by its bytes, the least significant first.
    fn push_whole(&mut self, byte: impl Fn(u32) -> u8, bits: u32, little: bool) {
        let (whole, rest) = (bits / 8, bits % 8);
        if little {
            (0..whole).for_each(|i| self.push_bytes(&[byte(i)]));
            self.push_bits(byte(whole), rest);
        } else {
            self.push_bits(byte(whole), rest);
            (0..whole).rev().for_each(|i| self.push_bytes(&[byte(i)]));
        }
    }

    /// Adds other bits.
    pub fn append(&mut self, other: &BitBuf) {
        let (whole, rest) = (other.len / 8, (other.len % 8) as u32);
        self.push_bytes(&other.bytes[..whole]);
        if rest > 0 {
            self.push_bits(other.bytes[whole] >> (8 - rest), rest);
        }
    }

    /// The bits as a constant.
    pub fn into_const(self) -> Const {
        let last = match self.len % 8 {
            0 => 8,
            n => n as u8,
        };
        Const::Bits {
            bytes: self.bytes,
            last,
        }
    }
}
