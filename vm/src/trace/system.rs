//! System events: a collection, a slice, a heap, a mailbox or a wait for a port that is longer than somebody likes (`erlang:system_monitor/2` for the
//! whole VM, `trace:system/3` for a session), and who is runnable when (`erlang:system_profile/2`).
//!
//! The places that could tell look at one word, [`System::wants`], and go on when it is 0.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use transom_tracer::event::Kind;

use super::event::{Event, Payload, stamp_term};
use super::message::{self, Sent};
use super::session::Session;
use super::tracer::Tracer;
use crate::atoms::{self, Atom};
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Port, Term};
use crate::process::ProcessBody;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// What somebody wants to hear of; bits of [`System::wants`].
pub mod wants {
    pub const LONG_GC: u32 = 1;
    pub const LARGE_HEAP: u32 = 2;
    pub const LONG_SCHEDULE: u32 = 4;
    pub const LONG_MESSAGE_QUEUE: u32 = 8;
    pub const BUSY_PORT: u32 = 16;
    pub const RUNNABLE_PROCS: u32 = 32;
    pub const RUNNABLE_PORTS: u32 = 64;
    pub const SCHEDULER: u32 = 128;
}

/// The bounds of one watcher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub long_gc_ms: Option<u64>,
    pub long_schedule_ms: Option<u64>,
    /// Words.
    pub large_heap: Option<usize>,
    pub busy_port: bool,
    /// Remembered only: there are no distribution ports.
    pub busy_dist_port: bool,
    /// Messages at which it is over, and at which it begins.
    pub long_message_queue: Option<(usize, usize)>,
}

impl Bounds {
    fn wants(&self) -> u32 {
        let bit = |on: bool, bit: u32| if on { bit } else { 0 };
        bit(self.long_gc_ms.is_some(), wants::LONG_GC)
            | bit(self.large_heap.is_some(), wants::LARGE_HEAP)
            | bit(self.long_schedule_ms.is_some(), wants::LONG_SCHEDULE)
            | bit(self.busy_port, wants::BUSY_PORT)
            | bit(self.long_message_queue.is_some(), wants::LONG_MESSAGE_QUEUE)
    }

    /// Is nothing watched?
    pub fn is_empty(&self) -> bool {
        *self == Bounds::default()
    }
}

/// Who watches: a session, or (none) the one monitor of the VM.
#[derive(Clone)]
struct Watcher {
    session: Option<Arc<Session>>,
    tracer: Arc<Tracer>,
    bounds: Bounds,
}

/// Who profiles, what, and with which time stamp.
#[derive(Clone)]
pub struct Profile {
    pub tracer: Arc<Tracer>,
    pub wants: u32,
    pub exclusive: bool,
    /// Of [`super::flags`]; 0 for `{Mega, Seconds, Micro}`.
    pub stamp: u32,
}

/// The state of a process that slices keep for system events. Lives in its rarely used settings.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// When the slice began, and where.
    began_ns: i64,
    began_at: Option<Mfa>,
    /// Sessions (0: the VM's monitor) that know its mailbox as long.
    long_queue: Vec<u32>,
    /// A profile knows it as runnable.
    active: bool,
}

