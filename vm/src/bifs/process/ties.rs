//! Links, monitors, aliases, exit signals.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, RefId, Term};
use crate::process::links::{AliasMode, Peer, Watched};
use crate::process::{Signal, relate};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "link", 1, link),
    BifRow::new("erlang", "unlink", 1, unlink),
    BifRow::new("erlang", "monitor", 2, monitor_2),
    BifRow::new("erlang", "monitor", 3, monitor_3),
    BifRow::new("erlang", "demonitor", 1, demonitor_1),
    BifRow::new("erlang", "demonitor", 2, demonitor_2),
    BifRow::new("erlang", "alias", 0, alias_0),
    BifRow::new("erlang", "alias", 1, alias_1),
    BifRow::new("erlang", "unalias", 1, unalias),
    BifRow::new("erlang", "exit", 2, exit_2),
    BifRow::new("erts_internal", "kill", 2, kill),
];

fn peer<'h>(term: Term<'h>) -> Result<Peer, Raise<'h>> {
    match term.kind() {
        Kind::Pid(pid) => Ok(Peer::Process(pid)),
        Kind::Port(port) => Ok(Peer::Port(port)),
        _ => Err(Raise::badarg()),
    }
}

fn link<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let peer = peer(args[0])?;
    if relate::link(cx.vm(), cx.process(), peer) {
        Ok(Term::TRUE)
    } else {
        Err(Raise::noproc())
    }
}

fn unlink<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    relate::unlink(cx.vm(), cx.process(), peer(args[0])?);
    Ok(Term::TRUE)
}

/// An alias option.
pub fn alias_mode(option: Term<'_>) -> Option<AliasMode> {
    match option.as_atom()? {
        atoms::EXPLICIT_UNALIAS => Some(AliasMode::Explicit),
        atoms::DEMONITOR => Some(AliasMode::Demonitor),
        atoms::REPLY_DEMONITOR => Some(AliasMode::Reply),
        _ => None,
    }
}

/// Options of `monitor/3` and of the `monitor` spawn option.
#[derive(Default)]
pub struct MonitorOptions {
    pub alias: Option<AliasMode>,
    pub tag: Option<OwnedTerm>,
}

/// Reads them; `None` for anything else.
pub fn monitor_options(list: Term<'_>) -> Option<MonitorOptions> {
    let mut options = MonitorOptions::default();
    let mut items = list.iter_list();
    for item in items.by_ref() {
        let tuple = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
        let (key, value) = (tuple.get(0)?.as_atom()?, tuple.get(1)?);
        match key {
            atoms::ALIAS => options.alias = Some(alias_mode(value)?),
            atoms::TAG => options.tag = Some(OwnedTerm::new(value)),
            _ => return None,
        }
    }
    items.tail().is_nil().then_some(options)
}

fn watched<'h>(cx: &Cx<'h>, kind: Term<'h>, what: Term<'h>) -> Result<Watched, Raise<'h>> {
    let vm = cx.vm();
    let named = |name| match vm.registry.whereis(name) {
        Some(Peer::Process(pid)) => Watched::Name(name, Some(pid)),
        Some(Peer::Port(_)) | None => Watched::Name(name, None),
    };
    let named_port = |name| match vm.registry.whereis(name) {
        Some(Peer::Port(port)) => Watched::PortName(name, Some(port)),
        Some(Peer::Process(_)) | None => Watched::PortName(name, None),
    };
    match (kind.as_atom(), what.kind()) {
        (Some(atoms::PROCESS), Kind::Pid(pid)) => Ok(Watched::Process(pid)),
        (Some(atoms::PROCESS), Kind::Atom(name)) => Ok(named(name)),
        (Some(atoms::PORT), Kind::Atom(name)) => Ok(named_port(name)),
        (Some(kind @ (atoms::PROCESS | atoms::PORT)), Kind::Tuple(tuple)) if tuple.len() == 2 => {
            let part = |i: usize| {
                tuple
                    .get(i)
                    .and_then(Term::as_atom)
                    .ok_or_else(Raise::badarg)
            };
            let (name, node) = (part(0)?, part(1)?);
            if cx.atoms().text(node) != vm.options.node {
                Err(Raise::badarg())
            } else if kind == atoms::PORT {
                Ok(named_port(name))
            } else {
                Ok(named(name))
            }
        }
        (Some(atoms::PORT), Kind::Port(port)) => Ok(Watched::Port(port)),
        (Some(atoms::TIME_OFFSET), Kind::Atom(atoms::CLOCK_SERVICE)) => Ok(Watched::TimeOffset),
        _ => Err(Raise::badarg()),
    }
}

