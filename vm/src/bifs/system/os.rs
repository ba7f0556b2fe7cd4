//! The operating system around the VM: environment, process id.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::io::signals::Disposition;
use crate::io::text::{chars_of, text_of};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("os", "getenv", 0, getenv_all),
    BifRow::new("os", "getenv", 1, getenv),
    BifRow::new("os", "getenv", 2, getenv),
    BifRow::new("os", "env", 0, env),
    BifRow::new("os", "putenv", 2, putenv),
    BifRow::new("os", "unsetenv", 1, unsetenv),
    BifRow::new("os", "getpid", 0, getpid),
    BifRow::new("erts_internal", "set_signal", 2, set_signal),
];

/// A list of characters without a zero.
fn characters<'h>(term: Term<'h>) -> Result<String, Raise<'h>> {
    match term.kind() {
        Kind::Nil | Kind::Cons(_) => text_of(term),
        _ => None,
    }
    .filter(|text| !text.contains('\0'))
    .ok_or_else(Raise::badarg)
}

/// A variable's name: no `=`, no zero.
fn name<'h>(term: Term<'h>) -> Result<String, Raise<'h>> {
    let name = characters(term)?;
    if name.contains('=') {
        return Err(Raise::badarg());
    }
    Ok(name)
}

fn getenv_all<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let all = cx.vm().io.environment.all();
    Ok(cx.heap().list_from(
        all.into_iter()
            .map(|(key, value)| chars_of(cx.heap(), &format!("{key}={value}"))),
    ))
}

fn env<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let all = cx.vm().io.environment.all();
    Ok(heap.list_from(
        all.into_iter()
            .map(|(key, value)| heap.tuple(&[chars_of(heap, &key), chars_of(heap, &value)])),
    ))
}

fn getenv<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = cx.vm().io.environment.get(&name(args[0])?);
    Ok(match (found, args.get(1)) {
        (Some(value), _) => chars_of(cx.heap(), &value),
        (None, Some(default)) => *default,
        (None, None) => Term::FALSE,
    })
}

fn putenv<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let value = characters(args[1])?;
    let name = name(args[0])?;
    // A variable without a name is nothing, and no error in OTP.
    if !name.is_empty() {
        cx.vm().io.environment.set(name, value);
    }
    Ok(Term::TRUE)
}

fn unsetenv<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.vm().io.environment.unset(&name(args[0])?);
    Ok(Term::TRUE)
}

fn getpid<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().string(&std::process::id().to_string()))
}

/// `set_signal(Signal, default | ignore | handle) -> ok`
fn set_signal<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let word = |term: Term<'h>| {
        term.as_atom()
            .map(|name| cx.atoms().text(name))
            .ok_or_else(Raise::badarg)
    };
    let how = match word(args[1])? {
        "default" => Disposition::Default,
        "ignore" => Disposition::Ignore,
        "handle" => Disposition::Handle,
        _ => return Err(Raise::badarg()),
    };
    if cx.vm().io.signals.set(word(args[0])?, how) {
        Ok(cx.atom_term("ok")?)
    } else {
        Err(Raise::badarg())
    }
}
