//! A connected stream: cuts packets out of what comes, delivers them as messages or to who waits, queues what cannot be sent at once.
//!
//! ```text
//!  kernel ─> scratch (one per thread) ─> input (what is left of a packet) ─> message | waiting recv
//!  send ─> kernel, and what it does not take ─> outbox ─(writable)─> kernel       above high_watermark: senders wait
//! ```

use super::{Role, Socket};
use crate::atoms;
use crate::heap::{Heap, Term};
use crate::io::outbox::Outbox;
use crate::io::packet::http::Http;
use crate::io::packet::{Cut, Framing, http};
use crate::io::poller::Readiness;
use crate::io::ports::Request;
use crate::io::ports::port::{After, CLOSED, Fault, Head};
use crate::vm::Vm;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;

/// Bytes of one read where packets are cut.
const SCRATCH: usize = 64 * 1024;
/// Messages delivered before other ports get their turn.
const TURN: usize = 64;

thread_local! {
    static SCRATCH_BYTES: RefCell<Vec<u8>> = RefCell::new(vec![0; SCRATCH]);
}

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

    pub fn wait_room(&mut self, request: Request) {
        self.senders.push_back(request);
    }

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
        flush(socket, vm, head);
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

/// Writes what waits, and tells who waited for room.
fn flush(socket: &mut Socket, vm: &Vm, head: &mut Head) {
    let low = socket.options.low_watermark;
    let (stream, kernel) = parts(socket);
    match stream
        .outbox
        .flush(|slices| (&mut &*kernel).write_vectored(slices))
    {
        Ok(written) => {
            head.output += written as u64;
            vm.io.count_out(written);
        }
        Err(_) => break_off(stream, vm),
    }
    if stream.busy && stream.outbox.len() <= low {
        stream.busy = false;
        for sender in stream.senders.drain(..) {
            sender.succeed(vm, ());
        }
    }
    if stream.outbox.is_empty() {
        if std::mem::take(&mut stream.shut_when_drained) {
            let _gone = kernel.shutdown(Shutdown::Write);
        }
        for waiting in stream.drains.drain(..) {
            waiting.succeed(vm, ());
        }
    }
}

/// The peer takes nothing any more.
fn break_off(stream: &mut Stream, vm: &Vm) {
    stream.broken = true;
    stream.outbox.clear();
    for sender in stream.senders.drain(..) {
        sender.fail(vm, CLOSED);
    }
}

/// `shutdown/2` of the writing side: after what is queued.
pub fn shutdown(socket: &mut Socket, how: Shutdown) -> io::Result<()> {
    let (stream, kernel) = parts(socket);
    if how != Shutdown::Read && !stream.outbox.is_empty() {
        stream.shut_when_drained = true;
        return Ok(());
    }
    kernel.shutdown(how)
}

/// Sends at once what the kernel takes and queues the rest.
pub fn push(socket: &mut Socket, vm: &Vm, head: &mut Head, bytes: &[u8]) -> Result<(), Fault> {
    let (prefix, prefix_len) = socket
        .options
        .framing
        .prefix(bytes.len())
        .ok_or(Fault("einval"))?;
    let high = socket.options.high_watermark;
    socket.stats.sent.count(bytes.len() + prefix_len);
    let (stream, kernel) = parts(socket);
    if stream.broken {
        return Err(CLOSED);
    }
    if !stream.connected {
        return Err(Fault("enotconn"));
    }
    let prefix = &prefix[..prefix_len];
    let total = prefix.len() + bytes.len();
    let mut written = 0;
    while stream.outbox.is_empty() && written < total {
        let slices = if written < prefix.len() {
            [
                io::IoSlice::new(&prefix[written..]),
                io::IoSlice::new(bytes),
            ]
        } else {
            [
                io::IoSlice::new(&bytes[written - prefix.len()..]),
                io::IoSlice::new(&[]),
            ]
        };
        match (&mut &*kernel).write_vectored(&slices) {
            Ok(count) => written += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) => {
                break_off(stream, vm);
                return Err(send_fault(error, socket.options.show_econnreset));
            }
        }
    }
    head.output += written as u64;
    vm.io.count_out(written);
    if written < total {
        let mut rest = Vec::with_capacity(total - written);
        rest.extend_from_slice(&prefix[written.min(prefix.len())..]);
        rest.extend_from_slice(&bytes[written.saturating_sub(prefix.len())..]);
        stream.outbox.push(rest);
        stream.busy |= stream.outbox.len() >= high;
    }
    Ok(())
}

/// A peer that went away is `closed`, unless the program wants to know more.
fn send_fault(error: io::Error, show_reset: bool) -> Fault {
    match error.kind() {
        ErrorKind::ConnectionReset if show_reset => Fault("econnreset"),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => CLOSED,
        _ => error.into(),
    }
}

/// What one attempt to go on gave.
enum Next {
    Packet(Packet),
    /// Nothing complete, and nothing to read now.
    Empty,
    Ended(Option<Fault>),
    Invalid,
}

