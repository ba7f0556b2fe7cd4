//! Binary matching: one context object whose position moves on; a failing instruction leaves it where it was.

use super::bits;
use super::conditions::bitstring;
use super::frame::{Frame, a, b};
use super::machine::Machine;
use crate::heap::{Bits, Heap, Kind, ObjKind, Word};
use transom_bytecode::SegFlags;

/// `BsStartMatch`
#[inline(never)]
pub(super) fn start_match(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let src = f.r(a(w));
    if !bitstring(src) {
        return f.fail(w);
    }
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let whole = Frame::term(heap, src)
        .as_bits()
        .expect("invariant: tested above");
    let ctx = heap.match_context(whole).raw();
    m.after_allocation(f);
    f.set_r(b(w), ctx);
    f.step(1);
}

/// `BsGetByte`
#[inline(always)]
pub(super) fn get_byte(f: &mut Frame, w: u64) {
    let ctx = Frame::context(f.r(a(w)));
    if ctx.left() < 8 {
        return f.fail(w);
    }
    let at = ctx.position();
    let v = Frame::read_byte(ctx, at);
    ctx.set_position(at + 8);
    f.set_r(b(w), Word::small(i64::from(v)));
    f.step(1);
}

/// `BsGetBytes`
#[inline(always)]
pub(super) fn get_bytes(f: &mut Frame, w: u64) {
    let ctx = Frame::context(f.r(a(w)));
    let n = f.ext(1) as usize;
    if ctx.left() < 8 * n {
        return f.fail(w);
    }
    let at = ctx.position();
    let v = if at.is_multiple_of(8) {
        Frame::read_bytes(ctx, at / 8, n)
    } else {
        odd_bytes(ctx, at, n)
    };
    ctx.set_position(at + 8 * n);
    f.set_r(b(w), Word::small(v as i64));
    f.step(2);
}
#[cold]
#[inline(never)]
fn odd_bytes(ctx: crate::heap::MatchState, at: usize, n: usize) -> u64 {
    bits::read_u64(Frame::context_bytes(ctx), at, 8 * n, false)
}

/// `BsGetIntegerK`: at most 64 bits.
#[inline(never)]
pub(super) fn get_integer_k(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let info = f.ext(1);
    let (n, flags) = ((info & 0xffff_ffff) as usize, SegFlags((info >> 32) as u8));
    let ctx = Frame::context(f.r(a(w)));
    if ctx.left() < n {
        return f.fail(w);
    }
    let at = ctx.position();
    let raw = bits::read_u64(Frame::context_bytes(ctx), at, n, flags.little());
    ctx.set_position(at + n);
    let v = if flags.signed() && n > 0 {
        let s = ((raw << (64 - n)) as i64) >> (64 - n);
        Word::fits_small(s).then(|| Word::small(s))
    } else {
        i64::try_from(raw)
            .ok()
            .filter(|v| Word::fits_small(*v))
            .map(Word::small)
    };
    let v = v.unwrap_or_else(|| {
        f.spill(&m.body.heap);
        let v = if flags.signed() {
            m.body.heap.int(raw as i64).raw()
        } else {
            m.body.heap.uint(raw).raw()
        };
        m.after_allocation(f);
        v
    });
    f.set_r(b(w), v);
    f.step(2);
}

/// Size in bits from a size operand; none when it is no size, or more than any binary has.
fn size_in_bits(size: Word, unit: u64) -> Option<usize> {
    if !size.is_small() || size.small_value() < 0 {
        return None;
    }
    (size.small_value() as u64)
        .checked_mul(unit)
        .and_then(|n| usize::try_from(n).ok())
}

/// `BsGetInteger`, `BsGetFloat`, `BsGetBinary`, `BsSkipBits`: what to do with so many bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    Integer,
    Float,
    Binary,
    Skip,
}

#[inline(never)]
pub(super) fn take(m: &mut Machine<'_>, f: &mut Frame, w: u64, what: Take) {
    let (size, info) = (f.operand(1), f.ext(2));
    let (unit, flags) = (info & 0xffff, SegFlags((info >> 16) as u8));
    let ctx = Frame::context(f.r(a(w)));
    let n = if size == Word::NONE {
        Some(ctx.left()).filter(|left| left % unit.max(1) as usize == 0)
    } else {
        size_in_bits(size, unit)
    };
    let Some(n) = n.filter(|n| *n <= ctx.left()) else {
        return f.fail(w);
    };
    let at = ctx.position();
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let v = match what {
        Take::Skip => None,
        Take::Integer => {
            if n > crate::heap::MAX_BITS {
                return f.fail(w);
            }
            let bytes = bits::read_integer(Frame::context_bytes(ctx), at, n, flags);
            Some(heap.int_from_le_bytes(&bytes, flags.signed()).raw())
        }
        Take::Float => {
            let raw = match n {
                16 | 32 | 64 => bits::read_u64(Frame::context_bytes(ctx), at, n, flags.little()),
                0 => 0,
                _ => return f.fail(w),
            };
            match bits::float_from(raw, n) {
                Some(x) => Some(heap.float(x).raw()),
                None => return f.fail(w),
            }
        }
        Take::Binary => {
            let rest = rest_of(heap, f.r(a(w)));
            Some(heap.sub_bits(rest, 0, n).raw())
        }
    };
    ctx.set_position(at + n);
    m.after_allocation(f);
    if let Some(v) = v {
        f.set_r(b(w), v);
    }
    f.step(3);
}

