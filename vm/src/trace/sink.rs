//! The native sink of a session: limiter, capture, ring. What the trace points of all schedulers call; the formatter thread is at the other end.
//!
//! ```text
//!   matched ──> lane.admit (this scheduler's) ──> suppressed: counted, no more
//!                 └─> capture into the lane's buffer ──> ring ──> formatter thread (formatter.rs) ──> descriptor, file, process
//! ```
//! A lane's lock is taken by its own scheduler only; the formatter tries it when it looks for gaps and goes on when it is held.

mod holding;

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use transom_tracer::event::{self, Header, Kind};
use transom_tracer::limiter::{Config, Gap, Key, Lane, Limiter, Permit, Reason, Totals, Verdict};
use transom_tracer::redact::Redactor;
use transom_tracer::ring::Ring;

use self::holding::Held;
use super::event::{Event, Subject, key_text};
use super::gates::{Cause, EVALUATED, Gate, LOST_MS, Passage};
use super::recording::Recording;
use super::slots::{Slot, Slots};
use super::tracer::Credit;
use crate::heap::Pid;
use crate::process::reply::ReplyTo;
use crate::vm::Vm;

/// Every so many events the time an event costs is measured, for the budget.
const MEASURE_EVERY: u32 = 16;

/// Where the sink's text, bytes or messages end up, as far as trace points care.
pub enum Kindred {
    /// In the ring, for the formatter thread.
    Ring,
    /// As trace messages in the mailbox of that process.
    Messages(Pid, Arc<Credit>),
}

struct LaneState {
    lane: Lane,
    /// Slots whose gate of this scheduler has calls to account for, and when the first of them opens.
    closed: Vec<u32>,
    opens_ms: u64,
    buffer: Vec<u8>,
    /// When the last gap was reported.
    gap_since_ms: u64,
    /// Counts down to the next measured event.
    measure: u32,
    subject: LastSubject,
}

/// The text of the process or port that the last event was about; mostly the next one is about the same.
#[derive(Default)]
struct LastSubject(Option<Subject>, String);

impl LastSubject {
    fn text(&mut self, subject: Subject) -> &str {
        if self.0 != Some(subject) {
            self.1 = subject.text();
            self.0 = Some(subject);
        }
        &self.1
    }
}

/// A flush somebody waits for.
struct Flush {
    number: u64,
    deadline_ms: u64,
    /// Dropped to answer: several flushes may share one answer.
    _reply: Arc<ReplyOnDrop>,
}

/// Answers when the last part of what was asked for is done.
pub struct ReplyOnDrop(Mutex<Option<Waiting>>);

impl ReplyOnDrop {
    /// Answers `()` when the last clone goes.
    pub fn new(reply: ReplyTo) -> Arc<ReplyOnDrop> {
        ReplyOnDrop::then(Box::new(move || reply.answer(())))
    }

    /// Calls it when the last clone goes.
    pub fn then(answer: Waiting) -> Arc<ReplyOnDrop> {
        Arc::new(ReplyOnDrop(Mutex::new(Some(answer))))
    }
}

impl Drop for ReplyOnDrop {
    fn drop(&mut self) {
        if let Some(answer) = lock(&self.0).take() {
            answer();
        }
    }
}

/// A session's sink.
pub struct Sink {
    pub session: u32,
    pub limiter: Arc<Limiter>,
    slots: Arc<Slots>,
    pub ring: Ring,
    pub kindred: Kindred,
    pub recording: Option<Recording>,
    redactor: Option<Redactor>,
    lanes: Box<[parking_lot::Mutex<LaneState>]>,
    /// Whoever prints the output, and never becomes part of it.
    reader: Option<Pid>,
    /// Calls that wait for their outcome, by the scheduler that saw them begin (less those that it saw end).
    held: Box<[Held]>,
    held_elsewhere: AtomicI64,
    /// Events that came out of the ring and could not be written.
    unwritten: AtomicU64,
    flushes: Mutex<Vec<Flush>>,
    next_flush: AtomicU64,
    /// No more events: the formatter drains, says the totals and ends.
    finishing: AtomicBool,
    finished: Mutex<Done>,
    /// Chunks given to a reading process and not acknowledged.
    pub open_chunks: AtomicUsize,
}

