//! Traced ports: their flags by session, and their events. Ports are no processes: what is set on them lies in a table beside them, looked at only while
//! some port is traced. Events come through the one observer of the port table, which is called with the port locked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use transom_tracer::event::Kind;

use super::emit::deliver;
use super::event::{Event, Payload, Subject};
use super::flags;
use super::session::Session;
use super::tracer::Tracer;
use crate::atoms::{self, Atom};
use crate::heap::{Heap, HeapOptions, Pid, Port, Term};
use crate::io::ports::{PortEvent, PortObserver};
use crate::vm::Vm;

/// One session's flags of one port.
struct PortTrace {
    session: Arc<Session>,
    bits: u32,
    tracer: Arc<Tracer>,
}

impl PortTrace {
    fn new(session: &Arc<Session>, bits: u32, tracer: &Arc<Tracer>) -> PortTrace {
        session.ports_changed(1);
        PortTrace {
            session: Arc::clone(session),
            bits,
            tracer: Arc::clone(tracer),
        }
    }
}

impl Drop for PortTrace {
    fn drop(&mut self) {
        self.session.ports_changed(-1);
    }
}

/// All ports that are traced.
#[derive(Default)]
pub struct TracedPorts {
    /// Is anything in here, or are new ports traced?
    any: AtomicBool,
    /// Flags of the ports in here and of new ports that events of ports are asked for with.
    wants: AtomicU32,
    table: Mutex<HashMap<Port, Vec<PortTrace>>>,
}

impl TracedPorts {
    fn table(&self) -> MutexGuard<'_, HashMap<Port, Vec<PortTrace>>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets or clears flags of a session on a port; `false` if the port has another tracer in it.
    pub fn change(
        &self,
        vm: &Vm,
        port: Port,
        session: &Arc<Session>,
        bits: u32,
        on: bool,
        tracer: Option<&Arc<Tracer>>,
    ) -> bool {
        let mut table = self.table();
        let traces = table.entry(port).or_default();
        let at = traces.iter().position(|t| t.session.id == session.id);
        let done = match (at, on, tracer) {
            (Some(at), true, Some(tracer)) if !traces[at].tracer.same(tracer) => false,
            (Some(at), true, _) => {
                traces[at].bits |= bits;
                true
            }
            (None, true, Some(tracer)) => {
                if bits != 0 {
                    traces.push(PortTrace::new(session, bits, tracer));
                }
                true
            }
            (None, true, None) => false,
            (Some(at), false, _) => {
                traces[at].bits &= !bits;
                if traces[at].bits == 0 {
                    traces.swap_remove(at);
                }
                true
            }
            (None, false, _) => true,
        };
        if traces.is_empty() {
            table.remove(&port);
        }
        drop(table);
        self.settle(vm);
        done
    }

    /// Looks again whether any event is wanted.
    pub fn settle(&self, vm: &Vm) {
        let sessions = vm.tracing.all_sessions();
        let new = sessions.iter().filter_map(|s| s.new_ports());
        let mut bits: Vec<u32> = new.map(|(bits, _)| bits).collect();
        bits.extend(self.table().values().flatten().map(|t| t.bits));
        if !bits.is_empty() {
            let _there_is_one = vm.io.ports.observe(Box::new(Observer));
        }
        let all = bits.iter().fold(0, |all, bits| all | bits);
        self.wants.store(all & flags::OF_PORTS, Ordering::Release);
        self.any.store(!bits.is_empty(), Ordering::Release);
    }

    fn wants(&self, bits: u32) -> bool {
        self.wants.load(Ordering::Acquire) & bits != 0
    }

    /// Takes everything of a session away, or what goes to that tracer.
    pub fn forget(&self, vm: &Vm, session: u32, tracer: Option<Pid>) {
        self.table().retain(|_, traces| {
            traces.retain(|t| {
                t.session.id != session || tracer.is_some_and(|pid| t.tracer.pid() != Some(pid))
            });
            !traces.is_empty()
        });
        self.settle(vm);
    }

    /// The flags and tracer of a port in a session.
    pub fn of(&self, port: Port, session: u32) -> Option<(u32, Arc<Tracer>)> {
        let table = self.table();
        let trace = table.get(&port)?.iter().find(|t| t.session.id == session)?;
        Some((trace.bits, Arc::clone(&trace.tracer)))
    }

