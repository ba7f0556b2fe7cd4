//! The scheduler loop: pick a process, handle its signals, run a slice, give the run right back; steal when empty, sleep when all is quiet.
//!
//! Sleeping: a scheduler announces itself in `idle`, looks once more at every queue, and parks until its next timer. Whoever adds work
//! looks at `idle` after adding; with sequentially consistent fences on both sides one of the two sees the other.

use super::current::{self, Local};
use super::lengths::{self, Lengths};
use super::queues::{Injectors, Queues, Stealers};
use crate::heap::Pid;
use crate::process::body::process_flag::{HIBERNATING, WAITING_IN_BIF};
use crate::process::{Ending, Exec, Outcome, Process, ProcessBody, Slice, exit, signal};
use crate::sync::run_right::{Claim, RunRight, flag};
use crate::sync::slices::SliceCount;
use crate::vm::Vm;
use parking_lot::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering, fence};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;
use std::time::Duration;

/// Looks at all queues this often before it goes to sleep.
const SPINS: u32 = 40;
/// Never sleeps longer, so that a missed wake would cost time, not a hang.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// With sockets or programs about, simulated time jumps only when they have been silent for this long of real time.
const OUTSIDE_SILENT: Duration = Duration::from_millis(400);
/// One bit each in the idle mask.
pub const MOST_SCHEDULERS: usize = 64;