/// All watchers of a VM.
#[derive(Default)]
pub struct System {
    wants: AtomicU32,
    watchers: Mutex<Vec<Watcher>>,
    profile: Mutex<Option<Profile>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl System {
    /// Does anybody want one of these?
    #[inline(always)]
    pub fn wants(&self, bits: u32) -> bool {
        self.wants.load(Ordering::Relaxed) & bits != 0
    }

    fn settle(&self) {
        let watched = lock(&self.watchers)
            .iter()
            .fold(0, |all, w| all | w.bounds.wants());
        let profiled = lock(&self.profile).as_ref().map_or(0, |p| p.wants);
        self.wants.store(watched | profiled, Ordering::Release);
    }

    /// The bounds of a session, or of the VM's monitor, and who gets the events.
    pub fn of(&self, session: Option<u32>) -> Option<(Arc<Tracer>, Bounds)> {
        let watchers = lock(&self.watchers);
        let own = watchers
            .iter()
            .find(|w| w.session.as_ref().map(|s| s.id) == session)?;
        Some((Arc::clone(&own.tracer), own.bounds.clone()))
    }

    /// Sets them; without any bound the watcher goes.
    pub fn set(&self, session: Option<&Arc<Session>>, tracer: &Arc<Tracer>, bounds: Bounds) {
        let id = session.map(|s| s.id);
        let mut watchers = lock(&self.watchers);
        watchers.retain(|w| w.session.as_ref().map(|s| s.id) != id);
        if !bounds.is_empty() {
            watchers.push(Watcher {
                session: session.cloned(),
                tracer: Arc::clone(tracer),
                bounds,
            });
        }
        drop(watchers);
        self.settle();
    }

    /// A session ends, or (none) nobody monitors the VM any more.
    pub fn remove(&self, session: Option<u32>) {
        lock(&self.watchers).retain(|w| w.session.as_ref().map(|s| s.id) != session);
        self.settle();
    }

    /// Sets the profile; answers the one before.
    pub fn set_profile(&self, profile: Option<Profile>) -> Option<Profile> {
        let old = std::mem::replace(&mut *lock(&self.profile), profile);
        self.settle();
        old
    }

    /// The profile in force.
    pub fn profile(&self) -> Option<Profile> {
        lock(&self.profile).clone()
    }

    /// Hands `{monitor, Pid, Event, Info}` to all whose bounds say so.
    fn tell(
        &self,
        vm: &Vm,
        pid: Pid,
        event: Atom,
        wanted: impl Fn(&Watcher) -> bool,
        info: impl for<'h> Fn(&'h Heap) -> Term<'h>,
    ) {
        let watchers: Vec<Watcher> = lock(&self.watchers).clone();
        let mut gone = false;
        for watcher in watchers.iter().filter(|w| wanted(w)) {
            let live = watcher.session.as_ref().is_none_or(|s| s.is_live());
            // Whoever gets the events is not told of itself.
            if !live || watcher.tracer.pid() == Some(pid) {
                continue;
            }
            let there = deliver(vm, &watcher.tracer, pid, event, &info);
            if !there && watcher.session.is_none() {
                gone = true;
            }
        }
        if gone {
            self.remove(None);
        }
    }

    /// A collection has taken so long, and left a heap of so many words.
    #[cold]
    pub fn collected(&self, vm: &Vm, body: &ProcessBody, took_ns: i64) {
        let took_ms = (took_ns.max(0) / 1_000_000) as u64;
        let sizes = body.heap.sizes();
        let info = |heap: &Heap| -> OwnedTerm {
            let pairs: Vec<Term<'_>> = heap_info(&sizes)
                .iter()
                .map(|(key, n)| heap.tuple(&[Term::atom(*key), heap.int(*n as i64)]))
                .collect();
            OwnedTerm::new(heap.list(&pairs))
        };
        let over = |w: &Watcher| w.bounds.long_gc_ms.is_some_and(|bound| took_ms > bound);
        self.tell(vm, body.pid, atoms::LONG_GC, over, |heap| {
            let pairs = info(heap).copy_to(heap);
            let timeout = heap.tuple(&[Term::atom(atoms::TIMEOUT), heap.uint(took_ms)]);
            heap.cons(timeout, pairs)
        });
        let words = sizes.heap_block_size + sizes.old_heap_block_size + sizes.mbuf_size;
        let large = |w: &Watcher| w.bounds.large_heap.is_some_and(|bound| words >= bound);
        self.tell(vm, body.pid, atoms::LARGE_HEAP, large, |heap| {
            info(heap).copy_to(heap)
        });
    }