    /// Hands an event to all who want one of the flags.
    fn emit(
        &self,
        vm: &Vm,
        port: Port,
        want: u32,
        kind: Kind,
        payload: impl for<'a> FnOnce(&'a Heap) -> Payload<'a, 'a>,
    ) {
        let wanted: Vec<(u32, Arc<Tracer>)> = match self.table().get(&port) {
            Some(traces) => traces
                .iter()
                .filter(|t| t.bits & want != 0 && t.session.is_live())
                .map(|t| (t.bits, Arc::clone(&t.tracer)))
                .collect(),
            None => return,
        };
        if wanted.is_empty() {
            return;
        }
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let event = Event {
            subject: Subject::Port(port),
            ..Event::of(Pid::new(0, 0), kind, payload(&heap))
        };
        for (bits, tracer) in wanted {
            deliver(vm, &tracer, bits, &event);
        }
    }

    fn begins(&self, vm: &Vm, port: Port) {
        for session in vm.tracing.all_sessions() {
            if let Some((bits, tracer)) = session.new_ports().filter(|_| session.is_live()) {
                let trace = PortTrace::new(&session, bits, &tracer);
                self.table().entry(port).or_default().push(trace);
            }
        }
    }

    /// `register` or `unregister`.
    pub fn named(&self, vm: &Vm, port: Port, kind: Kind, name: Atom) {
        if self.wants(flags::PORTS) {
            self.emit(vm, port, flags::PORTS, kind, |_| {
                Payload::One(Term::atom(name))
            });
        }
    }

    /// Something runs for the port: `command`, `open`, `close`, or what its device has to say (none).
    pub fn scheduled(&self, vm: &Vm, port: Port, kind: Kind, what: Option<Atom>) {
        vm.tracing.system.port(vm, port, kind == Kind::In);
        if self.wants(flags::RUNNING_PORTS) {
            self.emit(vm, port, flags::RUNNING_PORTS, kind, |heap| {
                Payload::One(what.map_or(heap.int(0), Term::atom))
            });
        }
    }

    fn event(&self, vm: &Vm, port: Port, event: PortEvent<'_>) {
        let pid = |kind, pid: Pid| {
            self.emit(vm, port, flags::PORTS, kind, |_| {
                Payload::One(Term::pid(pid))
            });
        };
        match event {
            PortEvent::Opened(owner, name) => {
                self.begins(vm, port);
                self.scheduled(vm, port, Kind::In, Some(atoms::OPEN));
                // The name as an atom, as the program's or driver's name is shown.
                let name = vm.atoms().intern(name).unwrap_or(atoms::UNDEFINED);
                self.emit(vm, port, flags::PORTS, Kind::Open, |_| {
                    Payload::Two(Term::pid(owner), Term::atom(name))
                });
                pid(Kind::GettingLinked, owner);
                self.scheduled(vm, port, Kind::Out, Some(atoms::OPEN));
            }
            PortEvent::Closed(reason) => {
                self.emit(vm, port, flags::PORTS, Kind::Closed, |heap| {
                    Payload::One(reason.copy_to(heap))
                });
                if let Some(name) = vm.registry.name_of(crate::process::links::Peer::Port(port)) {
                    self.named(vm, port, Kind::Unregister, name);
                }
                self.table().remove(&port);
            }
            PortEvent::Received(from, bytes) => {
                self.scheduled(vm, port, Kind::In, Some(atoms::COMMAND));
                self.request(vm, port, from, |heap| {
                    heap.tuple(&[Term::atom(atoms::COMMAND), heap.binary(bytes)])
                });
                self.scheduled(vm, port, Kind::Out, Some(atoms::COMMAND));
            }
            PortEvent::AskedToClose(from) => {
                self.scheduled(vm, port, Kind::In, Some(atoms::CLOSE));
                self.request(vm, port, from, |_| Term::atom(atoms::CLOSE));
            }
            PortEvent::Sent(to, message) => {
                self.emit(vm, port, flags::SEND, Kind::Send, |heap| {
                    Payload::Two(message.copy_to(heap), Term::pid(to))
                });
            }
            PortEvent::Linked(other) => pid(Kind::GettingLinked, other),
            PortEvent::Unlinked(other) => pid(Kind::GettingUnlinked, other),
            PortEvent::Connected(from, owner) => {
                pid(Kind::GettingLinked, owner);
                self.request(vm, port, from, |heap| {
                    heap.tuple(&[Term::atom(atoms::CONNECT), Term::pid(owner)])
                });
            }
        }
    }

    /// `{From, What}` as the message that a port received.
    fn request(
        &self,
        vm: &Vm,
        port: Port,
        from: Pid,
        what: impl for<'a> FnOnce(&'a Heap) -> Term<'a>,
    ) {
        self.emit(vm, port, flags::RECEIVE, Kind::Receive, |heap| {
            Payload::One(heap.tuple(&[Term::pid(from), what(heap)]))
        });
    }
}

/// What the port table tells everything.
struct Observer;

impl PortObserver for Observer {
    fn event(&self, vm: &Vm, port: Port, event: PortEvent<'_>) {
        let ports = &vm.tracing.ports;
        // Ports come and go in the table whatever their flags are.
        let told = match event {
            PortEvent::Opened(..) | PortEvent::Closed(_) => ports.any.load(Ordering::Acquire),
            PortEvent::Received(..)
            | PortEvent::AskedToClose(_)
            | PortEvent::Sent(..)
            | PortEvent::Linked(_)
            | PortEvent::Unlinked(_)
            | PortEvent::Connected(..) => ports.wants(flags::OF_PORTS),
        };
        if told {
            ports.event(vm, port, event);
        }
    }
}
