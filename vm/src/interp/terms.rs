//! Taking terms apart and putting them together from reserved words.

use super::frame::{Frame, a, b, c, hi, lo};
use crate::heap::{ObjKind, Word};

#[inline(always)]
pub(super) fn get_list(f: &mut Frame, w: u64) {
    let l = f.r(a(w));
    f.set_r(b(w), Frame::head(l));
    f.set_r(c(w), Frame::tail(l));
    f.step(1);
}
#[inline(always)]
pub(super) fn get_hd(f: &mut Frame, w: u64) {
    f.set_r(b(w), Frame::head(f.r(a(w))));
    f.step(1);
}
#[inline(always)]
pub(super) fn get_tl(f: &mut Frame, w: u64) {
    f.set_r(b(w), Frame::tail(f.r(a(w))));
    f.step(1);
}
#[inline(always)]
pub(super) fn get_elem_r(f: &mut Frame, w: u64) {
    f.set_r(c(w), Frame::field(f.r(a(w)), usize::from(b(w))));
    f.step(1);
}
#[inline(always)]
pub(super) fn get_elem_x(f: &mut Frame, w: u64) {
    f.set_x(c(w), Frame::field(f.x(a(w)), usize::from(b(w))));
    f.step(1);
}
#[inline(always)]
pub(super) fn get_elem2(f: &mut Frame, w: u64) {
    let t = f.r(a(w));
    f.set_rb(lo(c(w)), Frame::field(t, usize::from(lo(b(w)))));
    f.set_rb(hi(c(w)), Frame::field(t, usize::from(hi(b(w)))));
    f.step(1);
}
#[inline(always)]
pub(super) fn put_list(f: &mut Frame, w: u64) {
    let l = f.cons(f.r(a(w)), f.r(b(w)));
    f.set_r(c(w), l);
    f.step(1);
}
/// A cell of the two byte registers in `b`.
#[inline(always)]
pub(super) fn cons_bytes(f: &mut Frame, w: u64) -> Word {
    f.cons(f.rb(lo(b(w))), f.rb(hi(b(w))))
}
#[inline(always)]
pub(super) fn put_tuple(f: &mut Frame, w: u64) {
    let n = f.ext(1) as usize;
    let t = f.object(Word::header(ObjKind::Tuple, n, 0));
    for i in 0..n {
        let v = f.operand(2 + i);
        f.append(v);
    }
    f.set_r(a(w), t);
    f.step(2 + n);
}
/// `PutTuple2`
#[inline(always)]
pub(super) fn put_tuple2(f: &mut Frame, w: u64) {
    let t = f.tuple([f.rb(lo(b(w))), f.rb(hi(b(w)))]);
    f.set_r(a(w), t);
    f.step(1);
}
/// `PutTuple3`
#[inline(always)]
pub(super) fn put_tuple3(f: &mut Frame, w: u64) {
    let t = f.tuple([f.rb(lo(b(w))), f.rb(hi(b(w))), f.rb(lo(c(w)))]);
    f.set_r(a(w), t);
    f.step(1);
}
/// `PutTagged2`
#[inline(always)]
pub(super) fn put_tagged2(f: &mut Frame, w: u64) {
    let t = f.tuple([Word(f.ext(1)), f.r(b(w))]);
    f.set_r(a(w), t);
    f.step(2);
}
/// `PutTagged3`
#[inline(always)]
pub(super) fn put_tagged3(f: &mut Frame, w: u64) {
    let t = f.tuple([Word(f.ext(1)), f.rb(lo(b(w))), f.rb(hi(b(w)))]);
    f.set_r(a(w), t);
    f.step(2);
}
/// A fun whose creator is `creator`, a pid word.
#[inline(always)]
pub(super) fn make_fun(f: &mut Frame, w: u64, creator: Word) {
    let n = usize::from(b(w));
    let info = f.ext(1);
    let arity = Frame::lambda_arity(info);
    let t = f.object(Word::header(ObjKind::Fun, 2 + n, arity));
    f.append(Word(info));
    f.append(creator);
    for i in 0..n {
        let v = f.operand(2 + i);
        f.append(v);
    }
    f.set_r(a(w), t);
    f.step(2 + n);
}
