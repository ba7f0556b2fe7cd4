//! Signals: how processes affect each other, and what their receiver does with them.
//!
//! All kinds travel through one inbox, so that the order between two processes holds. The receiver (whoever holds its run right) sorts them at slice
//! start and when a receive runs dry: messages go to the mailbox, the rest is acted upon at once. A signal to a process that has
//! ended is refused: the sender does for it what a process that does not exist would answer.

use super::body::process_flag::{TRAP_EXIT, WAITING_IN_BIF};
use super::links::{AliasMode, Link, Monitor, Peer, Watched, Watcher};
use super::mailbox::{Entry, Place, Tagged};
use super::{Ending, Process, ProcessBody};
use crate::atoms::{self, Atom};
use crate::heap::{OwnedTerm, Pid, RefId, Term};
use crate::sync::rooted::Rooted;
use crate::trace::points;
use crate::trace::seq::{Cargo, Carried};
use crate::trace::tracer::Charge;
use crate::vm::Vm;

/// Work done by the receiver on itself.
pub type Errand = Box<dyn FnOnce(&Vm, &Process, &mut ProcessBody) + Send>;

/// One signal.
pub enum Signal {
    /// A message that the VM made: of a timer, a monitor, a port, an answer.
    Message(OwnedTerm),
    /// A message that this process sent.
    Sent(OwnedTerm, Pid),
    /// The same by a process that takes part in a sequential trace, or works for a request of a scoped one.
    Tagged(Box<(OwnedTerm, Cargo, Pid)>),
    /// A trace message: charged to what its reader may leave unread, and never an event itself.
    Traced(Box<(Place, Charge)>),
    /// A message of this process to an alias: dropped unless the alias is active.
    ToAlias(Box<(u64, OwnedTerm, Carried, Pid)>),
    Exit(Box<ExitSignal>),
    /// The process ends with this reason, whatever it traps: what `kill` is, with words.
    Kill(Box<OwnedTerm>),
    Link(Peer),
    Unlink(Peer, u64),
    UnlinkAck(Peer, u64),
    Monitor(Box<(u64, Watcher)>),
    Demonitor(u64),
    Down(Box<DownSignal>),
    /// The receive timer with this number ran out.
    Timeout(u64),
    Errand(Errand),
    /// Look again at what you wait for.
    Wake,
}

/// An exit signal.
pub struct ExitSignal {
    pub from: Peer,
    pub reason: OwnedTerm,
    /// Sent because of a link (else by `exit/2`).
    pub linked: bool,
    /// What it says to the token of a receiver that makes a message of it.
    pub carried: Carried,
}

/// A monitored thing is gone.
pub struct DownSignal {
    pub reference: u64,
    pub reason: OwnedTerm,
}

impl Peer {
    /// The process or port as a term.
    pub fn term<'h>(self) -> Term<'h> {
        match self {
            Peer::Process(pid) => Term::pid(pid),
            Peer::Port(port) => Term::port(port),
        }
    }
}

/// Takes the inbox and acts on it. `Some` when the process ends; everything behind the signal that ended it was refused.
pub fn handle(vm: &Vm, process: &Process, body: &mut ProcessBody) -> Option<Box<Ending>> {
    let mut ending = None;
    for signal in process.inbox.take(body.pid.serial()) {
        if ending.is_some() {
            refuse(vm, Peer::Process(body.pid), signal);
            continue;
        }
        if body.has_flag(WAITING_IN_BIF) {
            body.woken = true;
        }
        ending = handle_one(vm, process, body, signal);
    }
    ending
}

