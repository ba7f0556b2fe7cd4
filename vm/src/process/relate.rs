//! What a running process does to its ties: link, unlink, monitor, demonitor, alias, exit signals. The caller's half changes here at
//! once, the other half travels as a signal.

use super::ProcessBody;
use super::Signal;
use super::links::{AliasMode, Link, Monitor, Peer, Watched, Watcher};
use super::signal::ExitSignal;
use crate::atoms;
use crate::heap::{OwnedTerm, Pid, Term};
use crate::trace::points;
use crate::vm::Vm;

/// Links to a process or port. `false` if there is none and the caller does not trap exits (then `link/1` fails).
pub fn link(vm: &Vm, body: &ProcessBody, peer: Peer) -> bool {
    if peer == Peer::Process(body.pid) {
        return true;
    }
    let fresh = body.with_relations(|r| {
        let fresh = r.links.get(peer) != Some(&Link::Live);
        r.links.insert(peer, Link::Live);
        fresh
    });
    if !fresh {
        return true;
    }
    points::process_event(vm, body, atoms::LINK, peer.term());
    let signal = Signal::Link(Peer::Process(body.pid));
    let refused = match peer {
        Peer::Process(pid) => vm.signal(pid, signal).err(),
        Peer::Port(port) if crate::io::ports::is_open(vm, port) => {
            vm.signal_port(port, signal);
            None
        }
        Peer::Port(_) => Some(signal),
    };
    let Some(signal) = refused else { return true };
    if !body.traps_exits() {
        body.with_relations(|r| r.links.remove(peer));
        return false;
    }
    super::signal::refuse(vm, peer, signal);
    true
}

/// Removes a link; exit signals under way are swallowed until the other side has acknowledged.
pub fn unlink(vm: &Vm, body: &ProcessBody, peer: Peer) {
    points::process_event(vm, body, atoms::UNLINK, peer.term());
    let number = body.if_relations(|r| {
        if r.links.get(peer) != Some(&Link::Live) {
            return None;
        }
        r.unlinks += 1;
        let number = r.unlinks;
        r.links.insert(peer, Link::Unlinking(number));
        Some(number)
    });
    if let Some(number) = number {
        vm.send_to_peer(peer, Signal::Unlink(Peer::Process(body.pid), number));
    }
}

/// Sets a monitor under a fresh reference.
pub fn monitor(
    vm: &Vm,
    body: &ProcessBody,
    reference: u64,
    watched: Watched,
    tag: Option<OwnedTerm>,
    alias: Option<AliasMode>,
) {
    body.with_relations(|r| {
        r.monitors.insert(reference, Monitor { watched, tag });
        if let Some(mode) = alias {
            r.aliases.insert(reference, mode);
        }
    });
    let watcher = Watcher::Process(body.pid, None);
    match watched {
        Watched::Process(pid) | Watched::Name(_, Some(pid)) => {
            vm.send_signal(pid, Signal::Monitor(Box::new((reference, watcher))))
        }
        Watched::Port(port) | Watched::PortName(_, Some(port)) => {
            vm.signal_port(port, Signal::Monitor(Box::new((reference, watcher))))
        }
        Watched::Name(_, None) | Watched::PortName(_, None) => {
            vm.tell_watcher(reference, &watcher, &OwnedTerm::atom(atoms::NOPROC))
        }
        Watched::TimeOffset => {}
    }
}

/// Removes a monitor; answers whether there was one.
pub fn demonitor(vm: &Vm, body: &ProcessBody, reference: u64) -> bool {
    let monitor = body.if_relations(|r| {
        if matches!(
            r.aliases.get(reference),
            Some(AliasMode::Demonitor | AliasMode::Reply)
        ) {
            r.aliases.remove(reference);
        }
        r.monitors.remove(reference)
    });
    match monitor {
        Some(monitor) => {
            vm.stop_watching(reference, monitor.watched);
            true
        }
        None => false,
    }
}

/// `exit/2`.
pub fn send_exit(vm: &Vm, body: &ProcessBody, to: Pid, reason: Term<'_>) {
    let signal = ExitSignal {
        from: Peer::Process(body.pid),
        reason: OwnedTerm::new(reason),
        linked: false,
        carried: crate::trace::seq::Carried::Nothing,
    };
    let _gone = vm.signal(to, Signal::Exit(Box::new(signal)));
}
