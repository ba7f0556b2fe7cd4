//! `prim_inet`: sending and receiving.

use super::sockets::with_socket;
use super::streams::iodata;
use super::waiting::{Stage, cell_of, fault_term, ok, port_of, stage, timeout};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::net::address::{host_of, sock_addr};
use crate::io::net::datagram::{self, Message};
use crate::io::net::stream::{self, Received};
use crate::io::net::{Role, Socket};
use crate::io::packet::Framing;
use crate::io::ports::Request;
use crate::io::ports::port::{CLOSED, Device, EINVAL, Fault, State, TIMEOUT};
use std::borrow::Cow;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_inet", "send", 2, send),
    BifRow::new("prim_inet", "recv", 3, recv),
    BifRow::new("prim_inet", "unrecv", 2, unrecv),
    BifRow::new("prim_inet", "sendto", 4, sendto),
    BifRow::new("prim_inet", "recvfrom", 3, recvfrom),
];

type Answer<'h> = Result<Term<'h>, Raise<'h>>;

/// Bytes moved for one reduction.
const BYTES_PER_REDUCTION: usize = 512;

/// The bytes of iodata; a binary is not copied.
pub fn bytes_of<'h>(term: Term<'h>) -> Option<Cow<'h, [u8]>> {
    match term.as_bits() {
        Some(bits) if bits.is_binary() => Some(bits.bytes()),
        Some(_) => None,
        None => iodata(term).map(Cow::Owned),
    }
}

/// What became of an attempt to send.
enum Sent {
    Done,
    /// The queue is full.
    Wait,
}

/// `send(Socket, Data) -> ok | {error, Reason}`: returns when the kernel has the data or the queue has taken them; waits while the
/// queue is above its high watermark.
fn send<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    if let Stage::Answered(Err(fault)) = stage::<()>(cx, args)? {
        if fault == TIMEOUT {
            close_after_timeout(cx, args[0])?;
        }
        return fault_term(cx, fault);
    }
    let port = port_of(args[0])?;
    let Some(bytes) = bytes_of(args[1]) else {
        return fault_term(cx, EINVAL);
    };
    cx.bump((bytes.len() / BYTES_PER_REDUCTION) as i64 + 10);
    let vm = cx.vm();
    let sent = with_socket(cx, args[0], CLOSED, |socket, head| {
        let timeout = socket.options.send_timeout_ms;
        if let Role::Stream(stream) = &mut socket.role
            && stream.busy
            && !stream.broken
        {
            stream.wait_room(Request::new(vm, cx.process(), port, timeout));
            return Ok(Sent::Wait);
        }
        vm.io.ports.tell(
            vm,
            port,
            crate::io::ports::PortEvent::Received(cx.process().pid, &bytes),
        );
        socket.push(vm, head, &bytes).map(|()| Sent::Done)
    })?;
    match sent {
        Ok(Sent::Done) => Ok(Term::atom(atoms::OK)),
        Ok(Sent::Wait) => Err(Raise::wait(args)),
        Err(fault) => fault_term(cx, fault),
    }
}

fn close_after_timeout<'h>(cx: &Cx<'h>, port: Term<'h>) -> Result<(), Raise<'h>> {
    let Some(cell) = cell_of(cx, port)? else {
        return Ok(());
    };
    let mut state = cell.state.lock();
    if let Device::Socket(socket) = &mut state.device
        && socket.options.send_timeout_close
    {
        let _gone = socket.kernel.shutdown(std::net::Shutdown::Both);
        if let Role::Stream(stream) = &mut socket.role {
            stream.abandon();
        }
    }
    Ok(())
}

fn received_term<'h>(cx: &Cx<'h>, outcome: Result<Received, Fault>) -> Answer<'h> {
    match outcome {
        Ok(received) => {
            let data = stream::packet_term(cx.vm(), cx.heap(), &received);
            Ok(ok(cx, data))
        }
        Err(fault) => fault_term(cx, fault),
    }
}

/// `recv(Socket, Length, Timeout) -> {ok, Data} | {error, Reason}`
fn recv<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    if let Stage::Answered(outcome) = stage::<Received>(cx, args)? {
        return received_term(cx, outcome);
    }
    let port = port_of(args[0])?;
    let wanted = args[1].as_usize().ok_or_else(Raise::badarg)?;
    let timeout = timeout(args[2])?;
    // As in OTP: nobody asks for more than 64 MB at once.
    if wanted > 0x400_0000 {
        return fault_term(cx, Fault("enomem"));
    }
    let vm = cx.vm();
    let Some(cell) = cell_of(cx, args[0])? else {
        return fault_term(cx, CLOSED);
    };
    let mut state = cell.state.lock();
    let State { head, device } = &mut *state;
    let Device::Socket(socket) = device else {
        return fault_term(cx, EINVAL);
    };
    let active = socket.options.active.is_on();
    let Role::Stream(stream) = &mut socket.role else {
        return fault_term(cx, Fault("enotconn"));
    };
    if active || wanted > 0 && socket.options.framing != Framing::Raw {
        return fault_term(cx, EINVAL);
    }
    if !stream.connected {
        return fault_term(cx, Fault("enotconn"));
    }
    // One at a time: a second one would take what the first waits for.
    if stream.is_awaited(vm) {
        return fault_term(cx, Fault("ealready"));
    }
    if let Some((outcome, after)) = stream::receive_now(socket, vm, head, wanted) {
        vm.settle_here(state, after);
        return received_term(cx, outcome);
    }
    if timeout == Some(0) {
        return fault_term(cx, TIMEOUT);
    }
    let request = Request::new(vm, cx.process(), port, timeout);
    if let Role::Stream(stream) = &mut socket.role {
        stream.wait_receive(wanted, request);
    }
    Err(Raise::wait(args))
}

