//! Trace sessions: isolated from each other, owned, and gone without a trace bit left.
//!
//! A session counts what it has set: its member processes and its functions. Session 0 is the legacy one of `erlang:trace/3`; it always exists,
//! and there the tracer belongs to the process instead of the session.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::aggregation::Aggregation;
use super::patterns::Spec;
use super::scope::Scope;
use super::sink::Sink;
use super::tracer::Tracer;
use crate::heap::Pid;
use crate::sync::published::Published;

/// The session of `erlang:trace/3`.
pub const LEGACY: u32 = 0;

/// Which messages are events.
#[derive(Clone)]
pub enum Filter {
    All,
    Nothing,
    Spec(Arc<Spec>),
}

const LIVE: u8 = 0;
const PAUSED: u8 = 1;
const ENDED: u8 = 2;

/// Flags and tracer for processes yet to be spawned.
pub type NewProcesses = Option<(u32, Arc<Tracer>)>;

/// One session.
pub struct Session {
    pub id: u32,
    pub name: String,
    /// Whose death ends it.
    pub owner: Option<Pid>,
    /// Where its events go; none for the legacy session.
    pub tracer: Option<Arc<Tracer>>,
    /// Time at which its lease ends, in milliseconds since start; 0: never.
    pub lease_until_ms: u64,
    pub started_ms: u64,
    state: AtomicU8,
    /// When it ended.
    ended_ms: AtomicU64,
    /// Which part of what happens is shown.
    pub scope: Scope,
    pub send: Published<Filter>,
    pub receive: Published<Filter>,
    new: Mutex<NewProcesses>,
    new_ports: Mutex<NewProcesses>,
    /// Ports that have flags of it.
    ports: AtomicI64,
    members: Mutex<HashSet<Pid>>,
    /// Functions that have something of it.
    functions: AtomicI64,
    /// Texts of its patterns; an event's pattern number is a place in here, from 1.
    labels: Mutex<Vec<String>>,
    aggregations: Mutex<Vec<Arc<Aggregation>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    /// A session without anything set.
    pub fn new(
        id: u32,
        name: String,
        owner: Option<Pid>,
        tracer: Option<Arc<Tracer>>,
        lease_ms: Option<u64>,
        now_ms: u64,
    ) -> Arc<Session> {
        Arc::new(Session {
            id,
            name,
            owner,
            tracer,
            lease_until_ms: lease_ms.map_or(0, |lease| now_ms + lease),
            started_ms: now_ms,
            state: AtomicU8::new(LIVE),
            ended_ms: AtomicU64::new(0),
            scope: Scope::default(),
            send: Published::new(Filter::All),
            receive: Published::new(Filter::All),
            new: Mutex::default(),
            new_ports: Mutex::default(),
            ports: AtomicI64::new(0),
            members: Mutex::default(),
            functions: AtomicI64::new(0),
            labels: Mutex::default(),
            aggregations: Mutex::default(),
        })
    }

    /// May it see events now?
    #[inline]
    pub fn is_live(&self) -> bool {
        self.state.load(Ordering::Relaxed) == LIVE
    }

    /// Is it over?
    pub fn is_ended(&self) -> bool {
        self.state.load(Ordering::Acquire) == ENDED
    }

    /// Is it waiting to be resumed?
    pub fn is_paused(&self) -> bool {
        self.state.load(Ordering::Relaxed) == PAUSED
    }

