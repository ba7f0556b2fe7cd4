//! Signals and messages to ports: links, monitors, exit signals, `Port ! {Owner, {command, Data}}`.

use super::observer::PortEvent;
use super::port::{Device, State};
use crate::atoms;
use crate::heap::{OwnedTerm, Pid, Port, Term};
use crate::process::Signal;
use crate::process::links::Peer;
use crate::process::signal::{ExitSignal, refuse};
use crate::trace::seq::Carried;
use crate::vm::Vm;

/// Signals a port. One that does not exist answers as a process that has ended.
pub fn signal(vm: &Vm, port: Port, signal: Signal) {
    let Some(cell) = vm.io.ports.find(port) else {
        return refuse(vm, Peer::Port(port), signal);
    };
    let mut state = cell.state.lock();
    if !state.head.open {
        drop(state);
        return refuse(vm, Peer::Port(port), signal);
    }
    match signal {
        Signal::Link(peer) => {
            state.head.links.insert(peer, ());
            if let Peer::Process(pid) = peer {
                vm.io.ports.tell(vm, port, PortEvent::Linked(pid));
            }
        }
        Signal::Unlink(peer, number) => {
            state.head.links.remove(peer);
            drop(state);
            vm.send_to_peer(peer, Signal::UnlinkAck(Peer::Port(port), number));
            if let Peer::Process(pid) = peer {
                vm.io.ports.tell(vm, port, PortEvent::Unlinked(pid));
            }
        }
        Signal::Monitor(parts) => state.head.watchers.insert(parts.0, parts.1),
        Signal::Demonitor(reference) => {
            state.head.watchers.remove(reference);
        }
        Signal::Exit(signal) => exit_signal(vm, state, *signal),
        // A timer's message, or one through a name: not a command of the owner's own hand.
        Signal::Message(_)
        | Signal::Sent(_, _)
        | Signal::Tagged(_)
        | Signal::Traced(_)
        | Signal::ToAlias(_)
        | Signal::Kill(_)
        | Signal::UnlinkAck(_, _)
        | Signal::Down(_)
        | Signal::Timeout(_)
        | Signal::Errand(_)
        | Signal::Wake => {}
    }
}

/// An owner's end closes its port whatever the reason; of others a normal end means nothing.
fn exit_signal(vm: &Vm, mut state: parking_lot::MutexGuard<'_, State>, signal: ExitSignal) {
    if signal.linked && state.head.links.remove(signal.from).is_none() {
        return;
    }
    let by_owner = signal.from == Peer::Process(state.head.owner);
    let reason = if !signal.linked && signal.reason.term().is_atom(atoms::KILL) {
        OwnedTerm::atom(atoms::KILLED)
    } else {
        signal.reason
    };
    if by_owner || !reason.term().is_atom(atoms::NORMAL) {
        if let Peer::Process(from) = signal.from {
            let id = state.head.id;
            vm.io.ports.tell(vm, id, PortEvent::AskedToClose(from));
        }
        vm.close_port(state, &reason);
    }
}

/// Whether the port exists.
pub fn is_open(vm: &Vm, port: Port) -> bool {
    vm.io.ports.find(port).is_some()
}

/// `exit/2` to a port.
pub fn exit(vm: &Vm, from: Pid, port: Port, reason: Term<'_>) {
    let exit = ExitSignal {
        from: Peer::Process(from),
        reason: OwnedTerm::new(reason),
        linked: false,
        carried: Carried::Nothing,
    };
    signal(vm, port, Signal::Exit(Box::new(exit)));
}

/// What a message to a port says.
enum Command<'t> {
    Output(Term<'t>),
    Close,
    Connect(Pid),
}

fn command<'t>(message: Term<'t>) -> Option<(Pid, Command<'t>)> {
    let pair = message.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let from = pair.get(0)?.as_pid()?;
    let what = pair.get(1)?;
    if what.is_atom(atoms::CLOSE) {
        return Some((from, Command::Close));
    }
    let pair = what.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let (tag, value) = (pair.get(0)?.as_atom()?, pair.get(1)?);
    match tag {
        atoms::COMMAND => Some((from, Command::Output(value))),
        atoms::CONNECT => value.as_pid().map(|pid| (from, Command::Connect(pid))),
        _ => None,
    }
}

