//! `prim_inet`: opening, connecting, accepting, closing of sockets and what is asked about them. Sending and receiving: [`super::transfer`].

use super::inet_options::{active_term, get_all, set_all};
use super::waiting::{Stage, cell_of, fault_term, ok, port_of, stage, timeout};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{OwnedTerm, Term};
use crate::io::net::address::{self, host_of, sock_addr};
use crate::io::net::datagram::Datagram;
use crate::io::net::listener::{Accepted, Listener};
use crate::io::net::options::{Active, Options};
use crate::io::net::stream::{self, Stream};
use crate::io::net::{Family, Role, Socket, Traffic};
use crate::io::poller::Part;
use crate::io::ports::Request;
use crate::io::ports::port::{CLOSED, Device, EINVAL, Fault, State, TIMEOUT};
use mio::Interest;
use socket2::{Domain, SockAddr, Type};
use std::io::ErrorKind;
use std::net::Shutdown;
use std::os::fd::AsFd;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_inet", "open", 5, open),
    BifRow::new("prim_inet", "listen", 2, listen),
    BifRow::new("prim_inet", "accept", 2, accept),
    BifRow::new("prim_inet", "connect", 4, connect),
    BifRow::new("prim_inet", "shutdown", 2, shutdown),
    BifRow::new("prim_inet", "close", 1, close),
    BifRow::new("prim_inet", "setopts", 2, setopts),
    BifRow::new("prim_inet", "getopts", 2, getopts),
    BifRow::new("prim_inet", "sockname", 1, sockname),
    BifRow::new("prim_inet", "peername", 1, peername),
    BifRow::new("prim_inet", "getstat", 1, getstat),
    BifRow::new("prim_inet", "kind", 1, kind),
    BifRow::new("prim_inet", "pause", 1, pause),
];

/// What a built-in function of this file answers.
type Answer<'h> = Result<Term<'h>, Raise<'h>>;

fn ok_or_fault<'h>(cx: &Cx<'h>, outcome: Result<(), Fault>) -> Answer<'h> {
    match outcome {
        Ok(()) => Ok(Term::atom(atoms::OK)),
        Err(fault) => fault_term(cx, fault),
    }
}

/// Runs `work` on the open socket behind a port; a port that is gone or no socket fails as `otherwise`.
pub fn with_socket<'h, R>(
    cx: &Cx<'h>,
    port: Term<'h>,
    otherwise: Fault,
    work: impl FnOnce(&mut Socket, &mut crate::io::ports::Head) -> Result<R, Fault>,
) -> Result<Result<R, Fault>, Raise<'h>> {
    let Some(cell) = cell_of(cx, port)? else {
        return Ok(Err(otherwise));
    };
    let mut state = cell.state.lock();
    let State { head, device } = &mut *state;
    Ok(match device {
        Device::Socket(socket) if head.open => work(socket, head),
        Device::Socket(_) | Device::Program(_) | Device::Trace(_) | Device::Gone => Err(otherwise),
    })
}

fn family_of<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Family, Raise<'h>> {
    let name = term.as_atom().ok_or_else(Raise::badarg)?;
    match cx.atoms().text(name) {
        "inet" => Ok(Family::Inet),
        "inet6" => Ok(Family::Inet6),
        "local" => Ok(Family::Local),
        _ => Err(Raise::badarg()),
    }
}