    /// A process waits until a port takes its output.
    pub fn busy_port(&self, vm: &Vm, pid: Pid, port: Port) {
        if self.wants(wants::BUSY_PORT) {
            let busy = |w: &Watcher| w.bounds.busy_port;
            self.tell(vm, pid, atoms::BUSY_PORT, busy, |_| Term::port(port));
        }
    }

    /// A slice begins.
    #[cold]
    pub fn slice_begins(&self, vm: &Vm, body: &ProcessBody, at: Option<Mfa>) {
        let fresh = body.with_extra(|extra| {
            extra.system.began_ns = vm.clock.since_start_ns();
            extra.system.began_at = at;
            !std::mem::replace(&mut extra.system.active, true)
        });
        if fresh && self.wants(wants::RUNNABLE_PROCS) {
            self.profiled(vm, Term::pid(body.pid), atoms::ACTIVE, at);
        }
        self.queue(vm, body);
    }

    /// It ends; `waits`: the process is not runnable any more.
    #[cold]
    pub fn slice_ends(&self, vm: &Vm, body: &ProcessBody, at: Option<Mfa>, waits: bool) {
        let standing = body.with_extra(|extra| {
            extra.system.active &= !waits;
            extra.system.clone()
        });
        if self.wants(wants::LONG_SCHEDULE) && standing.began_ns != 0 {
            let took_ms = (vm.clock.since_start_ns() - standing.began_ns).max(0) as u64 / 1_000_000;
            let over = |w: &Watcher| {
                w.bounds
                    .long_schedule_ms
                    .is_some_and(|bound| took_ms > bound)
            };
            self.tell(vm, body.pid, atoms::LONG_SCHEDULE, over, |heap| {
                let place = |mfa: Option<Mfa>| {
                    mfa.map_or(Term::atom(atoms::UNDEFINED), |mfa| {
                        super::event::mfa_term(heap, mfa)
                    })
                };
                heap.list(&[
                    heap.tuple(&[Term::atom(atoms::TIMEOUT), heap.uint(took_ms)]),
                    heap.tuple(&[Term::atom(atoms::IN), place(standing.began_at)]),
                    heap.tuple(&[Term::atom(atoms::OUT), place(at)]),
                ])
            });
        }
        if waits && self.wants(wants::RUNNABLE_PROCS) {
            self.profiled(vm, Term::pid(body.pid), atoms::INACTIVE, at);
        }
        self.queue(vm, body);
    }

    /// Looks whether a mailbox has become long, or is so no more.
    fn queue(&self, vm: &Vm, body: &ProcessBody) {
        if !self.wants(wants::LONG_MESSAGE_QUEUE) {
            return;
        }
        let length = body.mailbox.borrow().len();
        let known = body.if_extra(|extra| extra.system.long_queue.clone());
        let mut now = Vec::new();
        let watchers: Vec<Watcher> = lock(&self.watchers).clone();
        for watcher in &watchers {
            let Some((disable, enable)) = watcher.bounds.long_message_queue else {
                continue;
            };
            let id = watcher.session.as_ref().map_or(0, |s| s.id);
            let was = known.contains(&id);
            let is = if was {
                length > disable
            } else {
                length >= enable
            };
            if is {
                now.push(id);
            }
            if is != was {
                let same = |w: &Watcher| w.session.as_ref().map_or(0, |s| s.id) == id;
                self.tell(vm, body.pid, atoms::LONG_MESSAGE_QUEUE, same, |_| {
                    Term::bool(is)
                });
            }
        }
        if now != known {
            body.with_extra(|extra| extra.system.long_queue = now);
        }
    }

    /// A port has something to do, or has done it.
    pub fn port(&self, vm: &Vm, port: Port, active: bool) {
        if self.wants(wants::RUNNABLE_PORTS) {
            let word = if active {
                atoms::ACTIVE
            } else {
                atoms::INACTIVE
            };
            self.profiled(vm, Term::port(port), word, None);
        }
    }

