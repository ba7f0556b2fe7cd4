//! Type tests, comparisons and selection: fall through or jump.

use super::frame::{Frame, a, b, c, hi, lo};
use crate::atoms::AtomTable;
use crate::heap::{self, Heap, ObjKind, Word};
use std::cmp::Ordering;

/// Goes on if true, else to the fail distance in `c`.
#[inline(always)]
pub(super) fn test(f: &mut Frame, w: u64, words: usize, ok: bool) {
    if ok {
        f.step(words);
    } else {
        f.fail(w);
    }
}

#[inline(always)]
pub(super) fn integer(w: Word) -> bool {
    w.is_small() || big(w)
}
#[inline(always)]
fn big(w: Word) -> bool {
    // PosBig is 1, NegBig is 2.
    let h = Frame::header(w);
    h.is_kind(ObjKind::PosBig) || h.is_kind(ObjKind::NegBig)
}
#[inline(always)]
pub(super) fn float(w: Word) -> bool {
    Frame::is_kind(w, ObjKind::Float)
}
#[inline(always)]
pub(super) fn number(w: Word) -> bool {
    integer(w) || float(w)
}
#[inline(always)]
pub(super) fn boolean(w: Word) -> bool {
    w == Word::TRUE || w == Word::FALSE
}
#[inline(always)]
pub(super) fn pid(w: Word) -> bool {
    w.is_pid()
}
#[inline(always)]
pub(super) fn port(w: Word) -> bool {
    w.is_port()
}
#[inline(always)]
pub(super) fn reference(w: Word) -> bool {
    let h = Frame::header(w);
    h.is_kind(ObjKind::Ref) || h.is_kind(ObjKind::MagicRef)
}
#[inline(always)]
pub(super) fn list(w: Word) -> bool {
    w.is_list() || w.is_nil()
}
#[inline(always)]
pub(super) fn tuple(w: Word) -> bool {
    Frame::is_kind(w, ObjKind::Tuple)
}
#[inline(always)]
pub(super) fn map(w: Word) -> bool {
    let h = Frame::header(w);
    h.is_kind(ObjKind::FlatMap) || h.is_kind(ObjKind::BigMap)
}
#[inline(always)]
pub(super) fn function(w: Word) -> bool {
    let h = Frame::header(w);
    h.is_kind(ObjKind::Fun) || h.is_kind(ObjKind::ExtFun)
}
#[inline(always)]
pub(super) fn bitstring(w: Word) -> bool {
    let h = Frame::header(w);
    h.is_kind(ObjKind::HeapBits) || h.is_kind(ObjKind::SubBits)
}
#[inline(always)]
pub(super) fn binary(w: Word) -> bool {
    let h = Frame::header(w);
    if h.is_kind(ObjKind::HeapBits) {
        return Frame::field(w, 0).small_value() & 7 == 0;
    }
    h.is_kind(ObjKind::SubBits) && Frame::field(w, 1).small_value() & 7 == 0
}
#[inline(always)]
pub(super) fn function2(f: &Frame, w: u64) -> bool {
    let (fun, arity) = (f.r(a(w)), f.r(b(w)));
    function(fun)
        && arity.is_small()
        && i64::from(Frame::header(fun).header_extra()) == arity.small_value()
}
/// A tuple of `n` elements: one comparison with the header it must have.
#[inline(always)]
pub(super) fn tuple_of(w: Word, n: u16) -> bool {
    Frame::header(w) == Word::header(ObjKind::Tuple, usize::from(n), 0)
}
#[inline(always)]
pub(super) fn tagged(t: Word, f: &Frame, w: u64) -> bool {
    tuple_of(t, b(w)) && Frame::field(t, 0).0 == f.ext(1)
}

/// `IsConsGetListX`
#[inline(always)]
pub(super) fn cons_get_list_x(f: &mut Frame, w: u64) {
    let l = f.x(lo(b(w)));
    if l.is_list() {
        f.set_x(hi(b(w)), Frame::head(l));
        f.set_x(c(w), Frame::tail(l));
        f.step(1);
    } else {
        f.jump(i64::from(a(w) as i16));
    }
}
/// `IsConsGetList`
#[inline(always)]
pub(super) fn cons_get_list(f: &mut Frame, w: u64) {
    let l = f.rb(lo(b(w)));
    if l.is_list() {
        f.set_rb(hi(b(w)), Frame::head(l));
        f.set_rb(c(w), Frame::tail(l));
        f.step(1);
    } else {
        f.jump(i64::from(a(w) as i16));
    }
}

