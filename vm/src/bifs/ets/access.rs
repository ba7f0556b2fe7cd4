//! From an argument to a table: by name or reference, with the rights that are needed.

use crate::atoms;
use crate::bifs::{Cx, Raise};
use crate::ets::{Access, Handle, Table, TableRef};
use crate::heap::{Kind, OwnedTerm, Term};

/// What a caller wants to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Look at objects.
    Read,
    /// Change objects.
    Write,
    /// What needs no right: `info`, `whereis`.
    Nothing,
    /// What only the owner may do.
    Own,
}

/// Finds a table without asking for rights.
pub fn find<'h>(cx: &Cx<'h>, t: Term<'h>) -> Option<TableRef> {
    let handle = match t.kind() {
        Kind::Atom(name) => Handle::Name(name),
        Kind::Ref(r) => Handle::Id(r.id()),
        _ => return None,
    };
    cx.vm().ets.find(handle)
}

/// Finds a table and checks rights; badarg (with its cause in the error information) otherwise.
pub fn table<'h>(cx: &Cx<'h>, t: Term<'h>, want: Want) -> Result<TableRef, Raise<'h>> {
    let Some(table) = find(cx, t) else {
        return Err(bad(atoms::ID));
    };
    let me = cx.process().pid;
    let allowed = table.owner() == me
        || match (want, table.options.access) {
            (Want::Nothing, _)
            | (Want::Read, Access::Public | Access::Protected)
            | (Want::Write, Access::Public) => true,
            (Want::Own | Want::Read | Want::Write, _) => false,
        };
    if allowed {
        Ok(table)
    } else {
        Err(bad(atoms::ACCESS))
    }
}

/// badarg with a cause that `erl_stdlib_errors` words.
pub fn bad<'h>(cause: atoms::Atom) -> Raise<'h> {
    Raise::badarg().with_info(atoms::ERL_STDLIB_ERRORS, Some(cause))
}

/// The table as programs see it: its name, or its reference.
pub fn handle<'h>(cx: &Cx<'h>, table: &Table) -> Term<'h> {
    if table.is_named() {
        Term::atom(table.name())
    } else {
        cx.heap().reference(table.id, None)
    }
}

/// An object for the table: a tuple with a key.
pub fn object<'h>(table: &Table, t: Term<'h>) -> Result<OwnedTerm, Raise<'h>> {
    match t.as_tuple() {
        Some(tuple) if tuple.len() >= table.options.keypos => Ok(OwnedTerm::new(t)),
        _ => Err(Raise::badarg()),
    }
}

/// `'$end_of_table'`.
pub fn end_of_table<'h>() -> Term<'h> {
    Term::atom(atoms::DOLLAR_END_OF_TABLE)
}
