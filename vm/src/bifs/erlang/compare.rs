//! Comparison and boolean operators as functions, `min/2`, `max/2`.

use std::cmp::Ordering;

use crate::atoms::{FALSE, TRUE};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Term, cmp, eq, eq_exact};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "==", 2, equal),
    BifRow::guard("erlang", "/=", 2, not_equal),
    BifRow::guard("erlang", "=:=", 2, exactly_equal),
    BifRow::guard("erlang", "=/=", 2, not_exactly_equal),
    BifRow::guard("erlang", "<", 2, less),
    BifRow::guard("erlang", "=<", 2, at_most),
    BifRow::guard("erlang", ">", 2, greater),
    BifRow::guard("erlang", ">=", 2, at_least),
    BifRow::guard("erlang", "min", 2, min),
    BifRow::guard("erlang", "max", 2, max),
    BifRow::guard("erlang", "not", 1, not),
    BifRow::guard("erlang", "and", 2, and),
    BifRow::guard("erlang", "or", 2, or),
    BifRow::guard("erlang", "xor", 2, xor),
];

fn order<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Ordering {
    cmp(cx.atoms(), args[0], args[1])
}

fn equal<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(eq(args[0], args[1])))
}

fn not_equal<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(!eq(args[0], args[1])))
}

fn exactly_equal<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(eq_exact(args[0], args[1])))
}

fn not_exactly_equal<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(!eq_exact(args[0], args[1])))
}

fn less<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(order(cx, args).is_lt()))
}

fn at_most<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(order(cx, args).is_le()))
}

fn greater<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(order(cx, args).is_gt()))
}

fn at_least<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(order(cx, args).is_ge()))
}

/// The first of equals, as `min(1, 1.0)` shows.
fn min<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(if order(cx, args).is_le() {
        args[0]
    } else {
        args[1]
    })
}

fn max<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(if order(cx, args).is_ge() {
        args[0]
    } else {
        args[1]
    })
}

fn boolean<'h>(t: Term<'h>) -> Result<bool, Raise<'h>> {
    match t.as_atom() {
        Some(TRUE) => Ok(true),
        Some(FALSE) => Ok(false),
        _ => Err(Raise::badarg()),
    }
}

fn not<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(!boolean(args[0])?))
}

fn both<'h>(args: &[Term<'h>]) -> Result<(bool, bool), Raise<'h>> {
    Ok((boolean(args[0])?, boolean(args[1])?))
}

fn and<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    both(args).map(|(a, b)| Term::bool(a & b))
}

fn or<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    both(args).map(|(a, b)| Term::bool(a | b))
}

fn xor<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    both(args).map(|(a, b)| Term::bool(a ^ b))
}