    fn profiled(&self, vm: &Vm, who: Term<'_>, what: Atom, at: Option<Mfa>) {
        self.profile_event(vm, who.as_pid(), |heap, stamp| {
            let place = at.map_or(heap.int(0), |mfa| super::event::mfa_term(heap, mfa));
            let who = crate::interp::term_of(heap, who.raw());
            heap.tuple(&[
                Term::atom(atoms::PROFILE),
                who,
                Term::atom(what),
                place,
                stamp,
            ])
        });
    }

    /// A scheduler goes to sleep or wakes up; `working`: how many do not sleep now.
    pub fn scheduler(&self, vm: &Vm, index: usize, active: bool, working: usize) {
        if !self.wants(wants::SCHEDULER) {
            return;
        }
        let word = if active {
            atoms::ACTIVE
        } else {
            atoms::INACTIVE
        };
        self.profile_event(vm, None, |heap, stamp| {
            heap.tuple(&[
                Term::atom(atoms::PROFILE),
                Term::atom(atoms::SCHEDULER),
                heap.int(index as i64 + 1),
                Term::atom(word),
                heap.int(working as i64),
                stamp,
            ])
        });
    }

    fn profile_event(
        &self,
        vm: &Vm,
        about: Option<Pid>,
        build: impl for<'h> Fn(&'h Heap, Term<'h>) -> Term<'h>,
    ) {
        let Some(profile) = self.profile() else {
            return;
        };
        if profile.tracer.pid() == about && about.is_some() {
            return;
        }
        let stamp = if profile.stamp == 0 {
            super::flags::TIMESTAMP
        } else {
            profile.stamp
        };
        let built = |heap: &Heap| {
            let stamp = stamp_term(vm, heap, stamp).unwrap_or(Term::NIL);
            OwnedTerm::new(build(heap, stamp))
        };
        let there = match &*profile.tracer {
            Tracer::Process(pid, credit) | Tracer::Module(_, _, pid, credit, _) => {
                message::send_built(vm, *pid, credit, 256, built) != Sent::Gone
            }
            Tracer::Port(port) => {
                let heap = Heap::new(&vm.env, HeapOptions::default());
                crate::io::ports::trace_record(vm, *port, &built(&heap))
            }
            Tracer::Sink(_) => true,
        };
        if !there {
            self.set_profile(None);
        }
    }
}

fn deliver(
    vm: &Vm,
    tracer: &Tracer,
    pid: Pid,
    event: Atom,
    info: &impl for<'h> Fn(&'h Heap) -> Term<'h>,
) -> bool {
    let built = |heap: &Heap| {
        let info = info(heap);
        let head = Term::atom(atoms::MONITOR);
        OwnedTerm::new(heap.tuple(&[head, Term::pid(pid), Term::atom(event), info]))
    };
    match tracer {
        Tracer::Process(to, credit) | Tracer::Module(_, _, to, credit, _) => {
            message::send_built(vm, *to, credit, 512, built) != Sent::Gone
        }
        Tracer::Port(port) => {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            crate::io::ports::trace_record(vm, *port, &built(&heap))
        }
        Tracer::Sink(sink) => {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            let payload = Payload::Two(Term::atom(event), info(&heap));
            sink.event(vm, 0, &Event::of(pid, Kind::System, payload));
            true
        }
    }
}

/// What a large heap is made of, in OTP's order.
fn heap_info(s: &crate::heap::HeapSizes) -> [(Atom, usize); 6] {
    [
        (atoms::OLD_HEAP_BLOCK_SIZE, s.old_heap_block_size),
        (atoms::HEAP_BLOCK_SIZE, s.heap_block_size),
        (atoms::MBUF_SIZE, s.mbuf_size),
        (atoms::STACK_SIZE, s.stack_size),
        (atoms::OLD_HEAP_SIZE, s.old_heap_size),
        (atoms::HEAP_SIZE, s.heap_size),
    ]
}