/// `open(Family, stream | dgram, Address | undefined, Port, Options) -> {ok, Socket} | {error, Reason}`: a socket that is bound where an
/// address is given, neither listening nor connected.
fn open<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let family = family_of(cx, args[0])?;
    let name = cx
        .atoms()
        .text(args[1].as_atom().ok_or_else(Raise::badarg)?);
    let datagram = match name {
        "stream" => false,
        "dgram" => true,
        _ => return Err(Raise::badarg()),
    };
    let bind = if args[2].is_atom(atoms::UNDEFINED) {
        None
    } else {
        let port = args[3]
            .as_small()
            .and_then(|port| u16::try_from(port).ok())
            .ok_or_else(Raise::badarg)?;
        let host = host_of(cx.vm(), args[2], family);
        match host.and_then(|host| sock_addr(&host, port, family)) {
            Some(address) => Some(address),
            None => return fault_term(cx, EINVAL),
        }
    };
    match make(cx, family, datagram, bind, args[4]) {
        Ok(socket) => {
            let name = if datagram { "udp_inet" } else { "tcp_inet" };
            let opened = if datagram {
                socket.open(cx.vm(), cx.process(), name)
            } else {
                // A stream is watched once it listens or connects.
                socket.open_unwatched(cx.vm(), cx.process(), name)
            };
            match opened {
                Ok(cell) => Ok(ok(cx, Term::port(cell.id))),
                Err(fault) => fault_term(cx, fault),
            }
        }
        Err(fault) => fault_term(cx, fault),
    }
}

fn make(
    cx: &Cx<'_>,
    family: Family,
    datagram: bool,
    bind: Option<SockAddr>,
    list: Term<'_>,
) -> Result<Socket, Fault> {
    let domain = match family {
        Family::Inet => Domain::IPV4,
        Family::Inet6 => Domain::IPV6,
        Family::Local => Domain::UNIX,
    };
    let (kind, options, role) = if datagram {
        let role = Role::Datagram(Datagram::default());
        (Type::DGRAM, Options::datagram(), role)
    } else {
        let role = Role::Stream(Stream::default());
        (Type::STREAM, Options::default(), role)
    };
    let kernel = socket2::Socket::new(domain, kind, None)?;
    kernel.set_nonblocking(true)?;
    let mut socket = Socket::new(kernel, family, options, role);
    set_all(cx.vm(), &mut socket, None, list)?;
    if let Some(address) = bind {
        socket.kernel.bind(&address)?;
    }
    Ok(socket)
}

/// `listen(Socket, Backlog) -> ok | {error, Reason}`
fn listen<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let backlog = args[1]
        .as_small()
        .and_then(|backlog| i32::try_from(backlog).ok())
        .ok_or_else(Raise::badarg)?;
    let vm = cx.vm();
    let outcome = with_socket(cx, args[0], EINVAL, |socket, head| {
        socket.kernel.listen(backlog)?;
        socket.role = Role::Listener(Listener::default());
        vm.io.poller.watch(
            vm,
            socket.kernel.as_fd(),
            head.id,
            Part::Main,
            Interest::READABLE,
        )?;
        Ok(())
    })?;
    ok_or_fault(cx, outcome)
}

/// `accept(Socket, Timeout) -> {ok, Socket} | {error, Reason}`
fn accept<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let accepted = match stage::<Accepted>(cx, args)? {
        Stage::Answered(outcome) => outcome,
        Stage::First => {
            let (port, timeout) = (port_of(args[0])?, timeout(args[1])?);
            let now = with_socket(cx, args[0], CLOSED, |socket, _| {
                let (kernel, family, options) = (&socket.kernel, socket.family, &socket.options);
                let Role::Listener(listener) = &mut socket.role else {
                    return Err(EINVAL);
                };
                if !listener.has_queue()
                    && let Some(outcome) = listener.accept(kernel, family, options)
                {
                    return outcome.map(Some);
                }
                if timeout == Some(0) {
                    return Err(TIMEOUT);
                }
                listener.wait(Request::new(cx.vm(), cx.process(), port, timeout));
                Ok(None)
            })?;
            match now {
                Ok(Some(accepted)) => Ok(accepted),
                Ok(None) => return Err(Raise::wait(args)),
                Err(fault) => Err(fault),
            }
        }
    };
    let opened = accepted.and_then(|accepted| {
        let role = Role::Stream(Stream::connected());
        Socket::new(accepted.kernel, accepted.family, accepted.options, role).open(
            cx.vm(),
            cx.process(),
            "tcp_inet",
        )
    });
    match opened {
        Ok(cell) => Ok(ok(cx, Term::port(cell.id))),
        Err(fault) => fault_term(cx, fault),
    }
}

