//! Registered names: `register`, `unregister`, `whereis`, `registered`.

use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Pid, Port, Term};
use crate::process::Signal;
use crate::process::links::Peer;
use transom_tracer::event::Kind as Event;

/// See [`crate::bifs`].
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
        match args[1].kind() {
            Kind::Pid(pid) => told(cx, pid, atoms::REGISTER, name),
            Kind::Port(port) => port_told(cx, port, Event::Register, name),
            _ => {}
        }
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

fn unregister<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let peer = cx.vm().registry.unregister(name);
    match peer.ok_or_else(Raise::badarg)? {
        Peer::Process(pid) => told(cx, pid, atoms::UNREGISTER, name),
        Peer::Port(port) => port_told(cx, port, Event::Unregister, name),
    }
    Ok(Term::TRUE)
}

fn port_told(cx: &Cx<'_>, port: Port, event: Event, name: Atom) {
    cx.vm().tracing.ports.named(cx.vm(), port, event, name);
}

/// The event is one of the process that has the name, whoever gave it.
fn told(cx: &Cx<'_>, pid: Pid, tag: Atom, name: Atom) {
    use crate::trace::points::process_event;
    if pid == cx.process().pid {
        process_event(cx.vm(), cx.process(), tag, Term::atom(name));
    } else if cx.vm().tracing.is_used() {
        let errand = Signal::Errand(Box::new(move |vm, _, body| {
            process_event(vm, body, tag, Term::atom(name));
        }));
        let _gone = cx.vm().signal(pid, errand);
    }
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