/// Delivers packets as long as somebody wants them and there are some.
pub fn pump(socket: &mut Socket, vm: &Vm, head: &mut Head) -> After {
    for _ in 0..TURN {
        let active = socket.options.active.is_on();
        let (stream, _) = parts(socket);
        if stream.abandoned {
            return After::Stay;
        }
        if stream.ended {
            // Made active after its end was seen by `recv`.
            let tell = active && !stream.connected;
            return if tell {
                tell_end(socket, vm, head, None)
            } else {
                After::Stay
            };
        }
        if !stream.connected || !(stream.has_receive(vm) || active) {
            return After::Stay;
        }
        let wanted = stream.receives.front().map_or(0, |(length, _)| *length);
        match next(socket, vm, head, wanted) {
            Next::Packet(packet) => deliver(socket, vm, head, packet),
            Next::Empty => return After::Stay,
            Next::Ended(fault) => return end(socket, vm, head, fault, CLOSED),
            Next::Invalid => {
                let fault = Fault("emsgsize");
                return end(socket, vm, head, Some(fault), fault);
            }
        }
    }
    After::Again
}

/// The next packet of `wanted` bytes (0: any) for a process that asks now; `None`: it must wait.
pub fn receive_now(
    socket: &mut Socket,
    vm: &Vm,
    head: &mut Head,
    wanted: usize,
) -> Option<(Result<Received, Fault>, After)> {
    let (stream, _) = parts(socket);
    if stream.ended {
        return Some((Err(CLOSED), After::Stay));
    }
    match next(socket, vm, head, wanted) {
        Next::Packet(packet) => {
            let received = shown(socket, packet);
            Some((Ok(received), After::Stay))
        }
        Next::Empty => None,
        Next::Ended(fault) => {
            let answer = match fault {
                Some(fault) if socket.options.show_econnreset => fault,
                Some(_) | None => CLOSED,
            };
            let after = end(socket, vm, head, fault, CLOSED);
            Some((Err(answer), after))
        }
        Next::Invalid => {
            let fault = Fault("emsgsize");
            let after = end(socket, vm, head, Some(fault), fault);
            Some((Err(fault), after))
        }
    }
}

fn shown(socket: &Socket, packet: Packet) -> Received {
    Received {
        packet,
        binary: socket.options.binary,
        header: socket.options.header,
        framing: socket.options.framing,
    }
}

/// Cuts or reads until there is a packet or nothing to read.
fn next(socket: &mut Socket, vm: &Vm, head: &mut Head, wanted: usize) -> Next {
    let options = socket.options.clone();
    loop {
        let (stream, kernel) = parts(socket);
        match cut(stream, options.framing, &options, wanted) {
            Cut::Packet { start, end, taken } => {
                let bytes = stream.unread()[start..end].to_vec();
                stream.consume(taken);
                let packet = parsed(stream, options.framing, bytes);
                socket.stats.received.count(taken);
                return Next::Packet(packet);
            }
            Cut::Invalid => return Next::Invalid,
            Cut::More(_) => {}
        }
        if !stream.readable {
            return Next::Empty;
        }
        let most = match options.framing {
            Framing::Raw if wanted == 0 => options.buffer.max(1),
            Framing::Raw => wanted - stream.unread().len(),
            _ => SCRATCH,
        }
        .min(SCRATCH);
        match read(stream, kernel, most) {
            Ok(Some(0)) => return Next::Ended(None),
            Ok(Some(count)) => {
                head.input += count as u64;
                vm.io.count_in(count);
            }
            Ok(None) => return Next::Empty,
            Err(error) => return Next::Ended(Some(error.into())),
        }
    }
}