/// What schedulers share.
pub struct Schedulers {
    pub injectors: Injectors<Pid>,
    each: Box<[Shared]>,
    idle: AtomicU64,
    stopping: AtomicBool,
    joins: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

/// One scheduler as seen by the others.
struct Shared {
    queues: Mutex<Option<Queues<Pid>>>,
    stealers: Stealers<Pid>,
    thread: OnceLock<Thread>,
    /// Counts slices: who saw it change knows that the scheduler passed a slice boundary.
    slices: SliceCount,
    busy_ns: AtomicU64,
    stolen: AtomicU64,
    lengths: Lengths,
}

impl Schedulers {
    /// So many schedulers, none of which runs yet.
    pub fn new(count: usize) -> Self {
        let each = (0..count.clamp(1, MOST_SCHEDULERS)).map(|_| {
            let queues = Queues::new();
            Shared {
                stealers: queues.stealers(),
                queues: Mutex::new(Some(queues)),
                thread: OnceLock::new(),
                slices: SliceCount::new(),
                busy_ns: AtomicU64::new(0),
                stolen: AtomicU64::new(0),
                lengths: Lengths::default(),
            }
        });
        Schedulers {
            injectors: Injectors::new(),
            each: each.collect(),
            idle: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            joins: Mutex::default(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.each.len()
    }

    /// Entries in all run queues.
    pub fn run_queue_lengths(&self) -> Vec<usize> {
        self.each
            .iter()
            .map(|s| s.stealers.len())
            .chain([self.injectors.len()])
            .collect()
    }

    /// Lengths of run queues when a process was picked: see [`Lengths`]. Numbers of picks by length, and the sum of the lengths.
    pub fn picked_lengths(&self) -> (lengths::Counts, u64) {
        lengths::sum(self.each.iter().map(|s| &s.lengths))
    }

    /// Slices each scheduler has begun; even while it sleeps (see [`Schedulers::all_passed`]).
    pub fn slice_counts(&self) -> Vec<u64> {
        self.each.iter().map(|s| s.slices.now()).collect()
    }

    /// Whether every scheduler that was inside a slice when `before` was taken has left it. Odd counts are inside a slice.
    pub fn all_passed(&self, before: &[u64]) -> bool {
        self.each
            .iter()
            .zip(before)
            .all(|(s, before)| s.slices.has_passed(*before))
    }

    /// Busy nanoseconds of each.
    pub fn busy_ns(&self) -> Vec<u64> {
        self.each
            .iter()
            .map(|s| s.busy_ns.load(Ordering::Relaxed))
            .collect()
    }

    /// Processes taken from others.
    pub fn stolen(&self) -> u64 {
        self.each
            .iter()
            .map(|s| s.stolen.load(Ordering::Relaxed))
            .sum()
    }

    /// Schedulers that do not sleep.
    fn working(&self) -> usize {
        let idle = self.idle.load(Ordering::Relaxed).count_ones() as usize;
        self.count().saturating_sub(idle)
    }

    /// Does none of them sleep?
    pub fn are_all_working(&self) -> bool {
        self.working() == self.count()
    }

    /// Wakes a sleeper, if there is one.
    pub fn wake_one(&self) {
        fence(Ordering::SeqCst);
        let mut idle = self.idle.load(Ordering::Relaxed);
        while idle != 0 {
            let index = idle.trailing_zeros() as usize;
            let bit = 1 << index;
            match self
                .idle
                .compare_exchange(idle, idle & !bit, Ordering::SeqCst, Ordering::Relaxed)
            {
                Ok(_) => {
                    self.unpark(index);
                    return;
                }
                Err(now) => idle = now,
            }
        }
    }

    /// Wakes this one if it sleeps.
    pub fn wake(&self, index: usize) {
        fence(Ordering::SeqCst);
        if self.idle.fetch_and(!(1 << index), Ordering::SeqCst) & (1 << index) != 0 {
            self.unpark(index);
        }
    }

    fn unpark(&self, index: usize) {
        if let Some(thread) = self.each[index].thread.get() {
            thread.unpark();
        }
    }

    /// Asks all to stop after their slice.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        (0..self.count()).for_each(|index| self.unpark(index));
    }

    /// Are the schedulers to end?
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Waits for the threads, unless called by one of them.
    pub fn join(&self) {
        let me = std::thread::current().id();
        let joins = std::mem::take(&mut *self.joins.lock());
        for join in joins {
            if join.thread().id() != me {
                let _panicked = join.join();
            }
        }
    }

    /// Starts the threads.
    pub fn start(vm: &Arc<Vm>) -> std::io::Result<()> {
        for index in 0..vm.schedulers.count() {
            let worker = vm.clone();
            let name = format!("transom-{}", index + 1);
            let thread = std::thread::Builder::new()
                .name(name)
                .stack_size(8 << 20)
                .spawn(move || run(&worker, index))?;
            vm.schedulers.joins.lock().push(thread);
        }
        Ok(())
    }
}

/// Ties the calling thread to one of the processors that the program may use. Where that is refused, the thread runs where it likes.
#[cfg(target_os = "linux")]
fn pin(index: usize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(allowed) = sched_getaffinity(None) else {
        return;
    };
    let all = (0..CpuSet::MAX_CPU).filter(|cpu| allowed.is_set(*cpu));
    let all: Vec<usize> = all.collect();
    if let Some(cpu) = all.get(index % all.len().max(1)) {
        let mut one = CpuSet::new();
        one.set(*cpu);
        let _refused = sched_setaffinity(None, &one);
    }
}

/// Elsewhere threads cannot be tied.
#[cfg(not(target_os = "linux"))]
fn pin(_: usize) {}

/// The thread of one scheduler.
fn run(vm: &Vm, index: usize) {
    if vm.options.pin {
        pin(index);
    }
    crate::native::slice::ask_for_short_slices();
    let shared = &vm.schedulers.each[index];
    shared.thread.get_or_init(std::thread::current);
    let queues = shared
        .queues
        .lock()
        .take()
        .expect("invariant: each scheduler starts once");
    Local::new(vm, index, queues).install();
    let (mut spins, mut picks) = (0, 0u32);
    let mut busy_since: Option<i64> = None;
    while !vm.schedulers.is_stopping() {
        vm.turn_wheel(index);
        if let Some(pid) = current::pop(vm).or_else(|| steal(vm, index)) {
            spins = 0;
            busy_since.get_or_insert_with(|| vm.clock.since_start_ns());
            picks = picks.wrapping_add(1);
            if picks.is_multiple_of(lengths::ONE_OF) {
                shared.lengths.add(shared.stealers.len());
            }
            shared.slices.begin();
            run_entry(vm, pid);
            shared.slices.end();
            continue;
        }
        spins += 1;
        if spins < SPINS && may_spin(vm) {
            std::thread::yield_now();
            continue;
        }
        spins = 0;
        if let Some(since) = busy_since.take() {
            shared.busy_ns.fetch_add(
                (vm.clock.since_start_ns() - since) as u64,
                Ordering::Relaxed,
            );
        }
        sleep(vm, index);
    }
    current::uninstall();
}

/// Looking around once more before going to sleep is worth it only where nobody else needs the core; and who yields to the thread of a long call
/// stands behind it when the next timer is due.
fn may_spin(vm: &Vm) -> bool {
    vm.options.seed.is_none() && vm.schedulers.count() > 1 && vm.long_calls.busy() == 0
}

fn steal(vm: &Vm, thief: usize) -> Option<Pid> {
    let count = vm.schedulers.count();
    (1..count)
        .map(|step| (thief + step) % count)
        .find_map(|victim| {
            let stealers = &vm.schedulers.each[victim].stealers;
            if stealers.is_empty() {
                return None;
            }
            let pid = current::with(vm, |local| local.queues.steal_from(stealers)).flatten()?;
            vm.schedulers.each[thief]
                .stolen
                .fetch_add(1, Ordering::Relaxed);
            Some(pid)
        })
}

fn anything_to_do(vm: &Vm) -> bool {
    vm.schedulers.is_stopping()
        || !vm.schedulers.injectors.is_empty()
        || vm.schedulers.each.iter().any(|s| !s.stealers.is_empty())
}

fn sleep(vm: &Vm, index: usize) {
    let bit = 1u64 << index;
    vm.schedulers.idle.fetch_or(bit, Ordering::SeqCst);
    fence(Ordering::SeqCst);
    if anything_to_do(vm) {
        vm.schedulers.idle.fetch_and(!bit, Ordering::SeqCst);
        return;
    }
    let next = vm.timers.wheels[index].lock().next_due();
    let wait = match next {
        None => LONGEST_SLEEP,
        Some(due) if vm.clock.is_simulated() => {
            // Simulated time jumps to the next timer, but never past an answer that real work still owes.
            if vm.dirty.busy() == 0 && vm.io.poller.is_quiet(vm, OUTSIDE_SILENT) {
                vm.clock
                    .advance_to_ns(due as i64 * super::clock::NS_PER_TICK);
                Duration::ZERO
            } else {
                Duration::from_millis(1)
            }
        }
        Some(due) => {
            let ns = due as i64 * super::clock::NS_PER_TICK - vm.clock.since_start_ns();
            Duration::from_nanos(u64::try_from(ns).unwrap_or(0))
        }
    };
    if !wait.is_zero() {
        vm.tracing
            .system
            .scheduler(vm, index, false, vm.schedulers.working());
        std::thread::park_timeout(wait.min(LONGEST_SLEEP));
    }
    vm.schedulers.idle.fetch_and(!bit, Ordering::SeqCst);
    if !wait.is_zero() {
        vm.tracing
            .system
            .scheduler(vm, index, true, vm.schedulers.working());
    }
}

/// Runs the process an entry stands for, unless the entry is stale.
fn run_entry(vm: &Vm, pid: Pid) {
    let Some(process) = vm.processes.slot(pid.slot()) else {
        return;
    };
    let Some(mut right) = process.cell.pick(pid.serial()) else {
        return;
    };
    let flags = right.flags();
    if flags & flag::SIGNALS != 0 {
        right.clear_signals();
        let body = right.as_mut().expect("invariant: a tenant has a body");
        if let Some(ending) = signal::handle(vm, process, body) {
            exit::terminate(vm, process, right, &ending);
            return;
        }
    }
    let body = right.as_mut().expect("invariant: a tenant has a body");
    let active = is_active(flags, body);
    if !active || right.flags() & flag::SUSPENDED != 0 {
        let wake = right.release(Some(active));
        vm.wake(pid, wake);
        return;
    }
    let body = right.as_mut().expect("invariant: a tenant has a body");
    body.woken = false;
    body.set_flag(WAITING_IN_BIF, false);
    let outcome = run_slice(vm, process, body);
    finish_slice(vm, process, right, outcome);
}

/// Who waits in a receive may look at its messages once too often. Who hibernates may not begin anew without one.
fn is_active(flags: u64, body: &ProcessBody) -> bool {
    let called = flags & flag::ACTIVE != 0 || body.woken;
    called && !(body.has_flag(HIBERNATING) && body.mailbox.borrow().is_empty())
}

fn finish_slice(
    vm: &Vm,
    process: &Process,
    mut right: RunRight<'_, Option<ProcessBody>>,
    outcome: Outcome,
) {
    let body = right.as_mut().expect("invariant: a tenant has a body");
    let pid = body.pid;
    let active = match outcome {
        Outcome::Yield => true,
        // It has looked at everything handled so far; what comes later sets SIGNALS, which the release sees.
        Outcome::Wait => {
            body.woken = false;
            false
        }
        Outcome::WaitInBif => {
            body.set_flag(WAITING_IN_BIF, true);
            false
        }
        Outcome::Elsewhere => {
            elsewhere(vm, pid, right.hand_over(), |vm, body| {
                crate::interp::answer_elsewhere(vm, body);
                None
            });
            return;
        }
        Outcome::Collect(what) => {
            elsewhere(vm, pid, right.hand_over(), move |vm, body| {
                let done = body.collect_parked(vm, what);
                crate::interp::may_go_on(vm, body, &done)
            });
            return;
        }
        Outcome::Exit(ending) => {
            exit::terminate(vm, process, right, &ending);
            return;
        }
    };
    let wake = right.release(Some(active));
    vm.wake(pid, wake);
}

/// Long work of a process runs on a thread of the pool, which holds the run right meanwhile; then the process is queued again, or ends.
fn elsewhere(
    vm: &Vm,
    pid: Pid,
    claim: Claim,
    work: impl FnOnce(&Vm, &mut ProcessBody) -> Option<Box<Ending>> + Send + 'static,
) {
    let weak = vm.weak();
    vm.long_calls.submit(move || {
        let Some(vm) = weak.upgrade() else { return };
        let process = vm.processes.slot(pid.slot());
        let process = process.expect("invariant: a running process has a slot");
        let mut right = process.cell.claimed(claim);
        let body = right.as_mut().expect("invariant: a tenant has a body");
        if let Some(ending) = work(&vm, body) {
            exit::terminate(&vm, process, right, &ending);
            return;
        }
        let wake = right.release(Some(true));
        vm.wake(pid, wake);
    });
}

fn run_slice(vm: &Vm, process: &Process, body: &mut ProcessBody) -> Outcome {
    let before = body.reductions.get();
    let budget = vm.options.reductions;
    if vm.tracing.is_used() {
        crate::trace::scheduling::slice_begins(vm, body);
    }
    body.set_flag(HIBERNATING, false);
    let mut slice = Slice {
        vm,
        process,
        body,
        reductions: budget,
    };
    let outcome = match std::mem::replace(&mut slice.body.exec, Exec::Taken) {
        Exec::Native(mut native) => {
            let outcome = native.run(&mut slice);
            slice.body.exec = Exec::Native(native);
            slice
                .body
                .reductions
                .set(before + (budget - slice.reductions).max(0) as u64);
            outcome
        }
        code @ Exec::Code(_) => {
            slice.body.exec = code;
            run_code(&mut slice)
        }
        Exec::Taken => unreachable!("invariant: a process runs on one thread"),
    };
    if vm.tracing.is_used() {
        crate::trace::scheduling::slice_ends(vm, slice.body, &outcome);
    }
    let used = slice.body.reductions.get() - before;
    vm.reductions.fetch_add(used, Ordering::Relaxed);
    outcome
}

/// Erlang code runs in the interpreter; a VM built without one cannot run it.
fn run_code(slice: &mut Slice<'_>) -> Outcome {
    match slice.vm.engine.get() {
        Some(engine) => engine(slice),
        None => Outcome::Exit(Ending::silent(crate::heap::OwnedTerm::atom(
            crate::atoms::NOTSUP,
        ))),
    }
}