/// The small integer in field `b`, as a raw word.
#[inline(always)]
pub(super) fn short(w: u64) -> Word {
    Word::small(i64::from(b(w) as i16))
}

#[inline(always)]
pub(super) fn eq_exact(heap: &Heap, p: Word, q: Word) -> bool {
    p == q || (!p.is_immediate() && !q.is_immediate() && eq_exact_slow(heap, p, q))
}
#[inline(never)]
fn eq_exact_slow(heap: &Heap, p: Word, q: Word) -> bool {
    heap::eq_exact(Frame::term(heap, p), Frame::term(heap, q))
}
#[inline(always)]
pub(super) fn eq(heap: &Heap, p: Word, q: Word) -> bool {
    p == q || (!(p.is_small() && q.is_small()) && eq_slow(heap, p, q))
}
#[inline(never)]
fn eq_slow(heap: &Heap, p: Word, q: Word) -> bool {
    heap::eq(Frame::term(heap, p), Frame::term(heap, q))
}
#[inline(always)]
pub(super) fn less(atoms: &AtomTable, heap: &Heap, p: Word, q: Word) -> bool {
    if (p.0 | q.0) & 15 == 0 {
        (p.0 as i64) < (q.0 as i64)
    } else {
        compare_slow(atoms, heap, p, q) == Ordering::Less
    }
}
#[inline(never)]
fn compare_slow(atoms: &AtomTable, heap: &Heap, p: Word, q: Word) -> Ordering {
    heap::cmp(atoms, Frame::term(heap, p), Frame::term(heap, q))
}

/// `CompareRR`: which comparison is in the extension word.
#[inline(never)]
pub(super) fn compare_value(atoms: &AtomTable, heap: &Heap, which: u64, p: Word, q: Word) -> Word {
    let r = match which {
        0 => eq_exact(heap, p, q),
        1 => !eq_exact(heap, p, q),
        2 => eq(heap, p, q),
        3 => !eq(heap, p, q),
        4 => less(atoms, heap, p, q),
        5 => !less(atoms, heap, p, q),
        6 => less(atoms, heap, q, p),
        _ => !less(atoms, heap, q, p),
    };
    Word::bool(r)
}

#[inline(always)]
pub(super) fn select_linear(f: &mut Frame, w: u64) {
    let v = f.r(a(w)).0;
    for i in 0..usize::from(b(w)) {
        if f.ext(2 + 2 * i) == v {
            return f.jump(f.ext(3 + 2 * i) as i64);
        }
    }
    f.jump(f.ext(1) as i64);
}
#[inline(always)]
pub(super) fn select_dense(f: &mut Frame, w: u64) {
    let v = f.r(a(w));
    if v.is_small() {
        let n = v.small_value().wrapping_sub(f.ext(2) as i64) as u64;
        if n < u64::from(b(w)) {
            return f.jump(f.ext(3 + n as usize) as i64);
        }
    }
    f.jump(f.ext(1) as i64);
}
#[inline(always)]
pub(super) fn select_binary(f: &mut Frame, w: u64) {
    let v = f.r(a(w)).0;
    let n = f.ext(2) as usize;
    let (mut from, mut to) = (0, n);
    while from < to {
        let middle = (from + to) / 2;
        let at = f.ext(3 + middle);
        if at == v {
            return f.jump(f.ext(3 + n + middle) as i64);
        }
        if at < v {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    f.jump(f.ext(1) as i64);
}
#[inline(always)]
pub(super) fn select_arity(f: &mut Frame, w: u64) {
    let n = Frame::header(f.r(a(w))).header_size() as u64;
    for i in 0..usize::from(b(w)) {
        if f.ext(2 + 2 * i) == n {
            return f.jump(f.ext(3 + 2 * i) as i64);
        }
    }
    f.jump(f.ext(1) as i64);
}
