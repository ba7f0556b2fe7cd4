//! UDP and local datagrams: each message with where it comes from.

use super::{Role, Socket, address};
use crate::atoms;
use crate::heap::{Heap, Term};
use crate::io::poller::Readiness;
use crate::io::ports::Request;
use crate::io::ports::port::{After, Fault, Head};
use crate::vm::Vm;
use rustix::net::{RecvFlags, recvfrom};
use socket2::SockAddr;
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;

/// The largest message of UDP.
const LARGEST: usize = 65_536;
/// Messages delivered before other ports get their turn.
const TURN: usize = 64;

/// The socket's own state.
#[derive(Default)]
pub struct Datagram {
    readable: bool,
    receives: VecDeque<Request>,
}

/// A message.
pub struct Message {
    pub from: SockAddr,
    pub bytes: Vec<u8>,
    pub binary: bool,
    pub header: usize,
}

impl Message {
    /// Address, port, data.
    pub fn terms<'h>(&self, heap: &'h Heap) -> [Term<'h>; 3] {
        let (host, port) = address::parts(heap, &self.from);
        let data = super::stream::data_term(heap, &self.bytes, self.binary, self.header);
        [host, port, data]
    }
}

impl Datagram {
    /// A process waits in `recv`.
    pub fn wait_receive(&mut self, request: Request) {
        self.receives.push_back(request);
    }

    /// Does a living process wait in `recv`?
    pub fn is_awaited(&mut self, vm: &Vm) -> bool {
        while let Some(request) = self.receives.front()
            && !request.is_wanted(vm)
        {
            self.receives.pop_front();
        }
        !self.receives.is_empty()
    }

    /// The waiting request of this number; it waits no more.
    pub fn take_request(&mut self, id: u64) -> Option<Request> {
        let at = self.receives.iter().position(|r| r.id == id)?;
        self.receives.remove(at)
    }

    /// All waiting requests.
    pub fn take_requests(&mut self) -> Vec<Request> {
        self.receives.drain(..).collect()
    }
}

fn parts(socket: &mut Socket) -> (&mut Datagram, &socket2::Socket) {
    match &mut socket.role {
        Role::Datagram(datagram) => (datagram, &socket.kernel),
        Role::Listener(_) | Role::Stream(_) => {
            unreachable!("invariant: only datagrams come here")
        }
    }
}

/// The kernel says that datagrams have come or can be sent.
pub fn ready(socket: &mut Socket, vm: &Vm, head: &mut Head, readiness: Readiness) -> After {
    let (datagram, _) = parts(socket);
    datagram.readable |= readiness.readable;
    if readiness.readable || readiness.read_closed {
        return pump(socket, vm, head);
    }
    After::Stay
}

/// The next message, if one is there.
pub fn receive_now(
    socket: &mut Socket,
    vm: &Vm,
    head: &mut Head,
) -> Option<Result<Message, Fault>> {
    let most = socket.options.buffer.clamp(1, LARGEST);
    let (binary, header) = (socket.options.binary, socket.options.header);
    let (datagram, kernel) = parts(socket);
    // A first look costs a call into the kernel and saves a turn of the poller.
    match read(kernel, most) {
        Ok((bytes, from)) => {
            datagram.readable = true;
            head.input += bytes.len() as u64;
            vm.io.count_in(bytes.len());
            socket.stats.received.count(bytes.len());
            Some(Ok(Message {
                from,
                bytes,
                binary,
                header,
            }))
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            datagram.readable = false;
            None
        }
        Err(error) => Some(Err(error.into())),
    }
}

fn read(kernel: &socket2::Socket, most: usize) -> io::Result<(Vec<u8>, SockAddr)> {
    let mut bytes = vec![0; most];
    loop {
        match recvfrom(kernel, &mut bytes[..], RecvFlags::empty()) {
            Ok((count, _, from)) => {
                bytes.truncate(count);
                return Ok((bytes, sender(from)?));
            }
            Err(error) if error == rustix::io::Errno::INTR => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// A peer without a name (an unbound local socket) has an empty path.
fn sender(from: Option<rustix::net::SocketAddrAny>) -> io::Result<SockAddr> {
    let nameless = || SockAddr::unix("");
    let Some(from) = from else {
        return nameless();
    };
    if let Ok(ip) = std::net::SocketAddr::try_from(from.clone()) {
        return Ok(ip.into());
    }
    match rustix::net::SocketAddrUnix::try_from(from) {
        Ok(unix) => match unix.path_bytes() {
            Some(path) => SockAddr::unix(std::ffi::OsStr::from_bytes(path)),
            None => nameless(),
        },
        Err(_) => nameless(),
    }
}

/// Delivers datagrams as long as somebody wants them and there are some.
pub fn pump(socket: &mut Socket, vm: &Vm, head: &mut Head) -> After {
    for _ in 0..TURN {
        let active = socket.options.active.is_on();
        let (datagram, _) = parts(socket);
        if !(datagram.is_awaited(vm) || active) || !datagram.readable {
            return After::Stay;
        }
        match receive_now(socket, vm, head) {
            None => return After::Stay,
            Some(Ok(message)) => deliver(socket, vm, head, message),
            Some(Err(fault)) => fail(socket, vm, head, fault),
        }
    }
    After::Again
}

fn deliver(socket: &mut Socket, vm: &Vm, head: &mut Head, message: Message) {
    let (datagram, _) = parts(socket);
    if let Some(request) = datagram.receives.pop_front() {
        request.succeed(vm, message);
        return;
    }
    let (active, over) = socket.options.active.delivered();
    socket.options.active = active;
    let port = head.id;
    head.tell_owner(vm, |heap| {
        let [host, from_port, data] = message.terms(heap);
        heap.tuple(&[
            Term::atom(atoms::UDP),
            Term::port(port),
            host,
            from_port,
            data,
        ])
    });
    if over {
        socket.tell_passive(vm, head);
    }
}

/// An error that came back for something sent (`econnrefused` of a connected socket).
fn fail(socket: &mut Socket, vm: &Vm, head: &mut Head, fault: Fault) {
    let (datagram, _) = parts(socket);
    if let Some(request) = datagram.receives.pop_front() {
        request.fail(vm, fault);
        return;
    }
    let port = head.id;
    if let Ok(name) = vm.atoms().intern(fault.0) {
        head.tell_owner(vm, |heap| {
            heap.tuple(&[
                Term::atom(atoms::UDP_ERROR),
                Term::port(port),
                Term::atom(name),
            ])
        });
    }
    if socket.options.active == super::options::Active::Once {
        socket.options.active = super::options::Active::Off;
    }
}

/// To the connected peer.
pub fn push(socket: &mut Socket, vm: &Vm, head: &mut Head, bytes: &[u8]) -> Result<(), Fault> {
    let sent = socket.kernel.send(bytes)?;
    count_sent(socket, vm, head, sent);
    Ok(())
}

/// To an address.
pub fn send_to(
    socket: &mut Socket,
    vm: &Vm,
    head: &mut Head,
    to: &SockAddr,
    bytes: &[u8],
) -> Result<(), Fault> {
    let sent = socket.kernel.send_to(bytes, to)?;
    count_sent(socket, vm, head, sent);
    Ok(())
}

fn count_sent(socket: &mut Socket, vm: &Vm, head: &mut Head, sent: usize) {
    head.output += sent as u64;
    vm.io.count_out(sent);
    socket.stats.sent.count(sent);
}
