//! Binary construction: segments are put together in a buffer of their own, or behind a bitstring that may grow in place.

use super::bits::{self, Writer};
use super::errors;
use super::frame::{Frame, a};
use super::machine::{Flow, Machine};
use crate::atoms::{self, Atom};
use crate::heap::{Heap, Int, Kind, Term, Word};
use transom_bytecode::SegFlags;

/// The largest binary that construction makes, in bits.
const MAX_BITS: usize = 1 << 40;

const INTEGER: u8 = 0;
const FLOAT: u8 = 1;
const BINARY: u8 = 2;
const UTF8: u8 = 3;
const UTF16: u8 = 4;
const UTF32: u8 = 5;
const STRING: u8 = 6;
const APPEND: u8 = 7;

/// Why a segment cannot be made.
struct Fault {
    reason: Atom,
    /// What is wrong with it, and the value or size that is, in the words of `erl_erts_errors`.
    what: Option<(Atom, Word)>,
}

impl From<Atom> for Fault {
    fn from(reason: Atom) -> Fault {
        Fault { reason, what: None }
    }
}

fn bad(error: Atom, value: Word) -> Fault {
    Fault {
        reason: atoms::BADARG,
        what: Some((error, value)),
    }
}

struct Segment {
    kind: u8,
    unit: usize,
    little: bool,
    value: Word,
    size: Word,
}

/// `BsCreateBin`
pub(super) fn create(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let n = f.ext(2) as usize;
    f.spill(&m.body.heap);
    match build(m, f, n) {
        Ok(v) => {
            m.after_allocation(f);
            f.set_r(a(w), v);
            f.step(3 + 3 * n);
            Flow::Go
        }
        Err((i, fault)) => {
            m.after_allocation(f);
            match f.ext(1) as i64 {
                0 => failed(m, f, i, &fault),
                fail => {
                    f.jump(fail);
                    Flow::Go
                }
            }
        }
    }
}

/// Raises, with an `error_info` that says which segment is wrong and how.
#[cold]
#[inline(never)]
fn failed(m: &mut Machine<'_>, f: &mut Frame, i: usize, fault: &Fault) -> Flow {
    let Some((error, value)) = fault.what else {
        return errors::error_atom(m, f, fault.reason);
    };
    let kind = match segment(f, i).kind {
        INTEGER => atoms::INTEGER,
        FLOAT => atoms::FLOAT,
        UTF8 => atoms::UTF8,
        UTF16 => atoms::UTF16,
        UTF32 => atoms::UTF32,
        _ => atoms::BINARY,
    };
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let cause = heap.tuple(&[
        heap.int(i as i64 + 1),
        Term::atom(kind),
        Term::atom(error),
        Frame::term(heap, value),
    ]);
    let map = heap.map_from_pairs(&[
        (Term::atom(atoms::CAUSE), cause),
        (
            Term::atom(atoms::FUNCTION),
            Term::atom(atoms::FORMAT_BS_FAIL),
        ),
        (
            Term::atom(atoms::MODULE),
            Term::atom(atoms::ERL_ERTS_ERRORS),
        ),
    ]);
    let map = map.raw();
    m.after_allocation(f);
    errors::error_explained(m, f, fault.reason, map)
}

/// The segment number `i` of the instruction.
fn segment(f: &Frame, i: usize) -> Segment {
    let at = 3 + 3 * i;
    let info = f.ext(at);
    Segment {
        kind: info as u8,
        unit: (info >> 8 & 0xffff) as usize,
        little: SegFlags((info >> 32) as u8).little(),
        value: f.operand(at + 1),
        size: f.operand(at + 2),
    }
}

fn build(m: &mut Machine<'_>, f: &Frame, n: usize) -> Result<Word, (usize, Fault)> {
    let mut out = Writer::default();
    let mut base = None;
    let heap = &m.body.heap;
    for i in 0..n {
        let s = segment(f, i);
        if s.kind == APPEND {
            let whole = Frame::term(heap, s.value)
                .as_bits()
                .ok_or((i, bad(atoms::TYPE, s.value)))?;
            if !whole.bit_len().is_multiple_of(s.unit.max(1)) {
                return Err((i, bad(atoms::UNIT, s.value)));
            }
            base = Some(s.value);
        } else {
            put(heap, &mut out, &s).map_err(|fault| (i, fault))?;
        }
        if out.len > MAX_BITS {
            return Err((i, atoms::SYSTEM_LIMIT.into()));
        }
    }
    match base {
        None => Ok(heap.bitstring(&out.bytes, out.len).raw()),
        Some(base) => Ok(Frame::append_bits(
            &mut m.body.heap,
            base,
            &out.bytes,
            out.len,
        )),
    }
}

