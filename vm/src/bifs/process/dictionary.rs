//! `get`, `put`, `erase`, `get_keys`: the process dictionary.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Term, eq_exact};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "get", 0, get_all),
    BifRow::new("erlang", "get", 1, get),
    BifRow::new("erlang", "get_keys", 0, get_keys),
    BifRow::new("erlang", "get_keys", 1, get_keys_of),
    BifRow::new("erlang", "put", 2, put),
    BifRow::new("erlang", "erase", 0, erase_all),
    BifRow::new("erlang", "erase", 1, erase),
];

fn or_undefined<'h>(value: Option<Term<'h>>) -> Term<'h> {
    value.unwrap_or(Term::atom(atoms::UNDEFINED))
}

fn pairs<'h>(cx: &Cx<'h>) -> Term<'h> {
    let heap = cx.heap();
    let dict = cx.process().dict.borrow();
    heap.list_from(
        dict.iter(heap)
            .map(|(key, value)| heap.tuple(&[key, value])),
    )
}

fn get_all<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(pairs(cx))
}

fn get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(or_undefined(
        cx.process().dict.borrow().get(cx.heap(), args[0]),
    ))
}

fn get_keys<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    Ok(heap.list_from(cx.process().dict.borrow().iter(heap).map(|(key, _)| key)))
}

fn get_keys_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let dict = cx.process().dict.borrow();
    Ok(heap.list_from(
        dict.iter(heap)
            .filter(|(_, value)| eq_exact(*value, args[0]))
            .map(|(key, _)| key),
    ))
}

fn put<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(or_undefined(cx.process().dict.borrow_mut().put(
        cx.heap(),
        args[0],
        args[1],
    )))
}

fn erase_all<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let all = pairs(cx);
    cx.process().dict.borrow_mut().clear();
    Ok(all)
}

fn erase<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(or_undefined(
        cx.process().dict.borrow_mut().erase(cx.heap(), args[0]),
    ))
}