fn handle_one(
    vm: &Vm,
    process: &Process,
    body: &mut ProcessBody,
    signal: Signal,
) -> Option<Box<Ending>> {
    match signal {
        Signal::Message(message) => arrived(vm, body, message, Carried::Silence, None),
        Signal::Sent(message, from) => arrived(vm, body, message, Carried::Nothing, Some(from)),
        Signal::Tagged(tagged) => {
            let (message, cargo, from) = *tagged;
            points::received(vm, body, message.term(), &cargo.requests, Some(from));
            let message = Place::Outside(message);
            deliver(body, Entry::Tagged(Box::new(Tagged { message, cargo })));
        }
        Signal::Traced(traced) => deliver(body, Entry::Traced(traced)),
        Signal::ToAlias(parts) => {
            let (reference, message, carried, from) = *parts;
            if expects(vm, body, reference) {
                arrived(vm, body, message, carried, Some(from));
            }
        }
        Signal::Exit(signal) => return exit_signal(vm, body, *signal),
        Signal::Kill(reason) => return Some(Ending::silent(*reason)),
        Signal::Link(peer) => {
            points::process_event(vm, body, atoms::GETTING_LINKED, peer.term());
            body.with_relations(|r| r.links.insert(peer, Link::Live));
        }
        Signal::Unlink(peer, number) => {
            points::process_event(vm, body, atoms::GETTING_UNLINKED, peer.term());
            body.if_relations(|r| {
                if r.links.get(peer) == Some(&Link::Live) {
                    r.links.remove(peer);
                }
            });
            vm.send_to_peer(peer, Signal::UnlinkAck(Peer::Process(body.pid), number));
        }
        Signal::UnlinkAck(peer, number) => body.if_relations(|r| {
            if r.links.get(peer) == Some(&Link::Unlinking(number)) {
                r.links.remove(peer);
            }
        }),
        Signal::Monitor(parts) => body.with_relations(|r| r.watchers.insert(parts.0, parts.1)),
        Signal::Demonitor(reference) => body.if_relations(|r| {
            r.watchers.remove(reference);
        }),
        Signal::Down(down) => down_signal(body, *down),
        Signal::Timeout(number) => {
            let mut timer = body.receive_timer.get();
            if timer.number == number && timer.key.take().is_some() {
                timer.fired = true;
                body.receive_timer.set(timer);
                body.woken = true;
            }
        }
        Signal::Errand(errand) => errand(vm, process, body),
        Signal::Wake => {}
    }
    None
}

#[inline]
fn arrived(
    vm: &Vm,
    body: &mut ProcessBody,
    message: OwnedTerm,
    carried: Carried,
    from: Option<Pid>,
) {
    if body.trace_flags.get() & crate::trace::flags::ARRIVING != 0 {
        points::received(vm, body, message.term(), carried.requests(), from);
    }
    deliver(body, Entry::owned(message, carried));
}

/// Puts a message into the mailbox.
pub fn deliver(body: &mut ProcessBody, entry: Entry) {
    body.mailbox.get_mut().push(entry);
    body.woken = true;
}

/// Is the alias active? One for a single reply is not any more then.
fn expects(vm: &Vm, body: &ProcessBody, reference: u64) -> bool {
    let mode = body.if_relations(|r| r.aliases.get(reference).copied());
    let Some(mode) = mode else { return false };
    if mode == AliasMode::Reply {
        let monitor = body.if_relations(|r| {
            r.aliases.remove(reference);
            r.monitors.remove(reference)
        });
        if let Some(monitor) = monitor {
            vm.stop_watching(reference, monitor.watched);
        }
    }
    true
}

/// The rules of exit signals, in the order of OTP's table.
fn exit_signal(vm: &Vm, body: &mut ProcessBody, signal: ExitSignal) -> Option<Box<Ending>> {
    let ExitSignal {
        from,
        reason,
        linked,
        carried,
    } = signal;
    if linked {
        // Only a live link lets it through; one being unlinked swallows it, a missing one was cut before.
        let link = body.if_relations(|r| r.links.remove(from));
        if link != Some(Link::Live) {
            return None;
        }
        points::process_event(vm, body, atoms::GETTING_UNLINKED, from.term());
    } else if reason.term().is_atom(atoms::KILL) {
        return Some(Ending::silent(OwnedTerm::atom(atoms::KILLED)));
    }
    if body.has_flag(TRAP_EXIT) {
        let heap = &body.heap;
        let reason = heap.adopt(reason);
        let message = Rooted::new(heap.tuple(&[Term::atom(atoms::BIG_EXIT), from.term(), reason]));
        deliver(body, Entry::local(message, carried));
        return None;
    }
    if reason.term().is_atom(atoms::NORMAL) && (linked || from != Peer::Process(body.pid)) {
        return None;
    }
    Some(Ending::silent(reason))
}

/// What a down message calls its kind.
fn kind_of(watched: Watched) -> Atom {
    match watched {
        Watched::Process(_) | Watched::Name(_, _) => atoms::PROCESS,
        Watched::Port(_) | Watched::PortName(_, _) => atoms::PORT,
        Watched::TimeOffset => atoms::TIME_OFFSET,
    }
}