/// Reads once into the input; `None` when there is nothing now.
fn read(stream: &mut Stream, kernel: &socket2::Socket, most: usize) -> io::Result<Option<usize>> {
    SCRATCH_BYTES.with_borrow_mut(|scratch| {
        loop {
            match (&mut &*kernel).read(&mut scratch[..most]) {
                Ok(count) => {
                    // A short read has emptied the kernel's buffer; whatever comes later makes a new edge.
                    if count < most && !stream.ending {
                        stream.readable = false;
                    }
                    stream.input.extend_from_slice(&scratch[..count]);
                    return Ok(Some(count));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    stream.readable = false;
                    return Ok(None);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    })
}

fn cut(stream: &Stream, framing: Framing, options: &super::options::Options, wanted: usize) -> Cut {
    let unread = stream.unread();
    match framing {
        Framing::Raw if wanted > unread.len() => Cut::More(None),
        Framing::Raw if wanted > 0 => Cut::Packet {
            start: 0,
            end: wanted,
            taken: wanted,
        },
        Framing::Raw => {
            let bytes = &unread[..unread.len().min(options.buffer.max(1))];
            framing.cut(bytes, options.limits, false)
        }
        Framing::Line => {
            let mut limits = options.limits;
            // A line longer than the buffer comes in pieces.
            if limits.line_length == 0 {
                limits.line_length = options.buffer;
            }
            framing.cut(unread, limits, false)
        }
        _ => framing.cut(unread, options.limits, stream.headers),
    }
}

fn parsed(stream: &mut Stream, framing: Framing, bytes: Vec<u8>) -> Packet {
    let Framing::Http {
        headers: always, ..
    } = framing
    else {
        return Packet::Bytes(bytes);
    };
    let line = http::parse(&bytes, stream.headers || always);
    match line {
        Http::Request { .. } | Http::Response { .. } => stream.headers = true,
        Http::EndOfHeaders => stream.headers = false,
        Http::Header { .. } | Http::Error(_) => {}
    }
    Packet::Http(line)
}

/// To the first who waits in `recv`, else as a message to the owner.
fn deliver(socket: &mut Socket, vm: &Vm, head: &mut Head, packet: Packet) {
    let received = shown(socket, packet);
    let framing = socket.options.framing;
    let (stream, _) = parts(socket);
    if let Some((_, request)) = stream.receives.pop_front() {
        request.succeed(vm, received);
        return;
    }
    let (active, over) = socket.options.active.delivered();
    socket.options.active = active;
    let port = head.id;
    if socket.options.deliver_port {
        head.tell_owner(vm, |heap| {
            let data = packet_term(vm, heap, &received);
            let data = heap.tuple(&[Term::atom(atoms::DATA), data]);
            heap.tuple(&[Term::port(port), data])
        });
    } else {
        let tag = match framing {
            Framing::Http { .. } => atoms::HTTP,
            _ => atoms::TCP,
        };
        head.tell_owner(vm, |heap| {
            let data = packet_term(vm, heap, &received);
            heap.tuple(&[Term::atom(tag), Term::port(port), data])
        });
    }
    if over {
        socket.tell_passive(vm, head);
    }
}

/// The stream is over: who waits is told, an active owner gets messages, and the port may close.
fn end(
    socket: &mut Socket,
    vm: &Vm,
    head: &mut Head,
    fault: Option<Fault>,
    for_waiting: Fault,
) -> After {
    let active = socket.options.active.is_on();
    let exit_on_close = socket.options.exit_on_close;
    let show_reset = socket.options.show_econnreset;
    let fault = fault.filter(|fault| show_reset || fault.0 != "econnreset");
    let (stream, kernel) = parts(socket);
    stream.ended = true;
    stream.input = Vec::new();
    stream.used = 0;
    let answer = match fault {
        Some(fault) if for_waiting == CLOSED => fault,
        Some(_) | None => for_waiting,
    };
    for (_, request) in stream.receives.drain(..) {
        request.fail(vm, answer);
    }
    if active {
        return tell_end(socket, vm, head, fault);
    }
    if exit_on_close {
        // The connection is given up at once; the port stays until it is closed, or made active.
        break_off(stream, vm);
        stream.broken = false;
        stream.connected = false;
        let _gone = kernel.shutdown(Shutdown::Both);
    }
    After::Stay
}

/// The messages of an end.
fn tell_end(socket: &Socket, vm: &Vm, head: &Head, fault: Option<Fault>) -> After {
    let port = head.id;
    if let Some(fault) = fault
        && let Ok(name) = vm.atoms().intern(fault.0)
    {
        head.tell_owner(vm, |heap| {
            heap.tuple(&[
                Term::atom(atoms::TCP_ERROR),
                Term::port(port),
                Term::atom(name),
            ])
        });
    }
    head.tell_owner(vm, |heap| {
        if socket.options.deliver_port {
            heap.tuple(&[Term::port(port), Term::atom(atoms::CLOSED)])
        } else {
            heap.tuple(&[Term::atom(atoms::TCP_CLOSED), Term::port(port)])
        }
    });
    if socket.options.exit_on_close {
        After::Vanish
    } else {
        After::Stay
    }
}

/// A packet as programs see it.
pub fn packet_term<'h>(vm: &Vm, heap: &'h Heap, received: &Received) -> Term<'h> {
    match &received.packet {
        Packet::Bytes(bytes) => data_term(heap, bytes, received.binary, received.header),
        Packet::Http(line) => {
            let binary = matches!(received.framing, Framing::Http { binary: true, .. });
            crate::bifs::io::packet::http_term(vm, heap, line, binary)
        }
    }
}

/// Bytes as a list, a binary, or a list of the first `header` bytes that ends in a binary.
pub fn data_term<'h>(heap: &'h Heap, bytes: &[u8], binary: bool, header: usize) -> Term<'h> {
    let listed = if binary { header } else { bytes.len() };
    if listed == 0 {
        return if binary {
            heap.binary(bytes)
        } else {
            Term::NIL
        };
    }
    let (front, rest) = bytes.split_at(listed.min(bytes.len()));
    let tail = if rest.is_empty() && !binary {
        Term::NIL
    } else {
        heap.binary(rest)
    };
    let front: Vec<Term<'h>> = front.iter().map(|b| heap.int(i64::from(*b))).collect();
    heap.list_with_tail(&front, tail)
}