/// What answers one who waits.
pub type Waiting = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Done {
    done: bool,
    waiting: Vec<Waiting>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes what a gate counted into its lane's accounts.
fn account(lane: &mut Lane, gate: &Gate) {
    for counted in gate.take().into_iter().flatten() {
        match counted.cause {
            Cause::Suppressed(reason) => {
                lane.suppressed_unasked(reason, counted.function, counted.calls);
            }
            Cause::Lost => lane.lost_unasked(counted.calls),
        }
    }
}

impl Sink {
    /// A sink for a session.
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        vm: &Vm,
        session: u32,
        config: Config,
        redactor: Redactor,
        ring_bytes: usize,
        kindred: Kindred,
        reader: Option<Pid>,
        recording: Option<Recording>,
    ) -> Arc<Sink> {
        let now_ms = vm.clock.tick();
        let limiter = Limiter::new(config, now_ms);
        // One lane more, for threads that are no schedulers.
        let lanes = (0..=vm.schedulers.count()).map(|_| {
            parking_lot::Mutex::new(LaneState {
                lane: limiter.lane(),
                closed: Vec::new(),
                opens_ms: u64::MAX,
                buffer: Vec::new(),
                gap_since_ms: now_ms,
                measure: 0,
                subject: LastSubject::default(),
            })
        });
        Arc::new(Sink {
            session,
            lanes: lanes.collect(),
            // The schedulers, and the other threads, one at a time under their lane's lock.
            ring: Ring::new(vm.schedulers.count() + 1, ring_bytes),
            kindred,
            recording,
            redactor: (!redactor.is_empty()).then_some(redactor),
            reader,
            limiter,
            slots: Arc::clone(&vm.tracing.patterns.slots),
            held: (0..vm.schedulers.count())
                .map(|_| Held::default())
                .collect(),
            held_elsewhere: AtomicI64::new(0),
            unwritten: AtomicU64::new(0),
            flushes: Mutex::default(),
            next_flush: AtomicU64::new(1),
            finishing: AtomicBool::new(false),
            finished: Mutex::default(),
            open_chunks: AtomicUsize::new(0),
        })
    }

    /// The process that must not be traced because it shows what is traced.
    pub fn reader(&self) -> Option<Pid> {
        self.reader
    }

    /// An event that a session matched: asks the limiter, and captures what may be shown.
    pub fn event(&self, vm: &Vm, bits: u32, event: &Event<'_, '_>) {
        self.pass(vm, bits, event, None);
    }

    /// The same for a call that came through a slot. If the limiter knows that the next ones would be suppressed too, it closes the slot's gate. Answers
    /// until when all calls of this process would be, if that is so.
    pub fn call(
        &self,
        vm: &Vm,
        bits: u32,
        event: &Event<'_, '_>,
        passage: Passage<'_>,
    ) -> Option<u64> {
        self.pass(vm, bits, event, Some(passage))
    }

    fn pass(
        &self,
        vm: &Vm,
        bits: u32,
        event: &Event<'_, '_>,
        passage: Option<Passage<'_>>,
    ) -> Option<u64> {
        let now_ms = vm.tracing.now_ms(vm);
        let scheduler = vm.scheduler_index().unwrap_or(self.lanes.len() - 1);
        let mut state = self.lanes[scheduler].lock();
        let state = &mut *state;
        if now_ms >= state.opens_ms {
            self.fold(state, scheduler, now_ms);
        }
        let mut refused = None;
        let measured = self.begins_measure(vm, state);
        let key = event.key();
        match state.lane.admit(now_ms, key) {
            Verdict::Suppress(reason) => refused = Some(Cause::Suppressed(reason)),
            Verdict::Show(permit) => {
                self.report_gaps(vm, state, scheduler, now_ms, false);
                match &self.kindred {
                    Kindred::Ring if self.recording.is_none() && self.ring.is_full() => {
                        state.lane.lost(permit);
                        refused = Some(Cause::Lost);
                    }
                    Kindred::Ring => {
                        let at_ns = vm.clock.since_start_ns();
                        self.captured(vm, state, permit, (event, at_ns), bits, scheduler);
                    }
                    Kindred::Messages(pid, credit) => {
                        match super::message::to_process(vm, *pid, credit, bits, event) {
                            Some(bytes) => state.lane.captured(permit, bytes),
                            None => {
                                state.lane.lost(permit);
                                refused = Some(Cause::Lost);
                            }
                        }
                    }
                }
            }
        }
        if let Some(recording) = &self.recording
            && recording.triggered_by(vm, event)
        {
            recording.fire();
        }
        if let Some(since) = measured {
            let spent = (vm.clock.since_start_ns() - since).max(0) as u64;
            state.lane.spent(spent * u64::from(MEASURE_EVERY));
        }
        let (cause, passage) = (refused?, passage?);
        self.close(state, scheduler, passage, cause, key.function, now_ms)
    }

    /// Closes the gate that a refused call came through, if the next call would be refused too.
    fn close(
        &self,
        state: &mut LaneState,
        scheduler: usize,
        passage: Passage<'_>,
        cause: Cause,
        function: u64,
        now_ms: u64,
    ) -> Option<u64> {
        // Another session's point may stand in the slot by now; and a recorder looks at every event.
        let own = passage.watch >> 32 & !u64::from(EVALUATED) == u64::from(self.session);
        if !own || self.recording.is_some() {
            return None;
        }
        let until_ms = match cause {
            Cause::Suppressed(reason) => state.lane.closed_until(reason, now_ms)?,
            Cause::Lost => now_ms + LOST_MS,
        };
        let only_process = cause == Cause::Suppressed(Reason::ProcessShare);
        // The lane behind the schedulers' is shared by other threads: it has no gate.
        let gate = passage.slot.gate(scheduler, self.lanes.len() - 1)?;
        let closes_ms = if only_process { 0 } else { until_ms };
        gate.close(passage.watch, closes_ms, cause, function);
        if !gate.list(self.session) {
            state.closed.push(passage.slot.number());
        }
        state.opens_ms = state.opens_ms.min(until_ms);
        only_process.then_some(until_ms)
    }

    /// Takes what closed gates counted into the lane's accounts; gates that are open again leave the list.
    fn fold(&self, state: &mut LaneState, scheduler: usize, now_ms: u64) {
        let LaneState { lane, closed, .. } = state;
        let mut opens_ms = u64::MAX;
        closed.retain(|number| {
            let slot = self.slots.slot(*number);
            let Some(gate) = slot.gates().get(scheduler) else {
                return false;
            };
            // Another session's point took the slot: what was ours has been accounted for.
            if gate.listed() != self.session {
                return false;
            }
            account(lane, gate);
            let until_ms = gate.until_ms();
            let stays = until_ms > now_ms || now_ms == 0;
            if stays {
                opens_ms = opens_ms.min(until_ms);
            } else {
                gate.list(0);
            }
            stays
        });
        state.opens_ms = opens_ms;
    }

    /// The point of a slot was replaced: its gates will count no more for this session.
    pub fn fold_slot(&self, slot: &Slot) {
        for (gate, state) in slot.gates().iter().zip(&*self.lanes) {
            account(&mut state.lock().lane, gate);
        }
    }

    fn begins_measure(&self, vm: &Vm, state: &mut LaneState) -> Option<i64> {
        self.limiter.config().budget_percent?;
        state.measure += 1;
        if state.measure < MEASURE_EVERY {
            return None;
        }
        state.measure = 0;
        Some(vm.clock.since_start_ns())
    }

    /// Into the ring, or the recorder.
    fn store(&self, scheduler: usize, sequence: u64, bytes: &[u8]) -> bool {
        match &self.recording {
            Some(recording) => recording.record(bytes),
            None => self.ring.push(scheduler, sequence, bytes).is_ok(),
        }
    }

    /// Captures an event that may be shown, and stores it.
    fn captured(
        &self,
        vm: &Vm,
        state: &mut LaneState,
        permit: Permit,
        (event, at_ns): (&Event<'_, '_>, i64),
        bits: u32,
        scheduler: usize,
    ) {
        state.buffer.clear();
        let header = Header {
            sequence: self.ring.next_sequence(),
            ..event.header(vm, self.session, scheduler, bits, at_ns)
        };
        let limits = self.limiter.config().per_event;
        let redactor = self.redactor.as_ref();
        let subject = state.subject.text(event.subject);
        event::capture(&mut state.buffer, &header, limits, redactor, |writer| {
            event.capture(vm, bits, subject, writer);
        });
        match self.store(scheduler, header.sequence, &state.buffer) {
            true => state.lane.captured(permit, state.buffer.len()),
            false => state.lane.lost(permit),
        }
    }

    /// Puts what was suppressed into the stream, before whatever comes next.
    fn report_gaps(
        &self,
        vm: &Vm,
        state: &mut LaneState,
        scheduler: usize,
        now_ms: u64,
        now: bool,
    ) {
        let gaps = state.lane.take_gaps(now);
        if gaps.is_empty() {
            return;
        }
        let ms = now_ms.saturating_sub(state.gap_since_ms);
        state.gap_since_ms = now_ms;
        if matches!(self.kindred, Kindred::Messages(..)) {
            return;
        }
        let bytes = self.gap_bytes(vm, scheduler, &gaps, ms);
        let _a_lost_gap_line_is_in_the_totals =
            self.store(scheduler, self.ring.next_sequence(), &bytes);
    }

    fn gap_bytes(&self, vm: &Vm, scheduler: usize, gaps: &[Gap], ms: u64) -> Vec<u8> {
        let texts: Vec<String> = gaps.iter().map(|gap| key_text(vm, gap.culprit)).collect();
        let rows: Vec<(Reason, u64, &str)> = gaps
            .iter()
            .zip(&texts)
            .map(|(gap, text)| (gap.reason, gap.count, text.as_str()))
            .collect();
        let header = Header {
            session: self.session,
            scheduler: scheduler as u16,
            sequence: self.ring.next_sequence(),
            wall_us: vm.clock.system_ns() / 1_000,
            monotonic_ns: vm.clock.monotonic_ns(),
            ..Header::new(Kind::Gap)
        };
        let mut bytes = Vec::new();
        event::capture_gap(&mut bytes, &header, &rows, ms);
        bytes
    }

    /// Gaps of schedulers that show nothing at the moment, put into the ring by the formatter: all of them at the `end`, else those of a past interval.
    pub fn stale_gaps(&self, vm: &Vm, end: bool) {
        if self.recording.is_some() && !end {
            return;
        }
        let now_ms = vm.clock.tick();
        for (scheduler, lane) in self.lanes.iter().enumerate() {
            if let Some(mut state) = lane.try_lock() {
                self.fold(&mut state, scheduler, now_ms);
                let due = end || now_ms.saturating_sub(state.gap_since_ms) >= 1_000;
                if due {
                    self.report_gaps(vm, &mut state, scheduler, now_ms, true);
                }
            }
        }
    }

    /// What became of all matched events; calls whose outcome is not known yet are no part of it.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for (scheduler, lane) in self.lanes.iter().enumerate() {
            let mut state = lane.lock();
            // Nothing leaves the list: which gates are open again is looked at with the next event.
            self.fold(&mut state, scheduler, 0);
            // Under its lock no event of the lane is half decided.
            totals = totals.plus(&state.lane.totals());
        }
        let unwritten = self.unwritten.load(Ordering::Relaxed).min(totals.shown);
        totals.shown -= unwritten;
        totals.lost += unwritten;
        totals
    }

    /// Events that were to be shown could not be written.
    pub fn not_written(&self, events: u64) {
        self.unwritten.fetch_add(events, Ordering::Relaxed);
    }

    /// Asks for an answer when everything in the ring has been written.
    pub fn flush(&self, reply: Arc<ReplyOnDrop>, deadline_ms: u64) {
        let mut flushes = lock(&self.flushes);
        if lock(&self.finished).done || matches!(self.kindred, Kindred::Messages(..)) {
            return;
        }
        flushes.push(Flush {
            number: self.next_flush.fetch_add(1, Ordering::AcqRel),
            deadline_ms,
            _reply: reply,
        });
        drop(flushes);
        self.ring.wake();
    }

    /// The number below which flushes were asked for before this moment.
    pub fn flush_mark(&self) -> u64 {
        self.next_flush.load(Ordering::Acquire)
    }

    /// Does anybody wait for a flush?
    pub fn has_flushes(&self) -> bool {
        !lock(&self.flushes).is_empty()
    }

    /// Everything that flushes below `mark` asked for is written.
    pub fn flushed(&self, mark: u64) {
        let done: Vec<Flush> = lock(&self.flushes)
            .extract_if(.., |flush| flush.number < mark)
            .collect();
        drop(done);
    }

    /// Answers flushes that waited long enough, e.g. because a reader does not read.
    pub fn flush_overdue(&self, now_ms: u64) {
        let done: Vec<Flush> = lock(&self.flushes)
            .extract_if(.., |flush| flush.deadline_ms <= now_ms)
            .collect();
        drop(done);
    }

    /// The reader has dealt with a chunk.
    pub fn acknowledge(&self) {
        let less = |open: usize| open.checked_sub(1);
        let _too_many = self
            .open_chunks
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, less);
    }

    /// No more events come.
    pub fn finish(&self) {
        self.finishing.store(true, Ordering::Release);
        self.ring.wake();
    }

    /// Was that said?
    pub fn is_finishing(&self) -> bool {
        self.finishing.load(Ordering::Acquire)
    }

    /// The formatter has written its last line.
    pub fn set_finished(&self) {
        self.flushed(u64::MAX);
        let waiting = {
            let mut finished = lock(&self.finished);
            finished.done = true;
            std::mem::take(&mut finished.waiting)
        };
        for answer in waiting {
            answer();
        }
    }

    /// Has it?
    pub fn is_finished(&self) -> bool {
        lock(&self.finished).done
    }

    /// Calls `answer` when the last line is written; at once if it is.
    pub fn when_finished(&self, answer: Waiting) {
        let mut finished = lock(&self.finished);
        if finished.done {
            drop(finished);
            answer();
        } else {
            finished.waiting.push(answer);
        }
    }

    /// What the limiter knows a function by.
    pub fn key(mfa: crate::process::body::Mfa, pid: Pid) -> Key {
        Key {
            function: super::event::function_key(mfa),
            process: pid.slot().into(),
        }
    }
}
