//! Sending: at once what the kernel takes, the rest through the outbox; above the high watermark senders wait.

use super::{Stream, parts};
use crate::io::net::Socket;
use crate::io::ports::port::{CLOSED, Fault, Head};
use crate::vm::Vm;
use std::io::{self, ErrorKind, Write};
use std::net::Shutdown;

/// Writes what waits, and tells who waited for room.
pub(super) fn flush(socket: &mut Socket, vm: &Vm, head: &mut Head) {
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
pub(super) fn break_off(stream: &mut Stream, vm: &Vm) {
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