fn put(heap: &Heap, out: &mut Writer, s: &Segment) -> Result<(), Fault> {
    let value = Frame::term(heap, s.value);
    match s.kind {
        INTEGER => put_integer(out, value, size(heap, s)?, s.little),
        FLOAT => put_float(out, value, size(heap, s)?, s.little),
        BINARY | STRING => put_part(heap, out, value, s),
        UTF8 => put_utf(out, value, 8, s.little),
        UTF16 => put_utf(out, value, 16, s.little),
        UTF32 => put_utf(out, value, 32, s.little),
        _ => Err(atoms::BADARG.into()),
    }
}

/// The size operand in bits.
fn size(heap: &Heap, s: &Segment) -> Result<usize, Fault> {
    let n = match Frame::term(heap, s.size).kind() {
        Kind::Small(n) => usize::try_from(n).map_err(|_| bad(atoms::SIZE, s.size))?,
        Kind::Big(b) if !b.is_negative() => return Err(atoms::SYSTEM_LIMIT.into()),
        _ => return Err(bad(atoms::SIZE, s.size)),
    };
    n.checked_mul(s.unit)
        .filter(|n| *n <= MAX_BITS)
        .ok_or(atoms::SYSTEM_LIMIT.into())
}

fn put_integer(out: &mut Writer, value: Term<'_>, n: usize, little: bool) -> Result<(), Fault> {
    if let Some(v) = value.as_small() {
        if n == 8 && out.len.is_multiple_of(8) {
            out.bytes.push(v as u8);
            out.len += 8;
        } else {
            out.put(&bits::small_bits(v, n, little), n);
        }
        return Ok(());
    }
    let v = Int::of(value).ok_or(bad(atoms::TYPE, value.raw()))?;
    let bytes = v.to_le_bytes(n.div_ceil(8));
    out.put(&bits::integer_bits(bytes, n, little), n);
    Ok(())
}

fn put_float(out: &mut Writer, value: Term<'_>, n: usize, little: bool) -> Result<(), Fault> {
    let x = super::numbers::to_float(value).map_err(|_| bad(atoms::TYPE, value.raw()))?;
    let raw = bits::float_bits(x, n).ok_or_else(|| match n {
        16 | 32 | 64 => atoms::BADARG.into(),
        n => bad(atoms::INVALID, Word::small(n as i64)),
    })?;
    out.put(&bits::small_bits(raw as i64, n, little), n);
    Ok(())
}

fn put_part(heap: &Heap, out: &mut Writer, value: Term<'_>, s: &Segment) -> Result<(), Fault> {
    let whole = value.as_bits().ok_or(bad(atoms::TYPE, s.value))?;
    let n = if s.size == Word::NONE {
        whole.bit_len()
    } else {
        size(heap, s)?
    };
    if n > whole.bit_len() {
        return Err(bad(atoms::SHORT, s.value));
    }
    if s.size == Word::NONE && !n.is_multiple_of(s.unit.max(1)) {
        return Err(bad(atoms::UNIT, s.value));
    }
    if whole.bit_offset() == 0 && n.is_multiple_of(8) {
        out.put(&whole.raw_bytes()[..n / 8], n);
    } else {
        let raw = whole.raw_bytes();
        out.put(&bits::window(raw, whole.bit_offset(), n), n);
    }
    Ok(())
}

fn put_utf(out: &mut Writer, value: Term<'_>, kind: u8, little: bool) -> Result<(), Fault> {
    let point = value
        .as_small()
        .and_then(|v| u32::try_from(v).ok())
        .and_then(char::from_u32)
        .ok_or(bad(atoms::TYPE, value.raw()))?;
    let bytes = bits::encode_utf(kind, point, little);
    out.put(&bytes, bytes.len() * 8);
    Ok(())
}
