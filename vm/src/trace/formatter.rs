//! The formatter thread of a session: takes captured events out of the ring, makes text of them, writes it. It is no process, so it can neither be
//! traced by what it prints nor hold up a scheduler; when it waits for its reader, the ring fills and events are counted as lost.

use std::sync::{Arc, Weak};
use std::time::Duration;

use transom_tracer::event::Event;
use transom_tracer::limiter::{Reason, Totals};
use transom_tracer::ring::Batch;
use transom_tracer::style::Style;

use super::output::{CHUNK, Output};
use super::records::SessionRecords;
use super::session::Session;
use super::sink::Sink;
use super::world::VmWorld;
use crate::sched::clock::thread_time;
use crate::vm::Vm;

/// How long it sleeps when nothing comes.
const IDLE: Duration = Duration::from_millis(20);
/// How long a flush waits for a reading process.
const FLUSH_PATIENCE: Duration = Duration::from_millis(100);
/// How long the end waits for a reading process.
const END_PATIENCE: Duration = Duration::from_secs(1);

/// What it rests for each millisecond of processor time while every scheduler has work: it takes a fifth of a core then, and what does not fit into the
/// ring meanwhile is counted as lost.
const REST: u32 = 4;
/// Processor time that is worth a rest, and the longest one.
const WORTH_A_REST: Duration = Duration::from_millis(1);
const LONGEST_REST: Duration = Duration::from_millis(50);

/// All that the thread works with.
pub struct Formatter {
    pub vm: Weak<Vm>,
    pub session: Arc<Session>,
    pub sink: Arc<Sink>,
    pub style: Box<dyn Style>,
    pub output: Output,
    pub records: Arc<SessionRecords>,
    /// Whether the last line is the totals.
    pub totals: bool,
    /// What to print behind everything else: the tables of aggregates.
    pub closing: Box<dyn Fn(&Vm) -> String + Send>,
    /// Processor time of the thread when it last rested.
    pub rested_at: Duration,
}

impl Formatter {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(self) -> std::io::Result<()> {
        let name = format!("trace-{}", self.session.id);
        std::thread::Builder::new()
            .name(name)
            .spawn(move || self.run())
            .map(drop)
    }

    fn run(mut self) {
        let mut text = String::new();
        let mut event = Event::new();
        let mut batch = Batch::default();
        self.style.begin(&mut text);
        loop {
            let Some(vm) = self.vm.upgrade() else { break };
            // What flushes and the end ask for was in the ring before they asked.
            let mark = self.sink.flush_mark();
            let finishing = self.sink.is_finishing();
            if finishing {
                self.sink.stale_gaps(&vm, true);
            }
            self.sink.ring.drain(&mut batch);
            self.print(&vm, &batch, &mut event, &mut text);
            if self.sink.has_flushes() {
                self.output.flush(&self.sink, FLUSH_PATIENCE);
                self.sink.flushed(mark);
            }
            if finishing {
                self.end(&vm, &mut event, &mut text);
                break;
            }
            if vm.schedulers.is_stopping() && batch.is_empty() {
                self.end(&vm, &mut event, &mut text);
                break;
            }
            if batch.is_empty() {
                self.sink.stale_gaps(&vm, false);
                self.output.flush_files();
                drop(vm);
                self.sink.ring.wait(IDLE);
            }
        }
        self.sink.set_finished();
    }

    /// Formats and writes a batch; events whose text could not be written any more are lost.
    fn print(&mut self, vm: &Vm, batch: &Batch, event: &mut Event, text: &mut String) {
        let mut unwritten = 0;
        for bytes in batch.iter() {
            self.one(vm, bytes, event, text);
            unwritten += 1;
            if text.len() >= CHUNK {
                self.write(vm, text, &mut unwritten);
                self.rest(vm);
            }
        }
        self.write(vm, text, &mut unwritten);
        self.rest(vm);
    }

    /// The program goes first: see [`REST`]. Who waits for a flush or for the end waits no longer for that.
    fn rest(&mut self, vm: &Vm) {
        let now = thread_time();
        let worked = now.saturating_sub(self.rested_at);
        let is_urgent = self.sink.has_flushes() || self.sink.is_finishing();
        if worked < WORTH_A_REST || is_urgent || !vm.schedulers.are_all_working() {
            return;
        }
        std::thread::sleep((worked * REST).min(LONGEST_REST));
        self.rested_at = thread_time();
    }

    fn write(&mut self, vm: &Vm, text: &mut String, unwritten: &mut u64) {
        if !self.output.text(vm, &self.sink, text) {
            self.sink.not_written(*unwritten);
        }
        *unwritten = 0;
        text.clear();
    }

    fn one(&mut self, vm: &Vm, bytes: &[u8], event: &mut Event, text: &mut String) {
        if self.output.wants_events() {
            self.output.captured(bytes);
            return;
        }
        let world = VmWorld {
            vm,
            records: &self.records,
        };
        event
            .decode(bytes)
            .expect("invariant: what was captured here can be decoded");
        // Lines before it keep their place.
        if self.output.takes_terms() && !text.is_empty() {
            self.output.text(vm, &self.sink, text);
            text.clear();
        }
        if self.output.event(vm, &self.sink, event) {
            return;
        }
        self.style.event(event, &world, text);
    }

    /// The last lines.
    fn end(&mut self, vm: &Vm, event: &mut Event, text: &mut String) {
        if let Some(recording) = &self.sink.recording {
            let mut kept = Vec::new();
            recording.replay(|bytes| kept.push(bytes.to_vec()));
            for bytes in kept {
                self.one(vm, &bytes, event, text);
            }
        }
        self.style.end(text);
        text.push_str(&(self.closing)(vm));
        let totals = self.sink.totals();
        if self.totals {
            text.push_str(&totals_line(&totals, &self.sink));
        }
        self.output.text(vm, &self.sink, text);
        text.clear();
        self.output.flush(&self.sink, END_PATIENCE);
        let reason = self.sink.limiter.ended().unwrap_or(Reason::Stopped);
        self.output
            .finish(vm, &self.sink, reason.text(), &totals.to_string());
    }
}

/// `-- 12 matched: 10 shown, 2 rate; ended: count`.
pub fn totals_line(totals: &Totals, sink: &Sink) -> String {
    let mut line = format!("-- {totals}");
    if sink.still_held() > 0 {
        line.push_str(&format!(", {} calls without an end yet", sink.still_held()));
    }
    let factor = sink.limiter.sampling_factor();
    if factor > 1 {
        line.push_str(&format!(", every {factor}th shown at last"));
    }
    match sink.limiter.ended() {
        Some(Reason::Stopped) | None => {}
        Some(reason) => line.push_str(&format!("; ended by its limit: {}", reason.text())),
    }
    line.push('\n');
    line
}