fn down_signal(body: &mut ProcessBody, down: DownSignal) {
    let id = down.reference;
    let monitor = body.if_relations(|r| {
        r.monitors
            .remove(id)
            .map(|monitor| (monitor, r.aliases.get(id).copied()))
    });
    let Some((Monitor { watched, tag }, alias)) = monitor else {
        return;
    };
    if alias.is_some() {
        body.with_relations(|r| match alias {
            Some(AliasMode::Demonitor | AliasMode::Reply) => {
                r.aliases.remove(id);
            }
            Some(AliasMode::Explicit) | None => {}
        });
    }
    let heap = &body.heap;
    let tag = tag.map_or(Term::atom(atoms::BIG_DOWN), |tag| heap.adopt(tag));
    let reference = heap.reference(RefId(id), alias.map(|_| body.pid));
    let object = match watched {
        Watched::Process(pid) => Term::pid(pid),
        Watched::Port(port) => Term::port(port),
        Watched::Name(name, _) | Watched::PortName(name, _) => {
            heap.tuple(&[Term::atom(name), Term::atom(atoms::NONODE)])
        }
        Watched::TimeOffset => Term::atom(atoms::CLOCK_SERVICE),
    };
    let reason = heap.adopt(down.reason);
    let message = heap.tuple(&[tag, reference, Term::atom(kind_of(watched)), object, reason]);
    let message = Rooted::new(message);
    deliver(body, Entry::local(message, Carried::Silence));
}

/// What the world answers for a process or a port that does not exist.
pub fn refuse(vm: &Vm, dead: Peer, signal: Signal) {
    match signal {
        Signal::Link(peer) => {
            let noproc = ExitSignal {
                from: dead,
                reason: OwnedTerm::atom(atoms::NOPROC),
                linked: true,
                carried: Carried::Silence,
            };
            vm.send_to_peer(peer, Signal::Exit(Box::new(noproc)));
        }
        Signal::Unlink(peer, number) => vm.send_to_peer(peer, Signal::UnlinkAck(dead, number)),
        Signal::Monitor(parts) => {
            vm.tell_watcher(parts.0, &parts.1, &OwnedTerm::atom(atoms::NOPROC))
        }
        Signal::Message(_)
        | Signal::Sent(_, _)
        | Signal::Tagged(_)
        | Signal::Traced(_)
        | Signal::ToAlias(_)
        | Signal::Exit(_)
        | Signal::Kill(_)
        | Signal::UnlinkAck(_, _)
        | Signal::Demonitor(_)
        | Signal::Down(_)
        | Signal::Timeout(_)
        | Signal::Errand(_)
        | Signal::Wake => {}
    }
}

impl Vm {
    /// Sends a signal; gives it back if the process has ended.
    pub fn signal(&self, to: Pid, signal: Signal) -> Result<(), Signal> {
        let Some(process) = self.processes.slot(to.slot()) else {
            return Err(signal);
        };
        if process.inbox.push(to.serial(), signal)? {
            let wake = process.cell.signal(to.serial());
            self.wake(to, wake);
        }
        Ok(())
    }

    /// Sends a signal; a process that has ended answers as one that never was.
    pub fn send_signal(&self, to: Pid, signal: Signal) {
        if let Err(signal) = self.signal(to, signal) {
            refuse(self, Peer::Process(to), signal);
        }
    }

    /// The same to a process or a port.
    pub fn send_to_peer(&self, to: Peer, signal: Signal) {
        match to {
            Peer::Process(pid) => self.send_signal(pid, signal),
            Peer::Port(port) => self.signal_port(port, signal),
        }
    }

    /// Sends a message of a process without a token, copied.
    pub fn send_plain(&self, from: Pid, to: Pid, message: Term<'_>) {
        let message = Signal::Sent(OwnedTerm::new(message), from);
        let _dead_receivers_get_nothing = self.signal(to, message);
    }

    /// Sends a message of the VM's own, copied.
    pub fn send_message(&self, to: Pid, message: Term<'_>) {
        let _dead_receivers_get_nothing = self.signal(to, Signal::Message(OwnedTerm::new(message)));
    }

    /// Ends a monitor on the watched side.
    pub fn stop_watching(&self, reference: u64, watched: Watched) {
        match watched {
            Watched::Process(pid) | Watched::Name(_, Some(pid)) => {
                let _gone = self.signal(pid, Signal::Demonitor(reference));
            }
            Watched::Port(port) | Watched::PortName(_, Some(port)) => {
                self.signal_port(port, Signal::Demonitor(reference));
            }
            Watched::Name(_, None) | Watched::PortName(_, None) | Watched::TimeOffset => {}
        }
    }

    /// Tells who watches that the watched thing is gone. Host watchers are told by the exit itself, with more detail.
    pub fn tell_watcher(&self, reference: u64, watcher: &Watcher, reason: &OwnedTerm) {
        match watcher {
            Watcher::Process(pid, _) => {
                let down = DownSignal {
                    reference,
                    reason: reason.clone(),
                };
                let _gone = self.signal(*pid, Signal::Down(Box::new(down)));
            }
            Watcher::Host(wait) => wait.tell(super::host::Ended {
                reason: reason.clone(),
                value: None,
                uncaught: false,
            }),
        }
    }
}
