//! One thread that waits for descriptors and hands readiness to their ports.
//!
//! Descriptors are registered once, for edges (`mio` asks the kernel so): a port remembers that it is readable until a read says otherwise, so
//! switching a socket between active and passive costs no call into the kernel. What a port leaves undone (it stops after a while for the
//! others' sake) waits in `kicked` for its next turn.

use crate::heap::Port;
use crate::vm::Vm;
use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Registry, Token, Waker};
use parking_lot::Mutex;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::sync::OnceLock;
use std::sync::Weak;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

const WAKE: Token = Token(usize::MAX);
const EVENTS: usize = 1_024;
/// The low bits of a token.
const PARTS: u64 = 4;

/// Which of a port's descriptors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A socket, or what a program reads from.
    Main,
    /// What a program writes to.
    Output,
    /// The end of a program.
    Exit,
}

impl Part {
    fn number(self) -> u64 {
        match self {
            Part::Main => 0,
            Part::Output => 1,
            Part::Exit => 2,
        }
    }

    fn of(number: u64) -> Part {
        match number {
            0 => Part::Main,
            1 => Part::Output,
            _ => Part::Exit,
        }
    }
}

/// What a descriptor became ready for.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    pub readable: bool,
    pub writable: bool,
    /// Nothing more will come: reading gives the rest, then the end.
    pub read_closed: bool,
}

/// The poller of a VM; its thread starts with the first descriptor.
#[derive(Default)]
pub struct Poller {
    inner: OnceLock<Inner>,
    starting: Mutex<()>,
    kicked: Mutex<Vec<Port>>,
    stopping: AtomicBool,
    /// When it last had something to do, for deterministic runs.
    busy_ns: AtomicI64,
}

struct Inner {
    registry: Registry,
    waker: Waker,
}

impl Poller {
    fn inner(&self, vm: &Vm) -> io::Result<&Inner> {
        if let Some(inner) = self.inner.get() {
            return Ok(inner);
        }
        let _one = self.starting.lock();
        if let Some(inner) = self.inner.get() {
            return Ok(inner);
        }
        let poll = Poll::new()?;
        let inner = Inner {
            registry: poll.registry().try_clone()?,
            waker: Waker::new(poll.registry(), WAKE)?,
        };
        let weak = vm.weak();
        std::thread::Builder::new()
            .name("transom-poller".into())
            .spawn(move || run(poll, &weak))?;
        Ok(self.inner.get_or_init(|| inner))
    }

    /// Watches a descriptor from now on. It leaves by itself when it is closed.
    pub fn watch(
        &self,
        vm: &Vm,
        descriptor: BorrowedFd<'_>,
        port: Port,
        part: Part,
        interest: Interest,
    ) -> io::Result<()> {
        let token = Token((port.number() * PARTS + part.number()) as usize);
        let inner = self.inner(vm)?;
        self.touch(vm);
        inner
            .registry
            .register(&mut SourceFd(&descriptor.as_raw_fd()), token, interest)
    }

    /// Starts the thread if it has nothing to watch yet.
    pub fn start(&self, vm: &Vm) -> io::Result<()> {
        self.inner(vm).map(|_| ())
    }

    /// Stops watching one that lives on elsewhere.
    pub fn forget(&self, descriptor: BorrowedFd<'_>) {
        if let Some(inner) = self.inner.get() {
            let _not_watched = inner
                .registry
                .deregister(&mut SourceFd(&descriptor.as_raw_fd()));
        }
    }

    /// Gives a port another turn.
    pub fn kick(&self, port: Port) {
        self.kicked.lock().push(port);
        if let Some(inner) = self.inner.get() {
            // It can only fail when the poller is gone, with the VM.
            let _gone = inner.waker.wake();
        }
    }

    /// Ends the thread.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        if let Some(inner) = self.inner.get() {
            let _gone = inner.waker.wake();
        }
    }

    /// Something was given to the outside or came from it.
    pub fn touch(&self, vm: &Vm) {
        if vm.clock.is_simulated() {
            self.busy_ns
                .store(vm.clock.real_since_start_ns(), Ordering::Relaxed);
        }
    }

    /// Whether the outside has been silent for so long that simulated time may jump.
    pub fn is_quiet(&self, vm: &Vm, for_long: Duration) -> bool {
        let since = vm.clock.real_since_start_ns() - self.busy_ns.load(Ordering::Relaxed);
        self.inner.get().is_none() || vm.io.ports.count() == 0 || since > for_long.as_nanos() as i64
    }
}

fn run(mut poll: Poll, weak: &Weak<Vm>) {
    let mut events = Events::with_capacity(EVENTS);
    let mut left: Vec<Port> = Vec::new();
    loop {
        let wait = (!left.is_empty()).then_some(Duration::ZERO);
        if let Err(error) = poll.poll(&mut events, wait)
            && error.kind() != io::ErrorKind::Interrupted
        {
            return;
        }
        let Some(vm) = weak.upgrade() else { return };
        if vm.io.poller.stopping.load(Ordering::Relaxed) {
            return;
        }
        vm.io.poller.touch(&vm);
        let before = std::mem::take(&mut left);
        let kicked = std::mem::take(&mut *vm.io.poller.kicked.lock());
        for event in events.iter().filter(|event| event.token() != WAKE) {
            let token = event.token().0 as u64;
            let port = Port::new(token / PARTS);
            let readiness = Readiness {
                readable: event.is_readable(),
                writable: event.is_writable(),
                read_closed: event.is_read_closed() || event.is_error(),
            };
            if vm.port_ready(port, Part::of(token % PARTS), readiness) && !left.contains(&port) {
                left.push(port);
            }
        }
        for port in before.into_iter().chain(kicked) {
            if vm.port_go_on(port) && !left.contains(&port) {
                left.push(port);
            }
        }
    }
}
