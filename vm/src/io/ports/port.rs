//! One port: who owns it, who is tied to it, the device behind it; how it opens and closes.

use super::observer::PortEvent;
use super::request::Request;
use crate::atoms;
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Port, Term};
use crate::io::net::Socket;
use crate::io::poller::{Part, Readiness};
use crate::io::program::Program;
use crate::process::links::{FewMap, Link, Peer, Watcher};
use crate::process::signal::ExitSignal;
use crate::process::{ProcessBody, Signal};
use crate::trace::port_writer::Writer;
use crate::vm::Vm;
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::time::{Duration, Instant};
use transom_tracer::event::Kind;

/// A port.
pub struct PortCell {
    pub id: Port,
    pub state: Mutex<State>,
}

/// What the lock guards.
pub struct State {
    pub head: Head,
    pub device: Device,
}

/// What all ports have.
pub struct Head {
    pub id: Port,
    /// As `port_info/2` names it: the command of a program, `tcp_inet` ...
    pub name: String,
    pub owner: Pid,
    /// Closed ports stay until their device has finished.
    pub open: bool,
    pub links: FewMap<Peer, ()>,
    pub watchers: FewMap<u64, Watcher>,
    /// Bytes read from and written to the device.
    pub input: u64,
    pub output: u64,
    /// `port_set_data/2`
    pub data: Option<OwnedTerm>,
}

/// What is behind the port.
pub enum Device {
    Socket(Box<Socket>),
    Program(Box<Program>),
    /// Records of trace events.
    Trace(Arc<Writer>),
    Gone,
}

/// What a device asks for when it has worked.
pub enum After {
    Stay,
    /// There is more to do; others first.
    Again,
    /// The port closes with this reason.
    Close(OwnedTerm),
    /// The port closes after its owner was told by a message: links end without a signal.
    Vanish,
}

/// How links of a port end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Farewell {
    Signal,
    Silent,
}

impl After {
    /// Closes as a program closes that has ended well.
    pub fn close() -> After {
        After::Close(OwnedTerm::atom(atoms::NORMAL))
    }
}

impl Head {
    /// Sends a message to the owner, put together on a heap of its own.
    pub fn tell_owner(&self, vm: &Vm, build: impl for<'s> FnOnce(&'s Heap) -> Term<'s>) {
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let message = OwnedTerm::new(build(&heap));
        vm.io
            .ports
            .tell(vm, self.id, PortEvent::Sent(self.owner, &message));
        let _gone = vm.signal(self.owner, Signal::Message(message));
    }

    /// The port as a term.
    pub fn term<'h>(&self) -> Term<'h> {
        Term::port(self.id)
    }
}

impl Device {
    fn ready(&mut self, vm: &Vm, head: &mut Head, part: Part, readiness: Readiness) -> After {
        match self {
            Device::Socket(socket) => socket.ready(vm, head, readiness),
            Device::Program(program) => program.ready(vm, head, part, readiness),
            Device::Trace(_) | Device::Gone => After::Stay,
        }
    }

    fn go_on(&mut self, vm: &Vm, head: &mut Head) -> After {
        match self {
            Device::Socket(socket) => socket.pump(vm, head),
            Device::Program(program) => program.pump(vm, head),
            Device::Trace(_) | Device::Gone => After::Stay,
        }
    }

    /// Bytes that are still to be written.
    pub fn queued(&self) -> usize {
        match self {
            Device::Socket(socket) => socket.queued(),
            Device::Program(program) => program.queued(),
            Device::Trace(writer) => writer.queued(),
            Device::Gone => 0,
        }
    }

    /// Whether it must live on for a while after its port closed.
    fn lingers(&mut self) -> bool {
        match self {
            Device::Socket(socket) => socket.lingers(),
            Device::Program(program) => program.lingers(),
            Device::Trace(writer) => {
                writer.close();
                false
            }
            Device::Gone => false,
        }
    }

    /// Takes the request with that number out.
    fn take_request(&mut self, id: u64) -> Option<Request> {
        match self {
            Device::Socket(socket) => socket.take_request(id),
            Device::Program(program) => program.take_request(id),
            Device::Trace(_) | Device::Gone => None,
        }
    }

    /// All who wait for it.
    fn take_requests(&mut self) -> Vec<Request> {
        match self {
            Device::Socket(socket) => socket.take_requests(),
            Device::Program(program) => program.take_requests(),
            Device::Trace(_) | Device::Gone => Vec::new(),
        }
    }
}

/// Why a request failed, as a POSIX name or one of OTP's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault(pub &'static str);

/// The other side, or the port, is closed.
pub const CLOSED: Fault = Fault("closed");
/// The time is over.
pub const TIMEOUT: Fault = Fault("timeout");
/// The system, or the port, does not know how.
pub const EINVAL: Fault = Fault("einval");

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Fault(crate::io::files::posix_name(&error))
    }
}

/// What every request is answered with. The success is what the asking function knows how to read.
pub type Outcome = Result<Box<dyn std::any::Any + Send>, Fault>;

impl Request {
    /// Answers who waits.
    pub fn succeed<T: Send + 'static>(self, vm: &Vm, value: T) {
        let outcome: Outcome = Ok(Box::new(value));
        self.answer(vm, outcome);
    }

    /// Answers who waits with an error.
    pub fn fail(self, vm: &Vm, fault: Fault) {
        let outcome: Outcome = Err(fault);
        self.answer(vm, outcome);
    }
}

