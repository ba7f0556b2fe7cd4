//! Sending: `!`, `send/2,3`, `send_nosuspend`. Nothing suspends here: there are no busy ports of other nodes.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Pid, Term};
use crate::process::links::Peer;
use crate::process::{ProcessBody, Signal};
use crate::trace::seq::Cargo;
use crate::trace::{flags, scope, seq};
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "!", 2, send_2),
    BifRow::new("erlang", "send", 2, send_2),
    BifRow::new("erlang", "send", 3, send_3),
    BifRow::new("erlang", "send_nosuspend", 2, send_nosuspend),
    BifRow::new("erlang", "send_nosuspend", 3, |cx, args| {
        check_options(args[2])?;
        send_nosuspend(cx, args)
    }),
];

/// The destination is no destination, or a name nobody has.
pub struct BadDestination;

/// Sends a copy of `message` to a pid, port, alias, name or `{Name, Node}`.
pub fn send(
    vm: &Vm,
    body: &ProcessBody,
    to: Term<'_>,
    message: Term<'_>,
) -> Result<(), BadDestination> {
    if body.trace_flags.get() & flags::SEND != 0 {
        crate::trace::points::sent(vm, body, to, message, exists(vm, to));
    }
    match to.kind() {
        Kind::Pid(pid) => to_process(vm, body, pid, to, message),
        Kind::Atom(name) => to_peer(
            vm,
            body,
            vm.registry.whereis(name).ok_or(BadDestination)?,
            message,
        ),
        Kind::Port(port) => to_peer(vm, body, Peer::Port(port), message),
        Kind::Ref(reference) => {
            if let Some(pid) = reference.alias_of() {
                let carried = carried(vm, body, to, Some(pid), message).into();
                let message = OwnedTerm::new(message);
                let parts = Box::new((reference.id().0, message, carried, body.pid));
                let _gone = vm.signal(pid, Signal::ToAlias(parts));
            }
        }
        Kind::Tuple(tuple) if tuple.len() == 2 => {
            let part = |i: usize| tuple.get(i).and_then(Term::as_atom).ok_or(BadDestination);
            let (name, node) = (part(0)?, part(1)?);
            if vm.atoms().text(node) == vm.options.node
                && let Some(peer) = vm.registry.whereis(name)
            {
                to_peer(vm, body, peer, message);
            }
        }
        _ => return Err(BadDestination),
    }
    Ok(())
}

/// Is there a process behind a pid? Names are reported as they are.
fn exists(vm: &Vm, to: Term<'_>) -> bool {
    to.as_pid().is_none_or(|pid| vm.processes.is_alive(pid))
}

fn to_peer(vm: &Vm, body: &ProcessBody, peer: Peer, message: Term<'_>) {
    match peer {
        Peer::Process(pid) => to_process(vm, body, pid, Term::pid(pid), message),
        Peer::Port(port) => {
            let _no_token_in_ports = carried(vm, body, Term::port(port), None, message);
            crate::io::ports::message(vm, body.pid, port, message);
        }
    }
}

/// What goes with a message: the sender's token and its requests.
#[inline]
fn carried(
    vm: &Vm,
    body: &ProcessBody,
    to: Term<'_>,
    receiver: Option<Pid>,
    message: Term<'_>,
) -> Option<Box<Cargo>> {
    match body.trace_flags.get() & (flags::TOKEN | flags::REQUEST) {
        0 => None,
        bits => packed(vm, body, bits, to, receiver, message),
    }
}

#[cold]
fn packed(
    vm: &Vm,
    body: &ProcessBody,
    bits: u32,
    to: Term<'_>,
    receiver: Option<Pid>,
    message: Term<'_>,
) -> Option<Box<Cargo>> {
    let token = match bits & flags::TOKEN {
        0 => None,
        _ => seq::leaves(vm, body, to, receiver, message).map(|token| *token),
    };
    let requests = scope::carried(body);
    (token.is_some() || !requests.is_empty()).then(|| Box::new(Cargo { token, requests }))
}

fn to_process(vm: &Vm, body: &ProcessBody, pid: Pid, to: Term<'_>, message: Term<'_>) {
    match carried(vm, body, to, Some(pid), message) {
        None => vm.send_plain(body.pid, pid, message),
        Some(cargo) => {
            let tagged = Box::new((OwnedTerm::new(message), *cargo, body.pid));
            let _gone = vm.signal(pid, Signal::Tagged(tagged));
        }
    }
}

fn send_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    send(cx.vm(), cx.process(), args[0], args[1]).map_err(|_| Raise::badarg())?;
    Ok(args[1])
}

fn check_options<'h>(list: Term<'h>) -> Result<(), Raise<'h>> {
    let mut options = list.iter_list();
    let known = options
        .by_ref()
        .all(|option| option.is_atom(atoms::NOSUSPEND) || option.is_atom(atoms::NOCONNECT));
    match known && options.tail().is_nil() {
        true => Ok(()),
        false => Err(Raise::badarg()),
    }
}

fn send_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    check_options(args[2])?;
    send(cx.vm(), cx.process(), args[0], args[1]).map_err(|_| Raise::badarg())?;
    let unconnected =
        args[2].iter_list().any(|o| o.is_atom(atoms::NOCONNECT)) && leaves(cx, args[0]);
    Ok(Term::atom(if unconnected {
        atoms::NOCONNECT
    } else {
        atoms::OK
    }))
}

/// Is it a name on another node?
fn leaves(cx: &Cx<'_>, to: Term<'_>) -> bool {
    let node = to.as_tuple().and_then(|to| to.get(1)?.as_atom());
    node.is_some_and(|node| cx.atoms().text(node) != cx.vm().options.node)
}

fn send_nosuspend<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    send(cx.vm(), cx.process(), args[0], args[1]).map_err(|_| Raise::badarg())?;
    Ok(Term::TRUE)
}
