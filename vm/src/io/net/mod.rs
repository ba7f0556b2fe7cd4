//! Sockets: TCP listeners and streams, UDP, Unix domain; each behind a port.

pub mod address;
pub mod datagram;
pub mod kernel;
pub mod listener;
pub mod options;
pub mod stream;

use crate::atoms;
use crate::heap::{Pid, Term};
use crate::io::poller::{Part, Readiness};
use crate::io::ports::port::{After, Device, Fault, Head};
use crate::io::ports::{PortCell, Request};
use crate::process::ProcessBody;
use crate::vm::Vm;
use datagram::Datagram;
use listener::Listener;
use mio::Interest;
use options::Options;
use std::os::fd::AsFd;
use std::sync::Arc;
use stream::Stream;

/// The address family a socket was opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Inet,
    Inet6,
    Local,
}

/// A socket.
pub struct Socket {
    pub kernel: socket2::Socket,
    pub family: Family,
    pub options: Options,
    pub role: Role,
    pub stats: Stats,
}

/// What it is for.
pub enum Role {
    Listener(Listener),
    Stream(Stream),
    Datagram(Datagram),
}

/// What `inet:getstat/1` tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stats {
    pub received: Traffic,
    pub sent: Traffic,
}

/// One direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    pub packets: u64,
    pub bytes: u64,
    pub largest: u64,
    /// Mean size of packets and mean distance from it, both over the recent ones.
    pub average: f64,
    pub deviation: f64,
}

impl Traffic {
    /// A packet of so many bytes.
    pub fn count(&mut self, bytes: usize) {
        let size = bytes as f64;
        self.packets += 1;
        self.bytes += bytes as u64;
        self.largest = self.largest.max(bytes as u64);
        self.average += (size - self.average) / self.packets as f64;
        self.deviation += ((size - self.average).abs() - self.deviation) / self.packets as f64;
    }
}

impl Socket {
    /// A socket of the system with what Erlang knows of it.
    pub fn new(kernel: socket2::Socket, family: Family, options: Options, role: Role) -> Socket {
        Socket {
            kernel,
            family,
            options,
            role,
            stats: Stats::default(),
        }
    }

    /// Opens a port of the running process for a socket, and has it watched.
    pub fn open(self, vm: &Vm, body: &ProcessBody, name: &str) -> Result<Arc<PortCell>, Fault> {
        let cell = self.open_unwatched(vm, body, name)?;
        let watched = {
            let state = cell.state.lock();
            match &state.device {
                Device::Socket(socket) => vm.io.poller.watch(
                    vm,
                    socket.kernel.as_fd(),
                    cell.id,
                    Part::Main,
                    Interest::READABLE | Interest::WRITABLE,
                ),
                Device::Program(_) | Device::Trace(_) | Device::Gone => Ok(()),
            }
        };
        match watched {
            Ok(()) => Ok(cell),
            Err(error) => {
                vm.close_port(
                    cell.state.lock(),
                    &crate::heap::OwnedTerm::atom(atoms::NORMAL),
                );
                Err(error.into())
            }
        }
    }

    /// The same, not watched yet.
    pub fn open_unwatched(
        self,
        vm: &Vm,
        body: &ProcessBody,
        name: &str,
    ) -> Result<Arc<PortCell>, Fault> {
        vm.open_port(body, name.to_owned(), |_| Device::Socket(Box::new(self)))
            .ok_or(Fault("system_limit"))
    }

    /// The kernel says that something can be done.
    pub fn ready(&mut self, vm: &Vm, head: &mut Head, readiness: Readiness) -> After {
        match &mut self.role {
            Role::Listener(listener) => {
                listener.ready(vm, &self.kernel, self.family, &self.options, readiness)
            }
            Role::Stream(_) => stream::ready(self, vm, head, readiness),
            Role::Datagram(_) => datagram::ready(self, vm, head, readiness),
        }
    }

    /// Delivers what can be delivered now.
    pub fn pump(&mut self, vm: &Vm, head: &mut Head) -> After {
        match &mut self.role {
            Role::Listener(_) => After::Stay,
            Role::Stream(_) => stream::pump(self, vm, head),
            Role::Datagram(_) => datagram::pump(self, vm, head),
        }
    }

    /// Sends or queues without waiting for room.
    pub fn push(&mut self, vm: &Vm, head: &mut Head, bytes: &[u8]) -> Result<(), Fault> {
        match &mut self.role {
            Role::Stream(_) => stream::push(self, vm, head, bytes),
            Role::Datagram(_) => datagram::push(self, vm, head, bytes),
            Role::Listener(_) => Err(Fault("enotconn")),
        }
    }

    /// `{inet_reply, Port, Status}`: what a sender through `port_command` waits for.
    pub fn reply_to_command(&self, vm: &Vm, head: &Head, to: Pid, outcome: Result<(), Fault>) {
        let heap = crate::heap::Heap::new(&vm.env, crate::heap::HeapOptions::default());
        let status = match outcome {
            Ok(()) => Term::atom(atoms::OK),
            Err(fault) => match vm.atoms().intern(fault.0) {
                Ok(name) => heap.tuple(&[Term::atom(atoms::ERROR), Term::atom(name)]),
                Err(_) => Term::atom(atoms::ERROR),
            },
        };
        let message = heap.tuple(&[Term::atom(atoms::INET_REPLY), head.term(), status]);
        vm.send_message(to, message);
    }

    /// Bytes that the kernel has not taken yet.
    pub fn queued(&self) -> usize {
        match &self.role {
            Role::Stream(stream) => stream.outbox.len(),
            Role::Listener(_) | Role::Datagram(_) => 0,
        }
    }

    /// Whether output is still on its way when the port closes.
    pub fn lingers(&mut self) -> bool {
        match &mut self.role {
            Role::Stream(stream) => stream.lingers(&self.kernel),
            Role::Listener(_) | Role::Datagram(_) => false,
        }
    }

    /// The waiting request of this number; it waits no more.
    pub fn take_request(&mut self, id: u64) -> Option<Request> {
        match &mut self.role {
            Role::Listener(listener) => listener.take_request(id),
            Role::Stream(stream) => stream.take_request(id),
            Role::Datagram(datagram) => datagram.take_request(id),
        }
    }

    /// All waiting requests.
    pub fn take_requests(&mut self) -> Vec<Request> {
        match &mut self.role {
            Role::Listener(listener) => listener.take_requests(),
            Role::Stream(stream) => stream.take_requests(),
            Role::Datagram(datagram) => datagram.take_requests(),
        }
    }

    /// Switches `active`; data that waited is delivered by the next [`Self::pump`].
    pub fn tell_passive(&self, vm: &Vm, head: &Head) {
        let tag = match &self.role {
            Role::Datagram(_) => atoms::UDP_PASSIVE,
            Role::Stream(_) | Role::Listener(_) => atoms::TCP_PASSIVE,
        };
        let port = head.id;
        head.tell_owner(vm, |heap| heap.tuple(&[Term::atom(tag), Term::port(port)]));
    }
}
