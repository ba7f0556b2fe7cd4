//! Arithmetic: small integers inline, everything else in one slow function per question.
//! Raw words of small integers are added, subtracted and compared as they are; the shift by 4 stays in place.

use super::errors;
use super::frame::{Frame, a, b, c};
use super::machine::{Flow, Machine};
use super::numbers as slow;
use crate::atoms::{self, Atom};
use crate::code::words::{Arith, LOp};
use crate::heap::{Heap, Int, Word};

/// `p + q` of smalls.
#[inline(always)]
pub(super) fn add(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 {
        return None;
    }
    (p.0 as i64).checked_add(q.0 as i64).map(|s| Word(s as u64))
}
#[inline(always)]
pub(super) fn sub(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 {
        return None;
    }
    (p.0 as i64).checked_sub(q.0 as i64).map(|s| Word(s as u64))
}
#[inline(always)]
pub(super) fn mul(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 {
        return None;
    }
    (p.small_value())
        .checked_mul(q.0 as i64)
        .map(|s| Word(s as u64))
}
#[inline(always)]
pub(super) fn int_div(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 || q.0 == 0 {
        return None;
    }
    let v = p.small_value() / q.small_value();
    Word::fits_small(v).then(|| Word::small(v))
}
#[inline(always)]
pub(super) fn rem(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 || q.0 == 0 {
        return None;
    }
    Some(Word::small(p.small_value() % q.small_value()))
}
#[inline(always)]
pub(super) fn band(p: Word, q: Word) -> Option<Word> {
    ((p.0 | q.0) & 15 == 0).then_some(Word(p.0 & q.0))
}
#[inline(always)]
pub(super) fn bor(p: Word, q: Word) -> Option<Word> {
    ((p.0 | q.0) & 15 == 0).then_some(Word(p.0 | q.0))
}
#[inline(always)]
pub(super) fn bxor(p: Word, q: Word) -> Option<Word> {
    ((p.0 | q.0) & 15 == 0).then_some(Word(p.0 ^ q.0))
}
#[inline(always)]
pub(super) fn bsl(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 {
        return None;
    }
    let (v, n) = (p.0 as i64, q.small_value());
    if !(0..60).contains(&n) {
        return None;
    }
    let s = v << n;
    (s >> n == v).then_some(Word(s as u64))
}
#[inline(always)]
pub(super) fn bsr(p: Word, q: Word) -> Option<Word> {
    if (p.0 | q.0) & 15 != 0 || q.small_value() < 0 {
        return None;
    }
    let n = q.small_value().min(60) as u32;
    Some(Word::small(p.small_value() >> n.min(63)))
}

/// An operation with at least one float whose result fits the heap at `htop`: two words from there. None: somebody else's case. `OP` is an
/// [`Arith`] or [`DIVIDE`].
#[inline(never)]
pub(super) fn float<const OP: u8>(
    heap: &Heap,
    htop: *mut Word,
    sp: *mut Word,
    p: Word,
    q: Word,
) -> Option<Word> {
    let Some(x) = heap.float_in(p) else {
        return mixed::<OP>(heap, htop, sp, p, q);
    };
    let Some(y) = heap.float_in(q) else {
        return mixed::<OP>(heap, htop, sp, p, q);
    };
    heap.float_at(htop, sp, calculate::<OP>(x, y)?)
}

/// A float and an integer, or a division of integers.
#[inline(never)]
fn mixed<const OP: u8>(
    heap: &Heap,
    htop: *mut Word,
    sp: *mut Word,
    p: Word,
    q: Word,
) -> Option<Word> {
    if OP != DIVIDE && p.is_small() && q.is_small() {
        return None;
    }
    let (x, y) = (heap.exact_float(p)?, heap.exact_float(q)?);
    heap.float_at(htop, sp, calculate::<OP>(x, y)?)
}

#[inline(always)]
fn calculate<const OP: u8>(x: f64, y: f64) -> Option<f64> {
    match OP {
        ADD => Some(x + y),
        SUB => Some(x - y),
        MUL => Some(x * y),
        DIVIDE => Some(x / y),
        _ => None,
    }
}

const ADD: u8 = Arith::Add as u8;
const SUB: u8 = Arith::Sub as u8;
const MUL: u8 = Arith::Mul as u8;
/// The division of floats, which is no instruction of integers.
pub(super) const DIVIDE: u8 = u8::MAX;

/// False for operations on integers alone.
pub(super) const fn has_floats(op: Arith) -> bool {
    matches!(op, Arith::Add | Arith::Sub | Arith::Mul)
}

/// A fast path; none when an operand is no small integer or the result does not fit.
pub(super) type Fast = fn(Word, Word) -> Option<Word>;