    /// Keeps all it has set, but sees nothing (or goes on).
    pub fn pause(&self, paused: bool) {
        let (from, to) = if paused {
            (LIVE, PAUSED)
        } else {
            (PAUSED, LIVE)
        };
        let _ended = self
            .state
            .compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed);
    }

    /// Ends it; `false` if that was done before.
    pub fn end(&self, now_ms: u64) -> bool {
        self.ended_ms.store(now_ms, Ordering::Relaxed);
        self.state.swap(ENDED, Ordering::AcqRel) != ENDED
    }

    /// Milliseconds since its end.
    pub fn ended_for(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.ended_ms.load(Ordering::Relaxed))
    }

    /// The native sink, if that is its tracer.
    pub fn sink(&self) -> Option<&Arc<Sink>> {
        match self.tracer.as_deref() {
            Some(Tracer::Sink(sink)) => Some(sink),
            Some(Tracer::Process(..) | Tracer::Module(..) | Tracer::Port(_)) | None => None,
        }
    }

    /// A process has flags of this session from now on.
    pub fn joined(&self, pid: Pid) {
        lock(&self.members).insert(pid);
    }

    /// It has none any more.
    pub fn left(&self, pid: Pid) {
        lock(&self.members).remove(&pid);
    }

    /// No process has any more.
    pub fn all_left(&self) {
        lock(&self.members).clear();
    }

    /// Processes with flags of it.
    pub fn members(&self) -> Vec<Pid> {
        lock(&self.members).iter().copied().collect()
    }

    /// Counts functions.
    pub fn functions_changed(&self, by: i64) {
        self.functions.fetch_add(by, Ordering::Relaxed);
    }

    /// Trace bits set: processes, functions, and flags for new processes. 0 when it is over.
    pub fn bits(&self) -> usize {
        let functions = self.functions.load(Ordering::Relaxed).max(0) as usize;
        let members = lock(&self.members).len();
        let ports = self.ports.load(Ordering::Relaxed).max(0) as usize;
        let new = lock(&self.new).is_some();
        let new_ports = lock(&self.new_ports).is_some();
        functions + members + ports + usize::from(new) + usize::from(new_ports)
    }

    /// Flags and tracer for new processes.
    pub fn new_processes(&self) -> NewProcesses {
        lock(&self.new).clone()
    }

    /// The same for new ports.
    pub fn new_ports(&self) -> NewProcesses {
        lock(&self.new_ports).clone()
    }

    /// Counts ports.
    pub fn ports_changed(&self, by: i64) {
        self.ports.fetch_add(by, Ordering::Relaxed);
    }

    /// Sets or clears flags for new processes.
    pub fn change_new(&self, bits: u32, on: bool, tracer: Option<Arc<Tracer>>) {
        Self::change_first(&self.new, bits, on, tracer);
    }

    /// The same for new ports.
    pub fn change_new_ports(&self, bits: u32, on: bool, tracer: Option<Arc<Tracer>>) {
        Self::change_first(&self.new_ports, bits, on, tracer);
    }

    fn change_first(of: &Mutex<NewProcesses>, bits: u32, on: bool, tracer: Option<Arc<Tracer>>) {
        let mut new = lock(of);
        let old = new.as_ref().map_or(0, |(bits, _)| *bits);
        let left = if on { old | bits } else { old & !bits };
        let known = new.take().map(|(_, tracer)| tracer);
        *new = known.or(tracer).filter(|_| left != 0).map(|t| (left, t));
    }

    /// Notes a pattern as somebody wrote it; answers its number.
    pub fn add_label(&self, text: &str) -> u32 {
        let mut labels = lock(&self.labels);
        labels.push(text.to_owned());
        labels.len() as u32
    }

    /// Keeps the tables of a pattern, which outlive it.
    pub fn add_aggregation(&self, aggregation: Option<Arc<Aggregation>>) {
        lock(&self.aggregations).extend(aggregation);
    }

    /// The tables of its patterns.
    pub fn aggregations(&self) -> Vec<Arc<Aggregation>> {
        lock(&self.aggregations).clone()
    }

    /// What was asked for, in order.
    pub fn labels(&self) -> Vec<String> {
        lock(&self.labels).clone()
    }
}

/// All sessions but the legacy one.
#[derive(Default)]
pub struct Sessions {
    all: RwLock<Vec<Arc<Session>>>,
    next: AtomicU64,
}

impl Sessions {
    /// The number of the next session.
    pub fn fresh_id(&self) -> u32 {
        (self.next.fetch_add(1, Ordering::Relaxed) + 1) as u32
    }

    /// Makes a session known.
    pub fn add(&self, session: Arc<Session>) {
        self.all
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(session);
    }

    /// Forgets it.
    pub fn remove(&self, id: u32) {
        self.all
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|s| s.id != id);
    }

    /// The session with that number.
    pub fn get(&self, id: u32) -> Option<Arc<Session>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|s| s.id == id).cloned()
    }

    /// Oldest first.
    pub fn list(&self) -> Vec<Arc<Session>> {
        self.all
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
