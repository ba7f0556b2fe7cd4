//! Arithmetic and bit operators as functions and guard calls, `abs`.

use crate::bifs::data::{Answer, arith, to_f64};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, IntResult, Kind, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "+", 2, add),
    BifRow::guard("erlang", "-", 2, sub),
    BifRow::guard("erlang", "*", 2, mul),
    BifRow::guard("erlang", "/", 2, divide),
    BifRow::guard("erlang", "div", 2, |cx, a| int2(cx, a, Heap::int_div)),
    BifRow::guard("erlang", "rem", 2, |cx, a| int2(cx, a, Heap::int_rem)),
    BifRow::guard("erlang", "band", 2, |cx, a| int2(cx, a, Heap::int_band)),
    BifRow::guard("erlang", "bor", 2, |cx, a| int2(cx, a, Heap::int_bor)),
    BifRow::guard("erlang", "bxor", 2, |cx, a| int2(cx, a, Heap::int_bxor)),
    BifRow::guard("erlang", "bsl", 2, |cx, a| int2(cx, a, Heap::int_bsl)),
    BifRow::guard("erlang", "bsr", 2, |cx, a| int2(cx, a, Heap::int_bsr)),
    BifRow::guard("erlang", "bnot", 1, |cx, a| arith(cx.heap().int_bnot(a[0]))),
    BifRow::guard("erlang", "+", 1, plus),
    BifRow::guard("erlang", "-", 1, minus),
    BifRow::guard("erlang", "abs", 1, abs),
];

fn int2<'h>(
    cx: &Cx<'h>,
    a: &[Term<'h>],
    f: fn(&'h Heap, Term<'h>, Term<'h>) -> IntResult<'h>,
) -> Answer<'h> {
    arith(f(cx.heap(), a[0], a[1]))
}

fn float_result<'h>(cx: &Cx<'h>, f: f64) -> Answer<'h> {
    if f.is_finite() {
        Ok(cx.heap().float(f))
    } else {
        Err(Raise::badarith())
    }
}

/// Integers stay integers; with a float among them both become floats.
fn mixed<'h>(
    cx: &Cx<'h>,
    a: &[Term<'h>],
    int: fn(&'h Heap, Term<'h>, Term<'h>) -> IntResult<'h>,
    float: fn(f64, f64) -> f64,
) -> Answer<'h> {
    if matches!(a[0].kind(), Kind::Float(_)) || matches!(a[1].kind(), Kind::Float(_)) {
        return match (to_f64(a[0]), to_f64(a[1])) {
            (Some(x), Some(y)) => float_result(cx, float(x, y)),
            _ => Err(Raise::badarith()),
        };
    }
    int2(cx, a, int)
}

fn add<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    mixed(cx, a, Heap::int_add, |x, y| x + y)
}
fn sub<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    mixed(cx, a, Heap::int_sub, |x, y| x - y)
}
fn mul<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    mixed(cx, a, Heap::int_mul, |x, y| x * y)
}

fn divide<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match (to_f64(a[0]), to_f64(a[1])) {
        (Some(x), Some(y)) => float_result(cx, x / y),
        _ => Err(Raise::badarith()),
    }
}

fn plus<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[0].kind() {
        Kind::Small(_) | Kind::Big(_) | Kind::Float(_) => Ok(a[0]),
        _ => Err(Raise::badarith()),
    }
}

fn minus<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[0].kind() {
        Kind::Float(f) => Ok(cx.heap().float(-f)),
        _ => arith(cx.heap().int_neg(a[0])),
    }
}

fn abs<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[0].kind() {
        Kind::Float(f) => Ok(cx.heap().float(f.abs())),
        _ => crate::bifs::data::number(cx.heap().int_abs(a[0])),
    }
}
