//! A connected stream: cuts packets out of what comes, delivers them as messages or to who waits, queues what cannot be sent at once.
//!
//! ```text
//!  kernel ─> scratch (one per thread) ─> input (what is left of a packet) ─> message | waiting recv
//!  send ─> kernel, and what it does not take ─> outbox ─(writable)─> kernel       above high_watermark: senders wait
//! ```

mod deliver;
mod receive;
mod send;

use super::{Role, Socket};
use crate::io::outbox::Outbox;
use crate::io::packet::Framing;
use crate::io::packet::http::Http;
use crate::io::poller::Readiness;
use crate::io::ports::Request;
use crate::io::ports::port::{After, Head};
use crate::vm::Vm;
use std::collections::VecDeque;
use std::io::ErrorKind;

pub use deliver::{data_term, packet_term};
pub use receive::{pump, receive_now};
pub use send::{push, shutdown};

/// Bytes of one read where packets are cut.
const SCRATCH: usize = 64 * 1024;

/// A packet on its way to a program.
#[derive(Debug)]
pub enum Packet {
    Bytes(Vec<u8>),
    Http(Http),
}

/// What a waiting `recv` gets, with the options it is shown by.
pub struct Received {
    pub packet: Packet,
    pub binary: bool,
    pub header: usize,
    pub framing: Framing,
}

/// The stream's own state.
#[derive(Default)]
pub struct Stream {
    pub connecting: Option<Request>,
    pub connected: bool,
    readable: bool,
    /// The kernel said that the end is near: a short read does not mean that there is no more.
    ending: bool,
    /// The peer has closed its side.
    pub ended: bool,
    input: Vec<u8>,
    /// Bytes of `input` that are used up.
    used: usize,
    /// An HTTP start line has been delivered, headers follow.
    headers: bool,
    receives: VecDeque<(usize, Request)>,
    pub outbox: Outbox,
    pub busy: bool,
    senders: VecDeque<Request>,
    drains: Vec<Request>,
    shut_when_drained: bool,
    /// Sending has failed.
    pub broken: bool,
    /// Given up by us: nothing more is read, and nobody is told.
    abandoned: bool,
}

impl Stream {
    /// One that is connected already.
    pub fn connected() -> Stream {
        Stream {
            connected: true,
            ..Stream::default()
        }
    }

    fn unread(&self) -> &[u8] {
        &self.input[self.used..]
    }

    fn consume(&mut self, count: usize) {
        self.used += count;
        if self.used == self.input.len() {
            self.input.clear();
            self.used = 0;
        } else if self.used > SCRATCH {
            self.input.drain(..self.used);
            self.used = 0;
        }
    }

    /// Bytes that come before what is read next.
    pub fn put_back(&mut self, bytes: &[u8]) {
        let rest = self.input.split_off(self.used);
        self.input = [bytes, &rest].concat();
        self.used = 0;
    }

    /// The framing was changed.
    pub fn reframe(&mut self) {
        self.headers = false;
    }

    /// Drops requests of processes that are gone; whether somebody is left.
    fn has_receive(&mut self, vm: &Vm) -> bool {
        while let Some((_, request)) = self.receives.front()
            && !request.is_wanted(vm)
        {
            self.receives.pop_front();
        }
        !self.receives.is_empty()
    }

    /// A process waits in `recv` for so many bytes (0: any packet).
    pub fn wait_receive(&mut self, length: usize, request: Request) {
        self.receives.push_back((length, request));
    }

    /// Whether another process waits in `recv`.
    pub fn is_awaited(&mut self, vm: &Vm) -> bool {
        self.has_receive(vm)
    }

    /// Gives the connection up after a send that took too long.
    pub fn abandon(&mut self) {
        self.outbox.clear();
        self.connected = false;
        self.abandoned = true;
    }

    /// A sender waits until the outbox is below the low watermark.
    pub fn wait_room(&mut self, request: Request) {
        self.senders.push_back(request);
    }

    /// A process waits until all output is with the kernel.
    pub fn wait_drained(&mut self, request: Request) {
        self.drains.push(request);
    }

    /// Whether output is under way when the port closes. `linger` of zero seconds throws it away.
    pub fn lingers(&mut self, kernel: &socket2::Socket) -> bool {
        if matches!(kernel.linger(), Ok(Some(time)) if time.is_zero()) {
            self.outbox.clear();
        }
        self.connected && !self.broken && !self.outbox.is_empty()
    }

    /// The waiting request of this number; it waits no more.
    pub fn take_request(&mut self, id: u64) -> Option<Request> {
        if self.connecting.as_ref().is_some_and(|r| r.id == id) {
            return self.connecting.take();
        }
        if let Some(at) = self.receives.iter().position(|(_, r)| r.id == id) {
            return self.receives.remove(at).map(|(_, request)| request);
        }
        if let Some(at) = self.senders.iter().position(|r| r.id == id) {
            return self.senders.remove(at);
        }
        let at = self.drains.iter().position(|r| r.id == id)?;
        Some(self.drains.swap_remove(at))
    }

    /// All waiting requests.
    pub fn take_requests(&mut self) -> Vec<Request> {
        self.connecting
            .take()
            .into_iter()
            .chain(self.receives.drain(..).map(|(_, request)| request))
            .chain(self.senders.drain(..))
            .chain(self.drains.drain(..))
            .collect()
    }
}

/// The parts of a socket that is a stream.
fn parts(socket: &mut Socket) -> (&mut Stream, &socket2::Socket) {
    match &mut socket.role {
        Role::Stream(stream) => (stream, &socket.kernel),
        Role::Listener(_) | Role::Datagram(_) => {
            unreachable!("invariant: only streams come here")
        }
    }
}

/// The kernel says that something can be done: a connection is finished, output flushed, input read.
pub fn ready(socket: &mut Socket, vm: &Vm, head: &mut Head, readiness: Readiness) -> After {
    let (stream, kernel) = parts(socket);
    if stream.connecting.is_some() {
        if readiness.writable || readiness.read_closed {
            finish_connect(stream, kernel, vm);
        }
        if !stream.connected {
            return After::Stay;
        }
    }
    stream.readable |= readiness.readable || readiness.read_closed;
    stream.ending |= readiness.read_closed;
    if readiness.writable {
        send::flush(socket, vm, head);
    }
    if readiness.readable || readiness.read_closed {
        return pump(socket, vm, head);
    }
    After::Stay
}

fn finish_connect(stream: &mut Stream, kernel: &socket2::Socket, vm: &Vm) {
    let outcome = match kernel.take_error() {
        Ok(Some(error)) | Err(error) => Err(error),
        Ok(None) => match kernel.peer_addr() {
            Ok(_) => Ok(()),
            // Not decided yet.
            Err(error) if error.kind() == ErrorKind::NotConnected => return,
            Err(error) => Err(error),
        },
    };
    let Some(request) = stream.connecting.take() else {
        return;
    };
    match outcome {
        Ok(()) => {
            stream.connected = true;
            request.succeed(vm, ());
        }
        Err(error) => request.fail(vm, error.into()),
    }
}