/// The fast path of an operation.
pub(super) fn fast(op: Arith) -> Fast {
    match op {
        Arith::Add => add,
        Arith::Sub => sub,
        Arith::Mul => mul,
        Arith::IntDiv => int_div,
        Arith::Rem => rem,
        Arith::Band => band,
        Arith::Bor => bor,
        Arith::Bxor => bxor,
        Arith::Bsl => bsl,
        Arith::Bsr => bsr,
    }
}

/// The operator's name in stack traces.
fn name(op: Arith) -> &'static str {
    match op {
        Arith::Add => "+",
        Arith::Sub => "-",
        Arith::Mul => "*",
        Arith::IntDiv => "div",
        Arith::Rem => "rem",
        Arith::Band => "band",
        Arith::Bor => "bor",
        Arith::Bxor => "bxor",
        Arith::Bsl => "bsl",
        Arith::Bsr => "bsr",
    }
}

fn general(heap: &Heap, op: Arith, p: Word, q: Word) -> Result<Word, Atom> {
    let (p, q) = (Frame::term(heap, p), Frame::term(heap, q));
    let r = match op {
        Arith::Add => slow::add(heap, p, q),
        Arith::Sub => slow::sub(heap, p, q),
        Arith::Mul => slow::mul(heap, p, q),
        Arith::IntDiv => slow::int_div(heap, p, q),
        Arith::Rem => slow::rem(heap, p, q),
        Arith::Band => slow::band(heap, p, q),
        Arith::Bor => slow::bor(heap, p, q),
        Arith::Bxor => slow::bxor(heap, p, q),
        Arith::Bsl => slow::bsl(heap, p, q),
        Arith::Bsr => slow::bsr(heap, p, q),
    };
    match r {
        Ok(t) => Ok(t.raw()),
        Err(slow::ArithError::BadArith) => Err(atoms::BADARITH),
        Err(slow::ArithError::SystemLimit) => Err(atoms::SYSTEM_LIMIT),
    }
}

/// Reductions that an operation on large integers costs: by the word, for products and quotients by the pair of words.
fn cost(heap: &Heap, op: Arith, p: Word, q: Word) -> i64 {
    let limbs = |w: Word| match w.is_small() {
        true => 1,
        false => Int::of(Frame::term(heap, w)).map_or(0, |n| n.limbs().len() as i64),
    };
    let (x, y) = (limbs(p), limbs(q));
    match op {
        Arith::Mul => x * y / LIMBS_A_REDUCTION,
        Arith::IntDiv | Arith::Rem => (x - y).max(0) * y / LIMBS_A_REDUCTION,
        Arith::Bsl if q.is_small() => (x + q.small_value().max(0) / 64) / LIMBS_A_REDUCTION,
        Arith::Add
        | Arith::Sub
        | Arith::Band
        | Arith::Bor
        | Arith::Bxor
        | Arith::Bsl
        | Arith::Bsr => (x + y) / LIMBS_A_REDUCTION,
    }
}

/// Steps on 64 bits that one reduction pays for.
const LIMBS_A_REDUCTION: i64 = 16;

/// Anything the fast path declined, raising; the result in register `dst`, `words` further on.
#[cold]
#[inline(never)]
pub(super) fn body_slow(
    m: &mut Machine<'_>,
    f: &mut Frame,
    op: Arith,
    p: Word,
    q: Word,
    dst: u16,
) -> Flow {
    f.spill(&m.body.heap);
    let cost = cost(&m.body.heap, op, p, q);
    match general(&m.body.heap, op, p, q) {
        Ok(v) => {
            m.charge(f, cost);
            m.after_allocation(f);
            f.set_r(dst, v);
            Flow::Go
        }
        Err(reason) => {
            m.after_allocation(f);
            let (op, q) = as_written(Frame::op(f.fetch()), op, q);
            errors::operator_failed(m, f, reason, name(op), &[p, q])
        }
    }
}

/// `N - 1` runs as `N + -1`; whoever reads of its failure wrote the former.
fn as_written(instruction: LOp, op: Arith, q: Word) -> (Arith, Word) {
    let immediate = matches!(
        instruction,
        LOp::AddRI | LOp::AddXI | LOp::AddYI | LOp::AddYICall | LOp::AddICallOnly
    );
    if immediate && op == Arith::Add && q.is_small() && q.small_value() < 0 {
        (Arith::Sub, Word::small(-q.small_value()))
    } else {
        (op, q)
    }
}

/// `ArithFail`: in a guard, what the fast path declined.
#[inline(never)]
pub(super) fn guard(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let op = Arith::ALL[(f.ext(1) & 15) as usize];
    let (p, q) = (f.r(a(w)), f.r(b(w)));
    f.spill(&m.body.heap);
    let answer = general(&m.body.heap, op, p, q);
    m.after_allocation(f);
    match answer {
        Ok(v) => {
            f.set_r(c(w), v);
            f.step(3);
        }
        Err(_) => f.jump(f.ext(2) as i64),
    }
}
