//! Registered names: `register`, `unregister`, `whereis`, `registered`.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::process::links::Peer;

pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "register", 2, register),
    BifRow::new("erlang", "unregister", 1, unregister),
    BifRow::new("erlang", "whereis", 1, whereis),
    BifRow::new("erlang", "registered", 0, registered),
];

fn register<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0]
        .as_atom()
        .filter(|name| *name != atoms::UNDEFINED)
        .ok_or_else(Raise::badarg)?;
    let done = match args[1].kind() {
        Kind::Pid(pid) => cx.vm().register_process(name, pid),
        Kind::Port(port) => cx.vm().registry.register(name, Peer::Port(port), || {
            crate::io::ports::is_open(cx.vm(), port)
        }),
        _ => false,
    };
    if done {
        if args[1].as_pid() == Some(cx.process().pid) {
            crate::trace::points::process_event(cx.vm(), cx.process(), atoms::REGISTER, args[0]);
        }
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

fn unregister<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    cx.vm()
        .registry
        .unregister(name)
        .map(|_| Term::TRUE)
        .ok_or_else(Raise::badarg)
}

fn whereis<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    Ok(cx
        .vm()
        .registry
        .whereis(name)
        .map_or(Term::atom(atoms::UNDEFINED), Peer::term))
}

fn registered<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx
        .heap()
        .list_from(cx.vm().registry.all().into_iter().map(Term::atom)))
}
