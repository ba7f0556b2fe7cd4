//! Ports: external programs and drivers behind a port identifier.

use crate::atoms;
use crate::heap::{OwnedTerm, Pid, Port, Term};
use crate::process::Signal;
use crate::process::links::Peer;
use crate::process::signal::ExitSignal;
use crate::vm::Vm;

/// Signals a port. One that does not exist answers as a process that has ended.
pub fn signal(vm: &Vm, port: Port, signal: Signal) {
    match signal {
        Signal::Link(peer) => {
            let noproc = ExitSignal {
                from: Peer::Port(port),
                reason: OwnedTerm::atom(atoms::NOPROC),
                linked: true,
            };
            vm.send_to_peer(peer, Signal::Exit(Box::new(noproc)));
        }
        Signal::Unlink(peer, number) => {
            vm.send_to_peer(peer, Signal::UnlinkAck(Peer::Port(port), number))
        }
        Signal::Monitor(parts) => {
            vm.tell_watcher(parts.0, &parts.1, &OwnedTerm::atom(atoms::NOPROC))
        }
        Signal::Message(_)
        | Signal::Traced(_)
        | Signal::ToAlias(_)
        | Signal::Exit(_)
        | Signal::UnlinkAck(_, _)
        | Signal::Demonitor(_)
        | Signal::Down(_)
        | Signal::Timeout(_)
        | Signal::Errand(_)
        | Signal::Wake => {}
    }
}

/// Whether the port exists.
pub fn is_open(_vm: &Vm, _port: Port) -> bool {
    false
}

/// A message to a port: a command. Ports that do not exist ignore it.
pub fn message(_vm: &Vm, _from: Pid, _port: Port, _message: Term<'_>) {}

/// `exit/2` to a port.
pub fn exit(_vm: &Vm, _from: Pid, _port: Port, _reason: Term<'_>) {}

/// A trace message for a port that writes records. `false`: there is no such port.
pub fn trace_record(_vm: &Vm, _port: Port, _message: OwnedTerm) -> bool {
    false
}
