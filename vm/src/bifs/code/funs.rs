//! `fun_info` and `make_fun`.

use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Fun, Term};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "fun_info", 1, fun_info),
    BifRow::new("erlang", "fun_info", 2, fun_info_item),
    BifRow::new("erlang", "make_fun", 3, make_fun),
];

const LOCAL: &[Atom] = &[
    atoms::PID,
    atoms::MODULE,
    atoms::NEW_INDEX,
    atoms::NEW_UNIQ,
    atoms::INDEX,
    atoms::UNIQ,
    atoms::NAME,
    atoms::ARITY,
    atoms::ENV,
    atoms::TYPE,
];
const EXTERNAL: &[Atom] = &[
    atoms::MODULE,
    atoms::NAME,
    atoms::ARITY,
    atoms::ENV,
    atoms::TYPE,
];

fn fun_arg<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Fun<'h>, Raise<'h>> {
    t.as_fun().ok_or_else(|| badarg(cx))
}

fn fun_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let fun = fun_arg(cx, args[0])?;
    let items = if fun.is_external() { EXTERNAL } else { LOCAL };
    let pairs: Vec<Term<'h>> = items
        .iter()
        .map(|k| cx.heap().tuple(&[Term::atom(*k), item(cx, fun, *k)]))
        .collect();
    Ok(cx.heap().list(&pairs))
}

fn fun_info_item<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let fun = fun_arg(cx, args[0])?;
    let key = args[1]
        .as_atom()
        .filter(|k| LOCAL.contains(k))
        .ok_or_else(|| badarg(cx))?;
    Ok(cx.heap().tuple(&[Term::atom(key), item(cx, fun, key)]))
}

fn item<'h>(cx: &Cx<'h>, fun: Fun<'h>, key: Atom) -> Term<'h> {
    let heap = cx.heap();
    let undefined = Term::atom(atoms::UNDEFINED);
    let info = fun.info();
    match key {
        atoms::MODULE => Term::atom(fun.module()),
        atoms::ARITY => heap.int(i64::from(fun.arity())),
        atoms::ENV => heap.list_from(info.iter().flat_map(|_| fun.free())),
        atoms::TYPE => Term::atom(if fun.is_external() {
            atoms::EXTERNAL
        } else {
            atoms::LOCAL
        }),
        atoms::NAME => match (fun.export(), info) {
            (Some((_, name)), _) => Term::atom(name),
            // The name of a fun whose code is gone is gone with it.
            (None, Some(info)) if info.code() != 0 => Term::atom(info.function),
            (None, _) => Term::NIL,
        },
        atoms::PID => fun
            .creator()
            .filter(|_| info.is_some())
            .map_or(undefined, Term::pid),
        atoms::INDEX | atoms::NEW_INDEX => info.map_or(undefined, |i| heap.int(i64::from(i.index))),
        atoms::UNIQ => info.map_or(undefined, |i| heap.int(i64::from(i.old_uniq))),
        atoms::NEW_UNIQ => info.map_or(undefined, |i| heap.binary(&i.uniq)),
        _ => undefined,
    }
}

fn make_fun<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (module, name) = (atom_arg(cx, args[0])?, atom_arg(cx, args[1])?);
    let arity = args[2]
        .as_small()
        .and_then(|a| u8::try_from(a).ok())
        .ok_or_else(|| badarg(cx))?;
    let cell = cx.vm().code().cells().ensure(module, name, arity);
    Ok(cx.heap().export_fun(module, name, arity, cell.word()))
}
