//! Tracing in the VM: which functions have patterns, which processes have flags, and what happens when both meet.
//!
//! ```text
//!  patterns ──> patched entry (local) or export cell turned to a stub (global) ──> slot ──> Point: entries of each session
//!  flags    ──> ProcessBody.trace_flags (the union) and, behind it, the flags and tracer of each session
//!  a trace point: session live? flags? match specification? ──┬─> sink: limiter, capture, ring ──> formatter thread
//!                                                             ├─> trace message to a process, on a credit of unread bytes
//!                                                             └─> record to a port
//! ```
//! With nothing set no call pays: the points are reached only through words and cells that tracing itself changed. A trace point never blocks,
//! never takes a lock that another thread holds for long, and never touches the reduction counter.
//!
//! Reading order: `flags`, `session`, `tracer`, `processes`, `patterns`, `slots`, `event`, `emit`, `points`, `message`, `sink`, `formatter`, `output`,
//! `endings`.

pub mod aggregation;
pub mod collections;
pub mod emit;
pub mod endings;
pub mod event;
pub mod flags;
pub mod flushing;
pub mod formatter;
pub mod gates;
pub mod identities;
pub mod message;
pub mod outcome;
pub mod output;
pub mod patterns;
pub mod points;
pub mod port_writer;
pub mod ports;
pub mod processes;
pub mod rebuild;
pub mod recording;
pub mod records;
pub mod scheduling;
pub mod scope;
pub mod seq;
pub mod session;
pub mod sink;
pub mod slots;
pub mod specs;
pub mod system;
pub mod times;
pub mod tracer;
pub mod world;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use patterns::{Pattern, Patterns, Scope, Spec};
use processes::Inherited;
use session::{LEGACY, Session, Sessions};
pub use slots::Slots;

use crate::atoms::Atom;
use crate::code::words::{LOp, word};
use crate::heap::{Pid, Term};
use crate::vm::Vm;
use tracer::Tracer;

/// How long the end of a VM waits for formatters.
const LAST_LINES: std::time::Duration = std::time::Duration::from_millis(500);

/// The tracing state of a VM.
pub struct Tracing {
    pub patterns: Patterns,
    pub sessions: Sessions,
    pub ports: ports::TracedPorts,
    pub system: system::System,
    /// The session of `erlang:trace/3`.
    pub legacy: Arc<Session>,
    /// Are new processes traced? Looked at by every spawn.
    any_new: AtomicBool,
    /// Has anything been traced in this VM? Looked at by every exit.
    used: AtomicBool,
    /// Trace messages sent.
    pub sent: AtomicU64,
    /// Are wall clock stamps of the legacy session those of the processors' time? The flag `cpu_timestamp`.
    pub cpu_stamps: AtomicBool,
    /// The trace control word of `set_tcw`.
    pub control_word: AtomicU64,
    /// The word that traced functions return to.
    return_word: OnceLock<Box<[AtomicU64; 1]>>,
    /// Milliseconds since start, as of the last slice or tick.
    coarse_ms: AtomicU64,
    /// Where events of the sequential trace go.
    seq_tracer: Mutex<Option<Arc<Tracer>>>,
    /// Tracer processes of the legacy session.
    tracers: Mutex<HashMap<Pid, Arc<Tracer>>>,
    /// Looks that the supervisor has taken.
    pub rounds: AtomicU64,
    /// The thread that ends sessions whose time is over; made with the first session that needs it.
    supervisor: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Default for Tracing {
    fn default() -> Self {
        Tracing {
            patterns: Patterns::default(),
            sessions: Sessions::default(),
            ports: ports::TracedPorts::default(),
            system: system::System::default(),
            legacy: Session::new(LEGACY, "default".to_owned(), None, None, None, 0),
            any_new: AtomicBool::new(false),
            used: AtomicBool::new(false),
            sent: AtomicU64::new(0),
            cpu_stamps: AtomicBool::new(false),
            control_word: AtomicU64::new(0),
            return_word: OnceLock::new(),
            coarse_ms: AtomicU64::new(0),
            seq_tracer: Mutex::default(),
            tracers: Mutex::default(),
            rounds: AtomicU64::new(0),
            supervisor: Mutex::default(),
        }
    }
}

impl Tracing {
    /// Address of the word that functions with a trace record return to.
    pub fn trampoline(&self) -> u64 {
        let words = self
            .return_word
            .get_or_init(|| Box::new([AtomicU64::new(word(LOp::TraceReturn, 0, 0, 0))]));
        words.as_ptr() as u64
    }

    /// May a stack hold a trace record?
    pub fn any_records(&self) -> bool {
        self.return_word.get().is_some()
    }

    /// Something is traced from now on.
    pub fn set_used(&self) {
        self.used.store(true, Ordering::Release);
    }

    /// Was anything ever traced?
    pub fn is_used(&self) -> bool {
        self.used.load(Ordering::Acquire)
    }

    /// Milliseconds since start, for limits: exact enough, and cheap.
    pub fn now_ms(&self, vm: &Vm) -> u64 {
        if vm.clock.is_simulated() {
            return vm.clock.tick();
        }
        self.coarse_ms.load(Ordering::Relaxed)
    }

