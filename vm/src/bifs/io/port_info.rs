//! Questions about ports: `ports/0`, `port_info/1,2`.

use super::ports::named_port;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Port, Term};
use crate::io::ports::port::{Device, State};
use crate::process::links::{Peer, Watcher};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "ports", 0, ports),
    BifRow::new("erlang", "port_info", 1, port_info_1),
    BifRow::new("erlang", "port_info", 2, port_info_2),
];

type Answer<'h> = Result<Term<'h>, Raise<'h>>;

fn ports<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let all = cx.vm().io.ports.all();
    Ok(cx.heap().list_from(all.into_iter().map(Term::port)))
}

/// What `port_info/1` shows, in its order.
const COMMON: [&str; 7] = [
    "name",
    "links",
    "id",
    "connected",
    "input",
    "output",
    "os_pid",
];

fn item<'h>(cx: &Cx<'h>, state: &State, name: &str) -> Option<Term<'h>> {
    let heap = cx.heap();
    let undefined = Term::atom(atoms::UNDEFINED);
    let head = &state.head;
    Some(match name {
        "name" => heap.string(&head.name),
        "links" => heap.list_from(head.links.iter().map(|(peer, ())| peer.term())),
        "id" => heap.uint(head.id.number() * 8),
        "connected" => Term::pid(head.owner),
        "input" => heap.uint(head.input),
        "output" => heap.uint(head.output),
        "os_pid" => match &state.device {
            Device::Program(program) => program
                .os_pid
                .map_or(undefined, |pid| heap.int(i64::from(pid))),
            Device::Socket(_) | Device::Trace(_) | Device::Gone => undefined,
        },
        "monitors" => Term::NIL,
        "monitored_by" => {
            heap.list_from(
                head.watchers
                    .iter()
                    .filter_map(|(_, watcher)| match watcher {
                        Watcher::Process(pid, _) => Some(Term::pid(*pid)),
                        Watcher::Host(_) => None,
                    }),
            )
        }
        "queue_size" => heap.uint(state.device.queued() as u64),
        "memory" => heap.uint((size_of::<State>() + state.device.queued()) as u64),
        "locking" => cx.atom_term("port_level").ok()?,
        "parallelism" => Term::FALSE,
        _ => return None,
    })
}

fn pair<'h>(cx: &Cx<'h>, name: &str, value: Term<'h>) -> Answer<'h> {
    Ok(cx.heap().tuple(&[cx.atom_term(name)?, value]))
}

/// `port_info(Port) -> [{Item, Value}] | undefined`
fn port_info_1<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let port = asked(cx, args[0])?;
    let Some(cell) = port.and_then(|port| cx.vm().io.ports.find(port)) else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    let state = cell.state.lock();
    let mut list = Vec::new();
    if let Some(name) = cx.vm().registry.name_of(Peer::Port(cell.id)) {
        list.push(pair(cx, "registered_name", Term::atom(name))?);
    }
    for name in COMMON {
        if let Some(value) = item(cx, &state, name) {
            list.push(pair(cx, name, value)?);
        }
    }
    Ok(cx.heap().list(&list))
}

/// A name nobody has is as good as a port that is gone.
fn asked<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Option<Port>, Raise<'h>> {
    match term.as_atom() {
        Some(name) => Ok(match cx.vm().registry.whereis(name) {
            Some(Peer::Port(port)) => Some(port),
            Some(Peer::Process(_)) | None => None,
        }),
        None => named_port(cx, term).map(Some),
    }
}

/// `port_info(Port, Item) -> {Item, Value} | undefined | []`
fn port_info_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let name = args[1].as_atom().ok_or_else(Raise::badarg)?;
    let name = cx.atoms().text(name);
    let port = asked(cx, args[0])?;
    let cell = port.and_then(|port| cx.vm().io.ports.find(port));
    let known = COMMON.contains(&name)
        || [
            "registered_name",
            "monitors",
            "monitored_by",
            "queue_size",
            "memory",
            "locking",
            "parallelism",
        ]
        .contains(&name);
    if !known {
        return Err(Raise::badarg());
    }
    let Some(cell) = cell else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    if name == "registered_name" {
        return match cx.vm().registry.name_of(Peer::Port(cell.id)) {
            Some(found) => pair(cx, name, Term::atom(found)),
            None => Ok(Term::NIL),
        };
    }
    let state = cell.state.lock();
    let value = item(cx, &state, name).ok_or_else(Raise::badarg)?;
    pair(cx, name, value)
}
