//! Module `lists`: the functions that are worth a native loop. The rest is Erlang.

use crate::bifs::cx::LONG_STEPS;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Term, cmp, eq, eq_exact};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("lists", "reverse", 2, reverse),
    BifRow::new("lists", "member", 2, member),
    BifRow::new("lists", "keyfind", 3, keyfind),
    BifRow::new("lists", "keymember", 3, keymember),
    BifRow::new("lists", "keysearch", 3, keysearch),
    BifRow::new("erts_internal", "sort_list", 2, |cx, args| {
        sorted(cx, args, false)
    })
    .long_if(is_long_sort),
    BifRow::new("erts_internal", "usort_list", 2, |cx, args| {
        sorted(cx, args, true)
    })
    .long_if(is_long_sort),
];

fn reverse<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut result = args[1];
    let mut iter = args[0].iter_list();
    let mut count = 0i64;
    // A list that ends badly is found out before anything is built only by walking it twice; the second walk is the cheaper evil.
    for _ in iter.by_ref() {
        count += 1;
        if count % LONG_STEPS as i64 == 0 {
            cx.long(args)?;
        }
    }
    if !iter.tail().is_nil() {
        return Err(Raise::badarg());
    }
    for element in args[0].iter_list() {
        result = cx.heap().cons(element, result);
    }
    cx.bump(count / 20);
    Ok(result)
}

fn member<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut iter = args[1].iter_list();
    let mut count = 0i64;
    for element in iter.by_ref() {
        count += 1;
        if count % LONG_STEPS as i64 == 0 {
            cx.long(args)?;
        }
        if eq_exact(element, args[0]) {
            cx.bump(count / 20);
            return Ok(Term::bool(true));
        }
    }
    cx.bump(count / 20);
    if iter.tail().is_nil() {
        Ok(Term::bool(false))
    } else {
        Err(Raise::badarg())
    }
}

/// The first tuple whose `n`-th element equals the key; other elements are passed over.
fn find<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Option<Term<'h>>, Raise<'h>> {
    let n = args[1]
        .as_usize()
        .filter(|n| *n >= 1)
        .ok_or_else(Raise::badarg)?;
    let mut iter = args[2].iter_list();
    let mut count = 0i64;
    for element in iter.by_ref() {
        count += 1;
        if count % LONG_STEPS as i64 == 0 {
            cx.long(args)?;
        }
        if element
            .as_tuple()
            .and_then(|t| t.get(n - 1))
            .is_some_and(|k| eq(k, args[0]))
        {
            cx.bump(count / 20);
            return Ok(Some(element));
        }
    }
    cx.bump(count / 20);
    if iter.tail().is_nil() {
        Ok(None)
    } else {
        Err(Raise::badarg())
    }
}

fn keyfind<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(find(cx, args)?.unwrap_or_else(|| Term::bool(false)))
}

fn keymember<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(find(cx, args)?.is_some()))
}

fn keysearch<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(match find(cx, args)? {
        Some(found) => cx.heap().tuple(&[Term::atom(crate::atoms::VALUE), found]),
        None => Term::bool(false),
    })
}

/// So many elements are sorted on a scheduler: they take some hundred microseconds.
const LONG_SORT: usize = 2_500;

fn is_long_sort(args: &[Term<'_>]) -> bool {
    args[1].iter_list().nth(LONG_SORT).is_some() || weight::second(args)
}

/// `erts_internal:sort_list(N, List)`, `usort_list(N, List)`: in the order of the `N`-th elements, or of the elements themselves if `N` is 0. Of equal ones the first
/// stays in front, and is the only one to stay for `usort_list`. `false` for what cannot be sorted: the Erlang side knows the error.
fn sorted<'h>(cx: &Cx<'h>, args: &[Term<'h>], unique: bool) -> Result<Term<'h>, Raise<'h>> {
    let n = args[0].as_usize().ok_or_else(Raise::badarg)?;
    let mut iter = args[1].iter_list();
    let mut elements: Vec<Term<'h>> = iter.by_ref().collect();
    if !iter.tail().is_nil() {
        return Ok(Term::bool(false));
    }
    cx.bump(elements.len() as i64 / 4);
    if n == 0 {
        elements.sort_by(|a, b| cmp(cx.atoms(), *a, *b));
        if unique {
            elements.dedup_by(|b, a| eq(*a, *b));
        }
        return Ok(cx.heap().list(&elements));
    }
    let keyed: Option<Vec<_>> = elements
        .into_iter()
        .map(|e| Some((e.as_tuple()?.get(n - 1)?, e)))
        .collect();
    let Some(mut keyed) = keyed else {
        return Ok(Term::bool(false));
    };
    keyed.sort_by(|(a, _), (b, _)| cmp(cx.atoms(), *a, *b));
    if unique {
        keyed.dedup_by(|(b, _), (a, _)| eq(*a, *b));
    }
    let elements: Vec<Term<'h>> = keyed.into_iter().map(|(_, e)| e).collect();
    Ok(cx.heap().list(&elements))
}
