//! Moves, jumps, calls of local functions, frames. Everything here is on the fast path.

use super::frame::{Frame, a, b, bc, c, hi, lo};
use crate::heap::Word;

#[inline(always)]
pub(super) fn move_rr(f: &mut Frame, w: u64) {
    f.set_r(a(w), f.r(b(w)));
    f.step(1);
}
#[inline(always)]
pub(super) fn move_xx(f: &mut Frame, w: u64) {
    f.set_x(b(w), f.x(a(w)));
    f.step(1);
}
#[inline(always)]
pub(super) fn move_xy(f: &mut Frame, w: u64) {
    f.set_y(b(w), f.x(a(w)));
    f.step(1);
}
#[inline(always)]
pub(super) fn move_yx(f: &mut Frame, w: u64) {
    f.set_x(b(w), f.y(a(w)));
    f.step(1);
}
#[inline(always)]
pub(super) fn move_kr(f: &mut Frame, w: u64) {
    f.set_r(a(w), Word(f.ext(1)));
    f.step(2);
}
#[inline(always)]
pub(super) fn wide(w: u64) -> Word {
    Word(bc(w) as u64)
}
#[inline(always)]
pub(super) fn xy(f: &mut Frame, m: u16) {
    f.set_y(hi(m), f.x(lo(m)));
}
#[inline(always)]
pub(super) fn yx(f: &mut Frame, m: u16) {
    f.set_x(hi(m), f.y(lo(m)));
}
#[inline(always)]
pub(super) fn xx(f: &mut Frame, m: u16) {
    f.set_x(hi(m), f.x(lo(m)));
}
#[inline(always)]
pub(super) fn rr(f: &mut Frame, m: u16) {
    f.set_rb(hi(m), f.rb(lo(m)));
}
/// Two moves of one kind.
#[inline(always)]
pub(super) fn two(f: &mut Frame, w: u64, m: impl Fn(&mut Frame, u16)) {
    m(f, a(w));
    m(f, b(w));
    f.step(1);
}
/// Three moves of one kind.
#[inline(always)]
pub(super) fn three(f: &mut Frame, w: u64, m: impl Fn(&mut Frame, u16)) {
    m(f, a(w));
    m(f, b(w));
    m(f, c(w));
    f.step(1);
}
#[inline(always)]
pub(super) fn swap(f: &mut Frame, w: u64) {
    let (p, q) = (f.r(a(w)), f.r(b(w)));
    f.set_r(a(w), q);
    f.set_r(b(w), p);
    f.step(1);
}

/// Pushes the address of the word `n` further on.
#[inline(always)]
pub(super) fn push_return(f: &mut Frame, n: usize) {
    let next = f.pc.wrapping_add(n).expose_provenance() as u64;
    f.push(Word::return_address(next));
}
#[inline(always)]
pub(super) fn call(f: &mut Frame, w: u64) {
    push_return(f, 1);
    f.jump(bc(w));
}
#[inline(always)]
pub(super) fn ret(f: &mut Frame) {
    let to = f.pop().return_target();
    f.go(to);
}
#[inline(always)]
pub(super) fn dealloc_return(f: &mut Frame, n: u16) {
    f.shrink(n);
    ret(f);
}
