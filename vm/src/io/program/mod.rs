//! Ports with pipes: an external program, or descriptors that were open already.
//!
//! What comes out of the program is cut into packets, lines or pieces as it comes and sent to the owner. The port closes when the
//! program closes its output, or, where the exit status is asked for, when it has ended too.

pub mod pipes;
pub mod spawn;

use crate::atoms;
use crate::heap::{Heap, Term};
use crate::io::net::stream::data_term;
use crate::io::outbox::Outbox;
use crate::io::packet::{Cut, Framing, Limits};
use crate::io::poller::{Part, Readiness};
use crate::io::ports::Request;
use crate::io::ports::port::{After, CLOSED, Head};
use crate::vm::Vm;
use pipes::Pipe;
use rustix::process::{Pid as OsPid, WaitOptions, waitpid};
use std::collections::VecDeque;
use std::io;
use std::os::fd::OwnedFd;

/// Bytes of one read, as in OTP.
const READ: usize = 65_536;
/// Reads before other ports get their turn.
const TURN: usize = 16;
/// Output that may wait before senders must.
const HIGH: usize = 8_192;
const LOW: usize = 4_096;

/// How output is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Stream,
    /// With a length of so many bytes in front, both ways.
    Packet(u8),
    /// Lines, longer ones in pieces of this many bytes.
    Line(usize),
}

/// What the port was opened with.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub shape: Shape,
    pub binary: bool,
    /// Tell the end of output and stay open.
    pub eof: bool,
    pub exit_status: bool,
}

/// A program or a pair of descriptors.
pub struct Program {
    settings: Settings,
    writes: bool,
    input: Option<Pipe>,
    output: Option<Pipe>,
    /// The process, until it has been waited for.
    pub child: Option<OsPid>,
    pub os_pid: Option<i32>,
    /// Becomes readable when the process ends.
    pub end: Option<OwnedFd>,
    status: Option<i32>,
    readable: bool,
    unread: Vec<u8>,
    ended: bool,
    outbox: Outbox,
    busy: bool,
    senders: VecDeque<Request>,
}

impl Program {
    /// A program that was started; a pipe that is missing is not the port's.
    pub fn new(settings: Settings, input: Option<Pipe>, output: Option<Pipe>) -> Program {
        Program {
            settings,
            writes: output.is_some(),
            input,
            output,
            child: None,
            os_pid: None,
            end: None,
            status: None,
            readable: false,
            unread: Vec::new(),
            ended: false,
            outbox: Outbox::default(),
            busy: false,
            senders: VecDeque::new(),
        }
    }

    /// The pipe that the program reads.
    pub fn input(&self) -> Option<&Pipe> {
        self.input.as_ref()
    }

    /// The pipe that the program writes.
    pub fn output(&self) -> Option<&Pipe> {
        self.output.as_ref()
    }

    /// Bytes that the program has not taken yet.
    pub fn queued(&self) -> usize {
        self.outbox.len()
    }

    /// A regular file is always ready; the kernel does not watch it.
    pub fn always_ready(&mut self) {
        self.readable = true;
    }

    /// After its port has closed: output under way, or a process that must still be waited for.
    pub fn lingers(&mut self) -> bool {
        self.input = None;
        if self.outbox.is_empty() || self.output.is_none() {
            self.output = None;
        }
        self.output.is_some() || self.child.is_some()
    }

    /// A sender waits until there is room.
    pub fn wait_room(&mut self, request: Request) {
        self.senders.push_back(request);
    }

    /// Must senders wait?
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// The waiting request of this number; it waits no more.
    pub fn take_request(&mut self, id: u64) -> Option<Request> {
        let at = self.senders.iter().position(|r| r.id == id)?;
        self.senders.remove(at)
    }

    /// All waiting requests.
    pub fn take_requests(&mut self) -> Vec<Request> {
        self.senders.drain(..).collect()
    }

    /// The kernel says that one of the pipes can go on, or that the program has ended.
    pub fn ready(&mut self, vm: &Vm, head: &mut Head, part: Part, readiness: Readiness) -> After {
        match part {
            Part::Main => {
                self.readable |= readiness.readable || readiness.read_closed;
                self.pump(vm, head)
            }
            Part::Output => self.flush(vm, head),
            Part::Exit => {
                self.reap();
                self.finish(vm, head)
            }
        }
    }

    /// Waits for the process without blocking. Afterwards its status is known or it runs on.
    fn reap(&mut self) {
        let Some(pid) = self.child else { return };
        match waitpid(Some(pid), WaitOptions::NOHANG) {
            Ok(None) => return,
            Ok(Some((_, status))) => {
                self.status = status
                    .exit_status()
                    .or_else(|| status.terminating_signal().map(|signal| 128 + signal));
            }
            // Somebody else waited for it: its status is lost.
            Err(_) => self.status = Some(255),
        }
        self.child = None;
        self.end = None;
    }

    /// The process ended with this status, seen by a thread that waited for it.
    pub fn ended_with(&mut self, status: i32) {
        self.status = Some(status);
        self.child = None;
        self.end = None;
    }

