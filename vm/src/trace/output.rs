//! Where the formatter's text goes. Writing may block: it is the formatter thread that waits, and events go lost meanwhile, counted.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use transom_tracer::event::{Event, Kind};
use transom_tracer::file::CaptureWriter;

use super::sink::Sink;
use crate::atoms;
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Term};
use crate::process::Signal;
use crate::vm::Vm;

/// Chunks a reading process may leave unacknowledged.
const OPEN_CHUNKS: usize = 16;
/// How long the end of a session waits for a reader that does not read.
const LAST_WAIT: Duration = Duration::from_millis(500);
/// Events a formatting process may leave unacknowledged.
const OPEN_EVENTS: usize = 256;
/// Bytes of one chunk.
pub const CHUNK: usize = 64 * 1024;

/// A destination of text or of captured events.
pub enum Output {
    /// The VM's own standard output (`false`) or standard error.
    Standard(bool),
    File(BufWriter<File>),
    /// Captured events as they are, to be formatted later.
    Capture(Option<Box<CaptureWriter<BufWriter<File>>>>),
    /// Text as messages to a process.
    Process(Pid),
    /// Events as bounded terms to a process, which makes the text; gaps and totals as text.
    Events(Pid),
    /// Only counts are wanted.
    Nothing,
    /// The destination takes nothing any more.
    Failed,
}

impl Output {
    /// Writes text. A destination that fails gets nothing any more; `false`: it has failed now or before.
    pub fn text(&mut self, vm: &Vm, sink: &Sink, text: &str) -> bool {
        let done = match self {
            Output::Standard(false) => {
                let mut out = std::io::stdout().lock();
                out.write_all(text.as_bytes()).and_then(|()| out.flush())
            }
            Output::Standard(true) => std::io::stderr().lock().write_all(text.as_bytes()),
            Output::File(file) => file.write_all(text.as_bytes()),
            Output::Process(pid) | Output::Events(pid) => {
                let pid = *pid;
                for chunk in chunks(text) {
                    if !send_chunk(vm, sink, pid, chunk) {
                        *self = Output::Failed;
                        return false;
                    }
                }
                return true;
            }
            Output::Capture(_) | Output::Nothing => return true,
            Output::Failed => return false,
        };
        if done.is_err() {
            *self = Output::Failed;
            return false;
        }
        true
    }

    /// Writes a captured event, if that is what is wanted.
    pub fn captured(&mut self, bytes: &[u8]) {
        if let Output::Capture(Some(writer)) = self
            && writer.event(bytes).is_err()
        {
            *self = Output::Failed;
        }
    }

    /// Gives an event to the process that makes text of it; `false` if that is not wanted, so that the session's style does.
    pub fn event(&mut self, vm: &Vm, sink: &Sink, event: &Event) -> bool {
        let Output::Events(pid) = *self else {
            return false;
        };
        if event.kind() == Kind::Gap {
            return false;
        }
        let built = super::rebuild::message(vm, sink.session, event);
        if !send(vm, sink, pid, OPEN_EVENTS, built) {
            *self = Output::Failed;
        }
        true
    }

    /// Does a process make the text?
    pub fn takes_terms(&self) -> bool {
        matches!(self, Output::Events(_))
    }

    /// Does it take events rather than text?
    pub fn wants_events(&self) -> bool {
        matches!(self, Output::Capture(_))
    }

    /// Pushes out what is buffered; for a process, waits until it has dealt with all of it (`patience` at most).
    pub fn flush(&mut self, sink: &Sink, patience: Duration) {
        match self {
            Output::File(file) => {
                if file.flush().is_err() {
                    *self = Output::Failed;
                }
            }
            Output::Process(_) | Output::Events(_) => wait_below(sink, 1, patience),
            Output::Standard(_) | Output::Capture(_) | Output::Nothing | Output::Failed => {}
        }
    }

    /// Pushes a file's text out, so that whoever looks at it sees what there is.
    pub fn flush_files(&mut self) {
        if let Output::File(file) = self
            && file.flush().is_err()
        {
            *self = Output::Failed;
        }
    }

    /// The end, with the totals for a capture file and the reason for a process: `{trace_ended, Id, Reason}`.
    pub fn finish(&mut self, vm: &Vm, sink: &Sink, reason: &str, totals: &str) {
        if let Output::Process(pid) | Output::Events(pid) = self
            && let Ok(reason) = vm.atoms().intern(reason)
        {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            let id = heap.uint(u64::from(sink.session));
            let message = heap.tuple(&[Term::atom(atoms::TRACE_ENDED), id, Term::atom(reason)]);
            let _gone = vm.signal(*pid, Signal::Message(OwnedTerm::new(message)));
        }
        if let Output::Capture(writer) = self
            && let Some(writer) = writer.take()
            && let Ok(mut file) = writer.finish(totals)
        {
            let _nobody_reads_errors_of_a_closing_file = file.flush();
        }
    }
}

/// Pieces of at most a chunk, cut behind a line where there is one.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(CHUNK);
        if end < rest.len() {
            end = rest.floor_char_boundary(end);
            end = rest[..end].rfind('\n').map_or(end, |at| at + 1);
        }
        let (chunk, left) = rest.split_at(end);
        rest = left;
        Some(chunk)
    })
}

/// Waits until fewer than `count` chunks are open.
fn wait_below(sink: &Sink, count: usize, patience: Duration) {
    let until = Instant::now() + patience;
    while sink.open_chunks.load(Ordering::Acquire) >= count && Instant::now() < until {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// `{trace_output, Id, Binary}`; `false` when there is nobody to read it.
fn send_chunk(vm: &Vm, sink: &Sink, pid: Pid, chunk: &str) -> bool {
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let message = heap.tuple(&[
        Term::atom(atoms::TRACE_OUTPUT),
        heap.uint(u64::from(sink.session)),
        heap.binary(chunk.as_bytes()),
    ]);
    send(vm, sink, pid, OPEN_CHUNKS, OwnedTerm::new(message))
}

/// Sends when fewer than `open` messages are unacknowledged; `false` when there is nobody to read it. A reader that does not read holds up the end
/// of its session for [`LAST_WAIT`] at most.
fn send(vm: &Vm, sink: &Sink, pid: Pid, open: usize, message: OwnedTerm) -> bool {
    let mut finishing: Option<Instant> = None;
    while sink.open_chunks.load(Ordering::Acquire) >= open {
        wait_below(sink, open, Duration::from_millis(20));
        if sink.is_finishing() {
            let since = finishing.get_or_insert_with(Instant::now);
            if since.elapsed() > LAST_WAIT {
                return false;
            }
        }
        if vm.processes.get(pid).is_none() || vm.schedulers.is_stopping() {
            return false;
        }
    }
    sink.open_chunks.fetch_add(1, Ordering::AcqRel);
    vm.signal(pid, Signal::Message(message)).is_ok()
}