fn set_monitor<'h>(
    cx: &Cx<'h>,
    kind: Term<'h>,
    what: Term<'h>,
    options: MonitorOptions,
) -> Result<Term<'h>, Raise<'h>> {
    let watched = watched(cx, kind, what)?;
    let (heap, body) = (cx.heap(), cx.process());
    let id = heap.env().fresh_ref();
    // A process that monitors itself gets a reference and never a message.
    if watched != Watched::Process(body.pid) || options.alias.is_some() {
        relate::monitor(cx.vm(), body, id.0, watched, options.tag, options.alias);
    }
    Ok(heap.reference(id, options.alias.map(|_| body.pid)))
}

fn monitor_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    set_monitor(cx, args[0], args[1], MonitorOptions::default())
}

fn monitor_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let options = monitor_options(args[2]).ok_or_else(Raise::badarg)?;
    set_monitor(cx, args[0], args[1], options)
}

fn demonitor_1<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let reference = args[0].as_ref().ok_or_else(Raise::badarg)?;
    relate::demonitor(cx.vm(), cx.process(), reference.id().0);
    Ok(Term::TRUE)
}

fn demonitor_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let reference = args[0].as_ref().ok_or_else(Raise::badarg)?;
    let (mut flush, mut info) = (false, false);
    let mut options = args[1].iter_list();
    for option in options.by_ref() {
        match option.as_atom() {
            Some(atoms::FLUSH) => flush = true,
            Some(atoms::INFO) => info = true,
            _ => return Err(Raise::badarg()),
        }
    }
    if !options.tail().is_nil() {
        return Err(Raise::badarg());
    }
    let id = reference.id();
    let found = relate::demonitor(cx.vm(), cx.process(), id.0);
    if flush && !found {
        flush_down(cx, id);
    }
    Ok(Term::bool(found || !info))
}

/// Removes the down message of a monitor that fired before.
fn flush_down(cx: &Cx<'_>, id: RefId) {
    let is_down = |message: Term<'_>| {
        message.as_tuple().is_some_and(|tuple| {
            tuple.len() == 5
                && tuple
                    .get(1)
                    .and_then(Term::as_ref)
                    .is_some_and(|reference| reference.id() == id)
        })
    };
    let _found = cx
        .process()
        .mailbox
        .borrow_mut()
        .flush_first(cx.heap(), is_down);
}

fn alias_0<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(make_alias(cx, AliasMode::Explicit))
}

fn alias_1<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut mode = AliasMode::Explicit;
    let mut options = args[0].iter_list();
    for option in options.by_ref() {
        mode = match option.as_atom() {
            Some(atoms::EXPLICIT_UNALIAS) => AliasMode::Explicit,
            Some(atoms::REPLY) => AliasMode::Reply,
            _ => return Err(Raise::badarg()),
        };
    }
    if options.tail().is_nil() {
        Ok(make_alias(cx, mode))
    } else {
        Err(Raise::badarg())
    }
}

fn make_alias<'h>(cx: &Cx<'h>, mode: AliasMode) -> Term<'h> {
    let (heap, body) = (cx.heap(), cx.process());
    let id = heap.env().fresh_ref();
    body.with_relations(|r| r.aliases.insert(id.0, mode));
    heap.reference(id, Some(body.pid))
}

fn unalias<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let reference = args[0].as_ref().ok_or_else(Raise::badarg)?;
    let id = reference.id().0;
    Ok(Term::bool(
        cx.process()
            .if_relations(|r| r.aliases.remove(id).is_some()),
    ))
}

/// `kill(Pid, Reason)`: what `exit(Pid, kill)` is, with a reason that says why.
fn kill<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let signal = Signal::Kill(Box::new(OwnedTerm::new(args[1])));
    let _gone = cx.vm().signal(pid, signal);
    match pid == cx.process().pid {
        true => Err(Raise::signals(Term::TRUE)),
        false => Ok(Term::TRUE),
    }
}

fn exit_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let body = cx.process();
    match args[0].kind() {
        Kind::Pid(pid) => {
            relate::send_exit(cx.vm(), body, pid, args[1]);
            // A process that signals itself sees the effect before it goes on.
            if pid == body.pid {
                Err(Raise::signals(Term::TRUE))
            } else {
                Ok(Term::TRUE)
            }
        }
        Kind::Port(port) => {
            crate::io::ports::exit(cx.vm(), body.pid, port, args[1]);
            Ok(Term::TRUE)
        }
        Kind::Ref(reference) if reference.alias_of().is_some() => Err(Raise::badarg()),
        _ => Err(Raise::badarg()),
    }
}