    /// Reads and delivers.
    pub fn pump(&mut self, vm: &Vm, head: &mut Head) -> After {
        let mut space = vec![0; READ];
        for _ in 0..TURN {
            let Some(input) = self.input.as_mut().filter(|_| self.readable) else {
                return After::Stay;
            };
            match input.read(&mut space) {
                Ok(0) => return self.end_of_output(vm, head),
                Ok(count) => {
                    head.input += count as u64;
                    vm.io.count_in(count);
                    self.take(vm, head, &space[..count]);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.readable = false;
                    return After::Stay;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A terminal whose other side is gone reports an error where a pipe ends.
                Err(_) => return self.end_of_output(vm, head),
            }
        }
        After::Again
    }

    fn take(&mut self, vm: &Vm, head: &Head, bytes: &[u8]) {
        let binary = self.settings.binary;
        match self.settings.shape {
            Shape::Stream => send_data(vm, head, |heap| data_term(heap, bytes, binary, 0)),
            Shape::Packet(size) => {
                self.unread.extend_from_slice(bytes);
                let framing = Framing::Length(size);
                let mut at = 0;
                while let Cut::Packet { start, end, taken } =
                    framing.cut(&self.unread[at..], Limits::default(), false)
                {
                    let packet = &self.unread[at + start..at + end];
                    send_data(vm, head, |heap| data_term(heap, packet, binary, 0));
                    at += taken;
                }
                self.unread.drain(..at);
            }
            Shape::Line(longest) => {
                self.unread.extend_from_slice(bytes);
                self.take_lines(vm, head, longest.max(1));
            }
        }
    }

    fn take_lines(&mut self, vm: &Vm, head: &Head, longest: usize) {
        let mut at = 0;
        loop {
            let rest = &self.unread[at..];
            let end = rest
                .iter()
                .take(longest + 1)
                .position(|byte| *byte == b'\n');
            let (tag, length, taken) = match end {
                Some(end) => (atoms::EOL, end, end + 1),
                None if rest.len() > longest => (atoms::NOEOL, longest, longest),
                None => break,
            };
            self.send_line(vm, head, tag, &rest[..length]);
            at += taken;
        }
        self.unread.drain(..at);
    }

    fn send_line(&self, vm: &Vm, head: &Head, tag: atoms::Atom, line: &[u8]) {
        let binary = self.settings.binary;
        send_data(vm, head, |heap| {
            heap.tuple(&[Term::atom(tag), data_term(heap, line, binary, 0)])
        });
    }

    fn end_of_output(&mut self, vm: &Vm, head: &mut Head) -> After {
        self.input = None;
        self.ended = true;
        if let Shape::Line(_) = self.settings.shape
            && !self.unread.is_empty()
        {
            let rest = std::mem::take(&mut self.unread);
            self.send_line(vm, head, atoms::NOEOL, &rest);
        }
        if self.settings.eof {
            let port = head.id;
            head.tell_owner(vm, |heap| {
                heap.tuple(&[Term::port(port), Term::atom(atoms::EOF)])
            });
        }
        self.reap();
        self.finish(vm, head)
    }

    /// Closes when the output has ended and, where it is asked for, the status has been told.
    fn finish(&mut self, vm: &Vm, head: &mut Head) -> After {
        if !self.ended {
            return After::Stay;
        }
        if self.settings.exit_status {
            let Some(status) = self.status.take() else {
                return After::Stay;
            };
            let port = head.id;
            head.tell_owner(vm, |heap| {
                let status =
                    heap.tuple(&[Term::atom(atoms::EXIT_STATUS), heap.int(i64::from(status))]);
                heap.tuple(&[Term::port(port), status])
            });
        }
        if self.settings.eof {
            return After::Stay;
        }
        After::close()
    }

    /// Queues output and writes what can be written.
    pub fn push(&mut self, vm: &Vm, head: &mut Head, bytes: Vec<u8>) -> After {
        if self.output.is_none() {
            return if self.writes {
                After::Stay
            } else {
                close_as(vm, "ebadf")
            };
        }
        if let Shape::Packet(size) = self.settings.shape {
            let framing = Framing::Length(size);
            let Some((prefix, taken)) = framing.prefix(bytes.len()) else {
                return close_as(vm, "einval");
            };
            self.outbox.push(prefix[..taken].to_vec());
        }
        self.outbox.push(bytes);
        let after = self.flush(vm, head);
        self.busy = self.outbox.len() >= HIGH;
        after
    }

    fn flush(&mut self, vm: &Vm, head: &mut Head) -> After {
        let Some(output) = self.output.as_mut() else {
            return After::Stay;
        };
        match self.outbox.flush(|slices| output.write(slices)) {
            Ok(written) => {
                head.output += written as u64;
                vm.io.count_out(written);
            }
            Err(error) => {
                self.outbox.clear();
                self.output = None;
                for sender in self.senders.drain(..) {
                    sender.fail(vm, CLOSED);
                }
                return close_as(vm, crate::io::files::posix_name(&error));
            }
        }
        if self.busy && self.outbox.len() <= LOW {
            self.busy = false;
            for sender in self.senders.drain(..) {
                sender.succeed(vm, ());
            }
        }
        After::Stay
    }
}

/// The port closes with a POSIX name as its reason.
fn close_as(vm: &Vm, name: &str) -> After {
    let reason = vm.atoms().intern(name).unwrap_or(atoms::ERROR);
    After::Close(crate::heap::OwnedTerm::atom(reason))
}

/// `{Port, {data, Data}}`
fn send_data(vm: &Vm, head: &Head, data: impl for<'s> FnOnce(&'s Heap) -> Term<'s>) {
    let port = head.id;
    head.tell_owner(vm, |heap| {
        let data = heap.tuple(&[Term::atom(atoms::DATA), data(heap)]);
        heap.tuple(&[Term::port(port), data])
    });
}