/// `connect(Socket, Address, Port, Timeout) -> ok | {error, Reason}`
fn connect<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let vm = cx.vm();
    if let Stage::Answered(outcome) = stage::<()>(cx, args)? {
        return ok_or_fault(cx, outcome);
    }
    let (port, timeout) = (port_of(args[0])?, timeout(args[3])?);
    let number = args[2]
        .as_small()
        .and_then(|port| u16::try_from(port).ok())
        .ok_or_else(Raise::badarg)?;
    let waits = with_socket(cx, args[0], CLOSED, |socket, _| {
        let to = host_of(vm, args[1], socket.family)
            .and_then(|host| sock_addr(&host, number, socket.family))
            .ok_or(EINVAL)?;
        let connected = match socket.kernel.connect(&to) {
            Ok(()) => true,
            Err(error)
                if error.kind() == ErrorKind::WouldBlock
                    || error.raw_os_error()
                        == Some(rustix::io::Errno::INPROGRESS.raw_os_error()) =>
            {
                false
            }
            Err(error) => return Err(error.into()),
        };
        let Role::Stream(stream) = &mut socket.role else {
            return Ok(false);
        };
        stream.connected = connected;
        if !connected {
            if timeout == Some(0) {
                return Err(TIMEOUT);
            }
            stream.connecting = Some(Request::new(vm, cx.process(), port, timeout));
        }
        vm.io.poller.watch(
            vm,
            socket.kernel.as_fd(),
            port,
            Part::Main,
            Interest::READABLE | Interest::WRITABLE,
        )?;
        Ok(!connected)
    })?;
    match waits {
        Ok(true) => Err(Raise::wait(args)),
        Ok(false) => Ok(Term::atom(atoms::OK)),
        Err(fault) => fault_term(cx, fault),
    }
}

/// `shutdown(Socket, read | write | read_write) -> ok | {error, Reason}`
fn shutdown<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let how = args[1].as_atom().map(|how| cx.atoms().text(how));
    let how = match how {
        Some("read") => Shutdown::Read,
        Some("write") => Shutdown::Write,
        Some("read_write") => Shutdown::Both,
        Some(_) | None => return Err(Raise::badarg()),
    };
    let outcome = with_socket(cx, args[0], CLOSED, |socket, _| {
        match &socket.role {
            Role::Stream(_) => stream::shutdown(socket, how)?,
            Role::Listener(_) => return Err(Fault("enotconn")),
            Role::Datagram(_) => socket.kernel.shutdown(how)?,
        }
        Ok(())
    })?;
    ok_or_fault(cx, outcome)
}

/// `close(Socket) -> ok`: waits until queued output is written, unless the socket lingers for no time.
fn close<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let port = port_of(args[0])?;
    let Some(cell) = cell_of(cx, args[0])? else {
        // Closed meanwhile, by its peer or its owner's end.
        let _closed = cx.process().answer::<crate::io::ports::port::Outcome>();
        return Ok(Term::atom(atoms::OK));
    };
    if let Stage::First = stage::<()>(cx, args)? {
        let mut state = cell.state.lock();
        if let Device::Socket(socket) = &mut state.device
            && socket.lingers()
            && let Role::Stream(stream) = &mut socket.role
        {
            stream.wait_drained(Request::new(cx.vm(), cx.process(), port, None));
            return Err(Raise::wait(args));
        }
    }
    cx.vm()
        .close_port(cell.state.lock(), &OwnedTerm::atom(atoms::NORMAL));
    // The exit signal to oneself is handled before the next instruction.
    Err(Raise::signals(Term::atom(atoms::OK)))
}