/// `BsGetUtf`, `BsSkipUtf`
#[inline(never)]
pub(super) fn utf(f: &mut Frame, w: u64, keep: bool) {
    let info = f.ext(1);
    let little = SegFlags((info >> 16) as u8).little();
    let ctx = Frame::context(f.r(a(w)));
    let (at, left) = (ctx.position(), ctx.left());
    let bytes = bits::window(Frame::context_bytes(ctx), at, left.min(32));
    let found = match info & 0xff {
        8 => bits::decode_utf8(&bytes, left / 8),
        16 => bits::decode_utf16(&bytes, left / 8, little),
        _ => bits::decode_utf32(&bytes, left / 8, little),
    };
    let Some((point, used)) = found else {
        return f.fail(w);
    };
    ctx.set_position(at + used * 8);
    if keep {
        f.set_r(b(w), Word::small(i64::from(point)));
    }
    f.step(2);
}

/// What a context has not read yet.
fn rest_of(heap: &Heap, ctx: Word) -> Bits<'_> {
    match Frame::term(heap, ctx).kind() {
        Kind::MatchCtx(rest) => rest,
        _ => unreachable!("invariant: the verifier proved a context"),
    }
}

/// `BsTestTail`
#[inline(always)]
pub(super) fn test_tail(f: &mut Frame, w: u64) {
    let left = Frame::context(f.r(a(w))).left();
    super::conditions::test(f, w, 2, left as u64 == f.ext(1));
}

/// `BsTestUnit`
#[inline(always)]
pub(super) fn test_unit(f: &mut Frame, w: u64) {
    let left = Frame::context(f.r(a(w))).left();
    super::conditions::test(f, w, 1, left.is_multiple_of(usize::from(b(w)).max(1)));
}

/// Turns contexts among the first registers, which a tail call passed on, into the bitstrings they stand for: what is left to match
/// before the match begins, all of it (`failed`) after it failed.
pub(super) fn settle(m: &mut Machine<'_>, f: &mut Frame, arity: usize, failed: bool) {
    for i in 0..arity as u16 {
        if !Frame::is_kind(f.x(i), ObjKind::MatchCtx) {
            continue;
        }
        let ctx = Frame::context(f.x(i));
        if failed {
            ctx.set_position(ctx.began());
        }
        f.spill(&m.body.heap);
        let heap = &m.body.heap;
        let rest = rest_of(heap, f.x(i));
        let whole = heap.sub_bits(rest, 0, rest.bit_len()).raw();
        m.after_allocation(f);
        f.set_x(i, whole);
    }
}

/// `BsGetTail`
#[inline(never)]
pub(super) fn get_tail(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let rest = rest_of(heap, f.r(a(w)));
    let v = heap.sub_bits(rest, 0, rest.bit_len()).raw();
    m.after_allocation(f);
    f.set_r(b(w), v);
    f.step(1);
}

/// `BsGetPosition`
#[inline(always)]
pub(super) fn get_position(f: &mut Frame, w: u64) {
    let at = Frame::context(f.r(a(w))).position();
    f.set_r(b(w), Word::small(at as i64));
    f.step(1);
}

/// `BsSetPosition`
#[inline(always)]
pub(super) fn set_position(f: &mut Frame, w: u64) {
    let at = f.r(b(w)).small_value() as usize;
    Frame::context(f.r(a(w))).set_position(at);
    f.step(1);
}

/// `BsMatchString`
#[inline(never)]
pub(super) fn match_string(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let n = f.ext(1) as usize;
    let ctx = Frame::context(f.r(a(w)));
    let want = Frame::term(&m.body.heap, Word(f.ext(2)));
    let want = want
        .as_bits()
        .expect("invariant: a constant bitstring")
        .bytes();
    let at = ctx.position();
    let same = ctx.left() >= n
        && bits::window(Frame::context_bytes(ctx), at, n)[..] == want[..n.div_ceil(8)];
    if same {
        ctx.set_position(at + n);
        f.step(3);
    } else {
        f.fail(w);
    }
}