    /// A slice begins, or the supervisor looks around: what time is it?
    pub fn tick(&self, vm: &Vm) {
        let now_ms = vm.clock.tick();
        // A word that is only read stays in the cache of every scheduler.
        if self.coarse_ms.load(Ordering::Relaxed) != now_ms {
            self.coarse_ms.store(now_ms, Ordering::Relaxed);
        }
    }

    /// A session by number.
    pub fn session(&self, id: u32) -> Option<Arc<Session>> {
        if id == LEGACY {
            return Some(Arc::clone(&self.legacy));
        }
        self.sessions.get(id)
    }

    /// All sessions, the legacy one first.
    pub fn all_sessions(&self) -> Vec<Arc<Session>> {
        let mut all = vec![Arc::clone(&self.legacy)];
        all.extend(self.sessions.list());
        all
    }

    /// Flags that a new process gets because they were set for all new ones. What it inherited goes before.
    pub fn add_new_processes(&self, traces: &mut Vec<Inherited>) {
        if !self.any_new.load(Ordering::Acquire) {
            return;
        }
        for session in self.all_sessions() {
            if traces.iter().any(|i| i.session.id == session.id) || !session.is_live() {
                continue;
            }
            if let Some((bits, tracer)) = session.new_processes() {
                traces.push(Inherited {
                    session,
                    bits,
                    tracer,
                    request: 0,
                });
            }
        }
    }

    /// Looks again whether new processes are traced.
    pub fn settle_new(&self) {
        let any = self
            .all_sessions()
            .iter()
            .any(|s| s.new_processes().is_some());
        self.any_new.store(any, Ordering::Release);
    }

    /// The VM stops: formatters write what they have, if they can do so soon.
    pub fn last_lines(&self) {
        let since = std::time::Instant::now();
        let sessions = self.sessions.list();
        for sink in sessions.iter().filter_map(|s| s.sink()) {
            sink.ring.wake();
            while !sink.is_finished() && since.elapsed() < LAST_LINES {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        }
    }

    /// The system tracer, as long as it lives.
    pub fn seq_tracer(&self) -> Option<Arc<Tracer>> {
        self.seq_tracer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Sets it; answers the one before.
    pub fn set_seq_tracer(&self, tracer: Option<Arc<Tracer>>) -> Option<Arc<Tracer>> {
        let mut known = self
            .seq_tracer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *known, tracer)
    }

    fn tracers(&self) -> std::sync::MutexGuard<'_, HashMap<Pid, Arc<Tracer>>> {
        self.tracers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A process gets events of the legacy session: its death matters.
    pub fn note_tracer(&self, pid: Pid) {
        self.tracers()
            .entry(pid)
            .or_insert_with(|| Tracer::process(pid));
    }

    /// A process as tracer: one object for all that it traces, so that there is one account of what it has not read.
    pub fn process_tracer(&self, pid: Pid) -> Arc<Tracer> {
        match self.tracers().get(&pid) {
            Some(tracer) => Arc::clone(tracer),
            None => Tracer::process(pid),
        }
    }

    /// A tracer module with this state, if there is one already; `meta`: for meta-traced calls.
    pub fn module_tracer(&self, module: Atom, state: Term<'_>, meta: bool) -> Option<Arc<Tracer>> {
        let tracers = self.tracers();
        let same = |t: &&Arc<Tracer>| matches!(&***t, Tracer::Module(m, s, _, _, of_meta) if *m == module && *of_meta == meta && crate::heap::eq_exact(s.term(), state));
        tracers.values().find(same).cloned()
    }

    /// A tracer module in its process.
    pub fn note_module(&self, pid: Pid, tracer: &Arc<Tracer>) {
        self.tracers().insert(pid, Arc::clone(tracer));
    }

    /// Forgets a tracer module whose process asks, if nothing is traced by it any more. Answers whether it stays.
    pub fn keeps_module(&self, pid: Pid) -> bool {
        let mut tracers = self.tracers();
        // Who traces holds one of its own, and gets new ones here alone.
        let is_idle =
            |t: &Arc<Tracer>| matches!(**t, Tracer::Module(..)) && Arc::strong_count(t) == 1;
        if tracers.get(&pid).is_some_and(is_idle) {
            tracers.remove(&pid);
        }
        tracers.contains_key(&pid)
    }

    /// Processes that print trace messages of any session.
    pub fn reading_processes(&self) -> Vec<Pid> {
        let mut pids: Vec<Pid> = self.tracers().keys().copied().collect();
        let sessions = self.sessions.list();
        pids.extend(sessions.iter().filter_map(|s| s.tracer.as_ref()?.pid()));
        pids.sort_unstable();
        pids.dedup();
        pids
    }

    /// It is dead; was it one of them?
    pub fn forget_tracer(&self, pid: Pid) -> bool {
        self.tracers().remove(&pid).is_some()
    }

    /// How many are left.
    pub fn tracers_left(&self) -> usize {
        self.tracers().len()
    }

    fn supervisor(&self) -> std::sync::MutexGuard<'_, Option<std::thread::JoinHandle<()>>> {
        self.supervisor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