/// `unrecv(Socket, Data) -> ok | {error, Reason}`: puts data back in front of what is read next.
fn unrecv<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let bytes = bytes_of(args[1]).ok_or_else(Raise::badarg)?;
    let outcome = with_socket(cx, args[0], CLOSED, |socket, _| match &mut socket.role {
        Role::Stream(stream) => {
            stream.put_back(&bytes);
            Ok(())
        }
        Role::Listener(_) | Role::Datagram(_) => Err(EINVAL),
    })?;
    match outcome {
        Ok(()) => Ok(Term::atom(atoms::OK)),
        Err(fault) => fault_term(cx, fault),
    }
}

/// `sendto(Socket, Address | undefined, Port, Data) -> ok | {error, Reason}`
fn sendto<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let Some(bytes) = bytes_of(args[3]) else {
        return fault_term(cx, EINVAL);
    };
    let vm = cx.vm();
    cx.bump((bytes.len() / BYTES_PER_REDUCTION) as i64 + 10);
    let outcome = with_socket(cx, args[0], CLOSED, |socket, head| {
        if args[1].is_atom(atoms::UNDEFINED) {
            // Without a peer the kernel asks for an address; OTP calls the call wrong.
            return datagram_push(socket, |socket| socket.push(vm, head, &bytes)).map_err(
                |fault| match fault.0 {
                    "edestaddrreq" | "enotconn" => EINVAL,
                    _ => fault,
                },
            );
        }
        let port = args[2]
            .as_small()
            .and_then(|port| u16::try_from(port).ok())
            .ok_or(EINVAL)?;
        let to = host_of(vm, args[1], socket.family)
            .and_then(|host| sock_addr(&host, port, socket.family))
            .ok_or(EINVAL)?;
        datagram_push(socket, |socket| {
            datagram::send_to(socket, vm, head, &to, &bytes)
        })
    })?;
    match outcome {
        Ok(()) => Ok(Term::atom(atoms::OK)),
        Err(fault) => fault_term(cx, fault),
    }
}

fn datagram_push(
    socket: &mut Socket,
    push: impl FnOnce(&mut Socket) -> Result<(), Fault>,
) -> Result<(), Fault> {
    match &socket.role {
        Role::Datagram(_) => push(socket),
        Role::Stream(_) | Role::Listener(_) => Err(EINVAL),
    }
}

fn message_term<'h>(cx: &Cx<'h>, outcome: Result<Message, Fault>) -> Answer<'h> {
    match outcome {
        Ok(message) => {
            let parts = message.terms(cx.heap());
            Ok(ok(cx, cx.heap().tuple(&parts)))
        }
        Err(fault) => fault_term(cx, fault),
    }
}

/// `recvfrom(Socket, Length, Timeout) -> {ok, {Address, Port, Data}} | {error, Reason}`
fn recvfrom<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    if let Stage::Answered(outcome) = stage::<Message>(cx, args)? {
        return message_term(cx, outcome);
    }
    let port = port_of(args[0])?;
    args[1].as_usize().ok_or_else(Raise::badarg)?;
    let timeout = timeout(args[2])?;
    let vm = cx.vm();
    let now = with_socket(cx, args[0], CLOSED, |socket, head| {
        let active = socket.options.active.is_on();
        let Role::Datagram(datagram) = &mut socket.role else {
            return Err(EINVAL);
        };
        if active {
            return Err(EINVAL);
        }
        if datagram.is_awaited(vm) {
            return Err(Fault("ealready"));
        }
        if let Some(outcome) = datagram::receive_now(socket, vm, head) {
            return outcome.map(Some);
        }
        if timeout == Some(0) {
            return Err(TIMEOUT);
        }
        if let Role::Datagram(datagram) = &mut socket.role {
            datagram.wait_receive(Request::new(vm, cx.process(), port, timeout));
        }
        Ok(None)
    })?;
    match now {
        Ok(Some(message)) => message_term(cx, Ok(message)),
        Ok(None) => Err(Raise::wait(args)),
        Err(fault) => fault_term(cx, fault),
    }
}
