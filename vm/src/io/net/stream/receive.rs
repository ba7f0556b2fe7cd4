//! Receiving: reads what comes and cuts packets out of it, as long as somebody wants them.

use super::deliver::{deliver, end, shown, tell_end};
use super::{Packet, Received, SCRATCH, Stream, parts};
use crate::io::net::Socket;
use crate::io::net::options::Options;
use crate::io::packet::http::Http;
use crate::io::packet::{Cut, Framing, http};
use crate::io::ports::port::{After, CLOSED, Fault, Head};
use crate::vm::Vm;
use std::cell::RefCell;
use std::io::{self, ErrorKind, Read};

/// Messages delivered before other ports get their turn.
const TURN: usize = 64;

thread_local! {
    static SCRATCH_BYTES: RefCell<Vec<u8>> = RefCell::new(vec![0; SCRATCH]);
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

fn cut(stream: &Stream, framing: Framing, options: &Options, wanted: usize) -> Cut {
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