/// `setopts(Socket, Options) -> ok | {error, einval}`
fn setopts<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let Some(cell) = cell_of(cx, args[0])? else {
        return fault_term(cx, EINVAL);
    };
    let mut state = cell.state.lock();
    let State { head, device } = &mut *state;
    let Device::Socket(socket) = device else {
        return fault_term(cx, EINVAL);
    };
    let outcome = set_all(cx.vm(), socket, Some(head), args[1]);
    let after = socket.pump(cx.vm(), head);
    cx.vm().settle_here(state, after);
    ok_or_fault(cx, outcome)
}

/// `pause(Socket) -> {ok, Active} | {error, closed}`: makes it passive and answers what it was.
fn pause<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let was = with_socket(cx, args[0], CLOSED, |socket, _| {
        Ok(std::mem::replace(&mut socket.options.active, Active::Off))
    })?;
    match was {
        Ok(active) => Ok(ok(cx, active_term(cx.vm(), cx.heap(), active))),
        Err(fault) => fault_term(cx, fault),
    }
}

/// `getopts(Socket, Names) -> {ok, Options} | {error, einval}`
fn getopts<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let found = with_socket(cx, args[0], EINVAL, |socket, _| {
        get_all(cx.vm(), cx.heap(), socket, args[1])
    })?;
    match found {
        Ok(list) => Ok(ok(cx, list)),
        Err(fault) => fault_term(cx, fault),
    }
}

fn named<'h>(
    cx: &Cx<'h>,
    port: Term<'h>,
    name: impl FnOnce(&socket2::Socket) -> std::io::Result<SockAddr>,
) -> Answer<'h> {
    let found = with_socket(cx, port, EINVAL, |socket, _| Ok(name(&socket.kernel)?))?;
    match found {
        Ok(address) => Ok(ok(cx, address::name_term(cx.heap(), &address))),
        Err(fault) => fault_term(cx, fault),
    }
}

fn sockname<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    named(cx, args[0], socket2::Socket::local_addr)
}

fn peername<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    named(cx, args[0], socket2::Socket::peer_addr)
}

/// `getstat(Socket) -> {ok, [{recv_oct, N} ...]} | {error, einval}`: all of them.
fn getstat<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let found = with_socket(cx, args[0], EINVAL, |socket, _| {
        Ok((socket.stats, socket.queued()))
    })?;
    let (stats, pending) = match found {
        Ok(found) => found,
        Err(fault) => return fault_term(cx, fault),
    };
    let heap = cx.heap();
    let mut all = Vec::new();
    let mut put = |name: &str, value: u64| -> Result<(), Raise<'h>> {
        all.push(heap.tuple(&[cx.atom_term(name)?, heap.uint(value)]));
        Ok(())
    };
    let Traffic {
        packets,
        bytes,
        largest,
        average,
        deviation,
    } = stats.received;
    put("recv_oct", bytes)?;
    put("recv_cnt", packets)?;
    put("recv_max", largest)?;
    put("recv_avg", average as u64)?;
    put("recv_dvi", deviation as u64)?;
    put("send_oct", stats.sent.bytes)?;
    put("send_cnt", stats.sent.packets)?;
    put("send_max", stats.sent.largest)?;
    put("send_avg", stats.sent.average as u64)?;
    put("send_pend", pending as u64)?;
    Ok(ok(cx, heap.list(&all)))
}

/// `kind(Port) -> {stream | listen | dgram, inet | inet6 | local} | none`
fn kind<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let found = with_socket(cx, args[0], EINVAL, |socket, _| {
        let role = match &socket.role {
            Role::Stream(_) => "stream",
            Role::Listener(_) => "listen",
            Role::Datagram(_) => "dgram",
        };
        let family = match socket.family {
            Family::Inet => "inet",
            Family::Inet6 => "inet6",
            Family::Local => "local",
        };
        Ok((role, family))
    })?;
    match found {
        Ok((role, family)) => Ok(cx
            .heap()
            .tuple(&[cx.atom_term(role)?, cx.atom_term(family)?])),
        Err(_) => Ok(Term::atom(atoms::NONE)),
    }
}
