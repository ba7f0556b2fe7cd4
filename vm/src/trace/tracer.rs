//! Who gets events: a process, a port, a tracer module in a process of its own, or the VM's own sink.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::recording::Recording;
use super::sink::Sink;
use crate::atoms::Atom;
use crate::heap::{OwnedTerm, Pid, Port};

/// Unread bytes of trace messages that one tracer may have. What comes on top is dropped and counted.
pub const UNREAD_BOUND: usize = 64 << 20;

/// What a tracer process has not read yet.
#[derive(Default)]
pub struct Credit {
    unread: AtomicUsize,
    dropped: AtomicU64,
}

/// The share of one message in its tracer's unread bytes; gone when the message is read, or dropped with its tracer.
pub struct Charge {
    credit: Arc<Credit>,
    bytes: usize,
}

impl Credit {
    /// Takes room for a message; `None` (counted) when there is none.
    pub fn charge(self: &Arc<Self>, bytes: usize) -> Option<Charge> {
        let before = self.unread.fetch_add(bytes, Ordering::Relaxed);
        if before + bytes > UNREAD_BOUND {
            self.unread.fetch_sub(bytes, Ordering::Relaxed);
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(Charge {
            credit: Arc::clone(self),
            bytes,
        })
    }

    /// Messages dropped since the last question, when there is room to say so.
    pub fn take_dropped(&self) -> Option<u64> {
        if self.dropped.load(Ordering::Relaxed) == 0
            || self.unread.load(Ordering::Relaxed) > UNREAD_BOUND / 2
        {
            return None;
        }
        Some(self.dropped.swap(0, Ordering::Relaxed)).filter(|n| *n > 0)
    }

    /// Bytes not read yet.
    pub fn unread(&self) -> usize {
        self.unread.load(Ordering::Relaxed)
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.credit.unread.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Where events go.
pub enum Tracer {
    /// Trace messages to a process.
    Process(Pid, Arc<Credit>),
    /// The same to a process that calls the functions of a tracer module: module, state, the process, and whether it gets events of meta-traced calls.
    Module(Atom, OwnedTerm, Pid, Arc<Credit>, bool),
    /// Records to a port.
    Port(Port),
    /// Captured bytes to the VM's own formatter.
    Sink(Arc<Sink>),
}

impl Tracer {
    /// A process as tracer.
    pub fn process(pid: Pid) -> Arc<Tracer> {
        Arc::new(Tracer::Process(pid, Arc::default()))
    }

    /// The process that gets messages.
    pub fn pid(&self) -> Option<Pid> {
        match self {
            Tracer::Process(pid, _) | Tracer::Module(_, _, pid, ..) => Some(*pid),
            Tracer::Port(_) => None,
            Tracer::Sink(sink) => sink.reader(),
        }
    }

    /// The flight recorder that keeps what goes here.
    pub fn recording(&self) -> Option<&Recording> {
        match self {
            Tracer::Sink(sink) => sink.recording.as_ref(),
            Tracer::Process(..) | Tracer::Module(..) | Tracer::Port(_) => None,
        }
    }

    /// Is it the same receiver?
    pub fn same(&self, other: &Tracer) -> bool {
        match (self, other) {
            (Tracer::Process(a, _), Tracer::Process(b, _)) => a == b,
            (Tracer::Module(a, s, ..), Tracer::Module(b, t, ..)) => {
                a == b && crate::heap::eq_exact(s.term(), t.term())
            }
            (Tracer::Port(a), Tracer::Port(b)) => a == b,
            (Tracer::Sink(a), Tracer::Sink(b)) => Arc::ptr_eq(a, b),
            (Tracer::Process(..) | Tracer::Module(..) | Tracer::Port(_) | Tracer::Sink(_), _) => {
                false
            }
        }
    }
}
