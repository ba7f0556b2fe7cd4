//! Lists in module `erlang`: `hd`, `tl`, `length`, `++`, `--`.

use std::collections::HashMap;

use crate::bifs::cx::LONG_STEPS;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Term, eq_exact, hash};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "hd", 1, hd),
    BifRow::guard("erlang", "tl", 1, tl),
    BifRow::guard("erlang", "length", 1, length),
    BifRow::new("erlang", "++", 2, append).long_if(weight::first_list),
    BifRow::new("erlang", "--", 2, subtract).long_if(weight::either_list),
    BifRow::new("erlang", "append", 2, append).long_if(weight::first_list),
    BifRow::new("erlang", "subtract", 2, subtract).long_if(weight::either_list),
];

/// The elements of a proper list; badarg for anything else.
pub fn elements<'h>(list: Term<'h>) -> Result<Vec<Term<'h>>, Raise<'h>> {
    let mut iter = list.iter_list();
    let elements: Vec<Term<'h>> = iter.by_ref().collect();
    if iter.tail().is_nil() {
        Ok(elements)
    } else {
        Err(Raise::badarg())
    }
}

fn hd<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    args[0]
        .as_cons()
        .map(|c| c.head())
        .ok_or_else(Raise::badarg)
}

fn tl<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    args[0]
        .as_cons()
        .map(|c| c.tail())
        .ok_or_else(Raise::badarg)
}

fn length<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut items = args[0].iter_list();
    let mut n = 0;
    loop {
        let part = items.by_ref().take(LONG_STEPS).count();
        n += part;
        if part < LONG_STEPS {
            break;
        }
        cx.long(args)?;
    }
    if !items.tail().is_nil() {
        return Err(Raise::badarg());
    }
    cx.bump(n as i64 / 50);
    Ok(cx.heap().int(n as i64))
}

/// The right side may be anything; the left must be a proper list. `[] ++ X` is `X`.
fn append<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let left = elements(args[0])?;
    cx.bump(left.len() as i64 / 10);
    if args[1].is_nil() {
        return Ok(args[0]);
    }
    Ok(cx.heap().list_with_tail(&left, args[1]))
}

/// Up to this many elements on the right a scan is faster than a table.
const SCAN: usize = 16;

/// Removes from the left the first occurrence of each element of the right.
fn subtract<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (left, right) = (elements(args[0])?, elements(args[1])?);
    cx.bump((left.len() + right.len()) as i64 / 5);
    if right.is_empty() || left.is_empty() {
        return Ok(args[0]);
    }
    let kept = if right.len() <= SCAN {
        subtract_few(&left, right)
    } else {
        subtract_many(&left, &right)
    };
    Ok(cx.heap().list(&kept))
}

fn subtract_few<'h>(left: &[Term<'h>], mut right: Vec<Term<'h>>) -> Vec<Term<'h>> {
    let mut kept = Vec::with_capacity(left.len());
    for (at, element) in left.iter().enumerate() {
        match right.iter().position(|r| eq_exact(*r, *element)) {
            Some(i) => {
                right.swap_remove(i);
                if right.is_empty() {
                    kept.extend_from_slice(&left[at + 1..]);
                    break;
                }
            }
            None => kept.push(*element),
        }
    }
    kept
}

/// Counts the right side by hash, so that the work is linear.
fn subtract_many<'h>(left: &[Term<'h>], right: &[Term<'h>]) -> Vec<Term<'h>> {
    let mut counts: HashMap<u64, Vec<(Term<'h>, usize)>> = HashMap::with_capacity(right.len());
    for r in right {
        let bucket = counts.entry(hash::internal(*r)).or_default();
        match bucket.iter_mut().find(|(t, _)| eq_exact(*t, *r)) {
            Some((_, n)) => *n += 1,
            None => bucket.push((*r, 1)),
        }
    }
    let mut kept = Vec::with_capacity(left.len());
    for element in left {
        let gone = counts
            .get_mut(&hash::internal(*element))
            .and_then(|bucket| {
                bucket
                    .iter_mut()
                    .find(|(t, n)| *n > 0 && eq_exact(*t, *element))
            });
        match gone {
            Some((_, n)) => *n -= 1,
            None => kept.push(*element),
        }
    }
    kept
}