/// A message to a port: a command of its owner. Anything else is answered by an exit signal `badsig` to the owner.
pub fn message(vm: &Vm, from: Pid, port: Port, message: Term<'_>) {
    let Some(cell) = vm.io.ports.find(port) else {
        return;
    };
    let state = cell.state.lock();
    let owner = state.head.owner;
    let done = match command(message) {
        Some((claimed, _)) if claimed != owner => false,
        Some((_, Command::Output(data))) => output(vm, from, state, data),
        Some((_, Command::Close)) => {
            vm.io.ports.tell(vm, port, PortEvent::AskedToClose(from));
            vm.close_port(state, &OwnedTerm::atom(atoms::NORMAL));
            tell(vm, port, owner, atoms::CLOSED);
            true
        }
        Some((_, Command::Connect(pid))) => {
            drop(state);
            let connected = connect(vm, from, port, pid);
            if connected {
                tell(vm, port, owner, atoms::CONNECTED);
            }
            connected
        }
        None => false,
    };
    if !done {
        let badsig = ExitSignal {
            from: Peer::Port(port),
            reason: OwnedTerm::atom(atoms::BADSIG),
            linked: false,
            carried: Carried::Nothing,
        };
        let _gone = vm.signal(owner, Signal::Exit(Box::new(badsig)));
    }
}

/// `{Port, What}` to the owner.
fn tell(vm: &Vm, port: Port, owner: Pid, what: atoms::Atom) {
    let heap = crate::heap::Heap::new(&vm.env, crate::heap::HeapOptions::default());
    vm.send_message(owner, heap.tuple(&[Term::port(port), Term::atom(what)]));
}

/// Queues output without waiting; `false` if the data are no iodata.
fn output(
    vm: &Vm,
    from: Pid,
    mut state: parking_lot::MutexGuard<'_, State>,
    data: Term<'_>,
) -> bool {
    let Some(bytes) = crate::bifs::io::streams::iodata(data) else {
        return false;
    };
    let id = state.head.id;
    vm.io.ports.tell(vm, id, PortEvent::Received(from, &bytes));
    let State { head, device } = &mut *state;
    match device {
        Device::Socket(socket) => {
            let outcome = socket.push(vm, head, &bytes);
            socket.reply_to_command(vm, head, from, outcome);
        }
        Device::Program(program) => {
            let after = program.push(vm, head, bytes);
            vm.settle_here(state, after);
        }
        Device::Trace(_) | Device::Gone => {}
    }
    true
}

/// Gives the port another owner and links it to the port; the old owner's link stays. `false` if there is no such port or process.
pub fn connect(vm: &Vm, from: Pid, port: Port, pid: Pid) -> bool {
    let alive = vm.processes.is_alive(pid);
    let Some(cell) = vm.io.ports.find(port).filter(|_| alive) else {
        return false;
    };
    let mut state = cell.state.lock();
    if !state.head.open {
        return false;
    }
    state.head.owner = pid;
    let fresh = state.head.links.get(Peer::Process(pid)).is_none();
    state.head.links.insert(Peer::Process(pid), ());
    drop(state);
    vm.io.ports.tell(vm, port, PortEvent::Connected(from, pid));
    if fresh {
        vm.send_signal(pid, Signal::Link(Peer::Port(port)));
    }
    true
}

/// Unwritten bytes of trace messages that a port of another kind may have.
const TRACE_QUEUE: usize = 8 << 20;

/// A trace message for a port: a record, or for a program or socket its external form as it is. `false`: there is no such port.
pub fn trace_record(vm: &Vm, port: Port, message: &OwnedTerm) -> bool {
    let Some(cell) = vm.io.ports.find(port) else {
        return false;
    };
    let mut state = cell.state.lock();
    let writer = match &state.device {
        Device::Trace(writer) => Some(std::sync::Arc::clone(writer)),
        Device::Socket(_) | Device::Program(_) | Device::Gone => None,
    };
    if let Some(writer) = writer {
        drop(state);
        return writer.record(vm, message);
    }
    if state.device.queued() > TRACE_QUEUE {
        return true;
    }
    let options = crate::etf::EncodeOptions::default();
    let bytes = crate::etf::encode(vm.atoms(), message.term(), options);
    let State { head, device } = &mut *state;
    match device {
        Device::Socket(socket) => {
            let _a_closed_socket_says_so_itself = socket.push(vm, head, &bytes);
        }
        Device::Program(program) => {
            let after = program.push(vm, head, bytes);
            vm.settle_here(state, after);
        }
        Device::Trace(_) | Device::Gone => {}
    }
    true
}