impl Vm {
    /// Makes a port that the running process owns and is linked to; `None` when there are too many.
    pub fn open_port(
        &self,
        body: &ProcessBody,
        name: String,
        device: impl FnOnce(Port) -> Device,
    ) -> Option<Arc<PortCell>> {
        let id = self.io.ports.admit()?;
        let mut head = Head {
            id,
            name,
            owner: body.pid,
            open: true,
            links: FewMap::default(),
            watchers: FewMap::default(),
            input: 0,
            output: 0,
            data: None,
        };
        head.links.insert(Peer::Process(body.pid), ());
        self.io
            .ports
            .tell(self, id, PortEvent::Opened(body.pid, &head.name));
        let cell = Arc::new(PortCell {
            id,
            state: Mutex::new(State {
                head,
                device: device(id),
            }),
        });
        self.io.ports.insert(cell.clone());
        body.with_relations(|r| r.links.insert(Peer::Port(id), Link::Live));
        Some(cell)
    }

    /// The poller saw a descriptor become ready. `true`: there is more to do.
    pub fn port_ready(&self, port: Port, part: Part, readiness: Readiness) -> bool {
        self.port_work(port, |vm, head, device| {
            device.ready(vm, head, part, readiness)
        })
    }

    /// Goes on with what was left. `true`: there is more to do.
    pub fn port_go_on(&self, port: Port) -> bool {
        self.port_work(port, |vm, head, device| device.go_on(vm, head))
    }

    fn port_work(
        &self,
        port: Port,
        work: impl FnOnce(&Vm, &mut Head, &mut Device) -> After,
    ) -> bool {
        let Some(cell) = self.io.ports.find_any(port) else {
            return false;
        };
        let mut state = cell.state.lock();
        let State { head, device } = &mut *state;
        let tracing = &self.tracing.ports;
        tracing.scheduled(self, port, Kind::In, None);
        let after = work(self, head, device);
        tracing.scheduled(self, port, Kind::Out, None);
        self.settle(state, after)
    }

    /// Does what a device asked for. `true`: it wants to go on.
    pub fn settle(&self, mut state: MutexGuard<'_, State>, after: After) -> bool {
        if !state.head.open {
            if !state.device.lingers() {
                state.device = Device::Gone;
                self.io.ports.finished(state.head.id);
            }
            return matches!(after, After::Again) && !matches!(state.device, Device::Gone);
        }
        match after {
            After::Stay => false,
            After::Again => true,
            After::Close(reason) => {
                self.close_port(state, &reason);
                false
            }
            After::Vanish => {
                self.end_port(state, &OwnedTerm::atom(atoms::NORMAL), Farewell::Silent);
                false
            }
        }
    }

    /// The same on a scheduler: what is left goes to the poller.
    pub fn settle_here(&self, state: MutexGuard<'_, State>, after: After) {
        let id = state.head.id;
        if self.settle(state, after) {
            self.io.poller.kick(id);
        }
    }

    /// Closes a port: nobody finds it any more, who is tied to it is told, output under way is finished behind the scenes.
    pub fn close_port(&self, state: MutexGuard<'_, State>, reason: &OwnedTerm) {
        self.end_port(state, reason, Farewell::Signal);
    }

    fn end_port(&self, mut state: MutexGuard<'_, State>, reason: &OwnedTerm, farewell: Farewell) {
        if !state.head.open {
            return;
        }
        let id = state.head.id;
        state.head.open = false;
        self.io.ports.tell(self, id, PortEvent::Closed(reason));
        for request in state.device.take_requests() {
            request.fail(self, CLOSED);
        }
        let lingers = state.device.lingers();
        if !lingers {
            state.device = Device::Gone;
        }
        let links: Vec<Peer> = state
            .head
            .links
            .take_all()
            .into_iter()
            .map(|(peer, ())| peer)
            .collect();
        let watchers = state.head.watchers.take_all();
        self.io.ports.remove(id, lingers);
        self.registry.forget(Peer::Port(id));
        drop(state);
        if self.tracing.is_used() {
            crate::trace::endings::port_ended(self, id);
        }
        for peer in links {
            let signal = match farewell {
                Farewell::Signal => Signal::Exit(Box::new(ExitSignal {
                    from: Peer::Port(id),
                    reason: reason.clone(),
                    linked: true,
                    carried: crate::trace::seq::Carried::Nothing,
                })),
                // Nobody waits for the acknowledgement: the number does not matter.
                Farewell::Silent => Signal::Unlink(Peer::Port(id), 0),
            };
            self.send_to_peer(peer, signal);
        }
        for (reference, watcher) in watchers {
            self.tell_watcher(reference, &watcher, reason);
        }
    }

    /// Waits until queued output is written, but not longer than that.
    pub fn drain_ports(&self, longest: Duration) {
        let since = Instant::now();
        while self.io.ports.any_queued() && since.elapsed() < longest {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// A request's time is up.
    pub fn port_timed_out(&self, port: Port, request: u64) {
        let Some(cell) = self.io.ports.find_any(port) else {
            return;
        };
        let found = cell.state.lock().device.take_request(request);
        if let Some(request) = found {
            request.fail(self, TIMEOUT);
        }
    }
}
