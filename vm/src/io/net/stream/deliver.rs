//! Packets and the end of a stream as programs see them: to the first who waits in `recv`, else as messages to the owner.

use super::send::break_off;
use super::{Packet, Received, parts};
use crate::atoms;
use crate::heap::{Heap, Term};
use crate::io::net::Socket;
use crate::io::packet::Framing;
use crate::io::ports::port::{After, CLOSED, Fault, Head};
use crate::vm::Vm;
use std::net::Shutdown;

pub(super) fn shown(socket: &Socket, packet: Packet) -> Received {
    Received {
        packet,
        binary: socket.options.binary,
        header: socket.options.header,
        framing: socket.options.framing,
    }
}

/// To the first who waits in `recv`, else as a message to the owner.
pub(super) fn deliver(socket: &mut Socket, vm: &Vm, head: &mut Head, packet: Packet) {
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
pub(super) fn end(
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
pub(super) fn tell_end(socket: &Socket, vm: &Vm, head: &Head, fault: Option<Fault>) -> After {
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
