//! The trace event format that Chrome and Perfetto read: calls nested per process, messages as flow arrows, collections and scheduler threads on
//! their own tracks. Source: "Trace Event Format", a public document of the Chromium project.
//!
//! ```text
//!   pid 1 "processes"   one track a process:  calls (B, E), messages (i) and arrows (s, f), everything else (i)
//!   pid 2 "schedulers"  one track a thread:   which process ran (B, E)
//!   pid 3 "collections" one track a process:  its collections (B, E)
//! ```
//! Viewers ask that each E closes the last open B of its track. A limiter may have taken either, so this style keeps the open slices of every track:
//! an end without a beginning becomes an instant, and what is still open below an end is closed with it. A call whose end nobody asked for is an instant.

use std::collections::{HashMap, HashSet, VecDeque};

use super::json::push_string;
use super::line::{NO_RECORDS, one_line};
use super::native::call_name;
use super::{Style, World};
use crate::event::{Event, Kind};

/// Messages on their way that are remembered for arrows.
const IN_FLIGHT: usize = 10_000;

/// A row of the viewer: its process and thread number there.
type Track = (u32, usize);

const PROCESSES: u32 = 1;
const SCHEDULERS: u32 = 2;
const COLLECTIONS: u32 = 3;

/// The Trace Event format of Chrome and Perfetto.
#[derive(Clone, Debug, Default)]
pub struct Chrome {
    threads: HashMap<String, usize>,
    /// Tracks that were named.
    named: HashSet<Track>,
    /// Slices that have begun and not ended, innermost last.
    open: HashMap<Track, Vec<String>>,
    /// Ids of the arrows of messages sent but not yet received, by receiver and text.
    in_flight: HashMap<(String, String), VecDeque<u64>>,
    flying: usize,
    next_arrow: u64,
    written: bool,
    /// When the first event happened: times are counted from there, for viewers take none below 0.
    since_ns: Option<i64>,
    /// When the last one happened, for what is still open at the end.
    last: String,
}

impl Style for Chrome {
    fn begin(&mut self, out: &mut String) {
        out.push_str("[\n");
        for (pid, name) in [
            (PROCESSES, "processes"),
            (SCHEDULERS, "schedulers"),
            (COLLECTIONS, "collections"),
        ] {
            self.name(out, "process_name", (pid, 0), name);
        }
    }

    fn event(&mut self, event: &Event, _world: &dyn World, out: &mut String) {
        let at = self.time(event);
        self.last = at;
        let subject = one_line(event.subject(), &NO_RECORDS);
        match event.kind() {
            Kind::Call => self.call(out, event, &subject),
            Kind::ReturnFrom => self.call_ended(out, event, &subject, "value"),
            Kind::ExceptionFrom => self.call_ended(out, event, &subject, "exception"),
            Kind::Send | Kind::SendToNonExisting => self.sent(out, event, &subject),
            Kind::Receive => self.received(out, event, &subject),
            Kind::GcMinorStart => self.collection(out, &subject, Some("minor collection")),
            Kind::GcMajorStart => self.collection(out, &subject, Some("major collection")),
            Kind::GcMinorEnd | Kind::GcMajorEnd => self.collection(out, &subject, None),
            Kind::In | Kind::InExiting => self.runs(out, event, &subject, true),
            Kind::Out | Kind::OutExiting | Kind::OutExited => {
                self.runs(out, event, &subject, false);
            }
            other => {
                let info: Vec<String> = (0..other.payload())
                    .map(|at| one_line(event.payload(at), &NO_RECORDS))
                    .collect();
                let track = self.process(out, &subject);
                if other == Kind::Exit {
                    self.close_all(out, track);
                }
                self.instant(
                    out,
                    track,
                    "event",
                    other.tag(),
                    &[("info", info.join(" "))],
                );
            }
        }
    }

    fn end(&mut self, out: &mut String) {
        let mut tracks: Vec<Track> = self.open.keys().copied().collect();
        tracks.sort_unstable();
        for track in tracks {
            self.close_all(out, track);
        }
        out.push_str("\n]\n");
    }
}

impl Chrome {
    /// Microseconds with their fraction, as the viewers want them.
    fn time(&mut self, event: &Event) -> String {
        let now = event.header.monotonic_ns;
        let ns = now - *self.since_ns.get_or_insert(now);
        format!("{}.{:03}", ns.max(0) / 1000, ns.max(0) % 1000)
    }

    fn comma(&mut self, out: &mut String) {
        if self.written {
            out.push_str(",\n");
        }
        self.written = true;
    }

    fn name(&mut self, out: &mut String, what: &str, (pid, tid): Track, name: &str) {
        self.comma(out);
        out.push_str(&format!(
            "{{\"ph\":\"M\",\"name\":\"{what}\",\"pid\":{pid},\"tid\":{tid},\"args\":{{\"name\":"
        ));
        push_string(out, name);
        out.push_str("}}");
    }

    /// A track, named at its first use.
    fn track(&mut self, out: &mut String, pid: u32, tid: usize, name: &str) -> Track {
        let track = (pid, tid);
        if self.named.insert(track) {
            self.name(out, "thread_name", track, name);
        }
        track
    }

    fn number(&mut self, subject: &str) -> usize {
        let next = self.threads.len() + 1;
        *self.threads.entry(subject.to_owned()).or_insert(next)
    }

    fn process(&mut self, out: &mut String, subject: &str) -> Track {
        let number = self.number(subject);
        self.track(out, PROCESSES, number, subject)
    }

    /// The beginning of a record, up to its name.
    fn record(&mut self, out: &mut String, track: Track, phase: &str, category: &str, name: &str) {
        self.comma(out);
        let ((pid, tid), ts) = (track, &self.last);
        out.push_str(&format!(
            "{{\"ph\":\"{phase}\",\"cat\":\"{category}\",\"pid\":{pid},\"tid\":{tid},\"ts\":{ts},\"name\":"
        ));
        push_string(out, name);
    }

    fn instant(
        &mut self,
        out: &mut String,
        track: Track,
        category: &str,
        name: &str,
        args: &[(&str, String)],
    ) {
        self.record(out, track, "i", category, name);
        out.push_str(",\"s\":\"t\"");
        push_args(out, args);
    }

    fn opened(
        &mut self,
        out: &mut String,
        track: Track,
        category: &str,
        name: &str,
        args: &[(&str, String)],
    ) {
        self.open.entry(track).or_default().push(name.to_owned());
        self.record(out, track, "B", category, name);
        push_args(out, args);
    }

    /// Ends the innermost open slice of that name, and those within it whose ends were not seen. `false`: there is none.
    fn closed(
        &mut self,
        out: &mut String,
        track: Track,
        category: &str,
        name: &str,
        args: &[(&str, String)],
    ) -> bool {
        let open = self.open.entry(track).or_default();
        let Some(at) = open.iter().rposition(|known| known == name) else {
            return false;
        };
        let within = open.split_off(at + 1);
        open.pop();
        for inner in within.iter().rev() {
            self.record(out, track, "E", category, inner);
            push_args(out, &[("end", "not seen".to_owned())]);
        }
        self.record(out, track, "E", category, name);
        push_args(out, args);
        true
    }

    fn close_all(&mut self, out: &mut String, track: Track) {
        for name in self.open.remove(&track).unwrap_or_default().iter().rev() {
            self.record(out, track, "E", "call", name);
            push_args(out, &[("end", "not seen".to_owned())]);
        }
    }

    fn call(&mut self, out: &mut String, event: &Event, subject: &str) {
        let args = event.mfa(0).and_then(|mfa| mfa.args()).unwrap_or_default();
        let args: Vec<String> = args
            .into_iter()
            .map(|arg| one_line(arg, &NO_RECORDS))
            .collect();
        let mut shown = vec![("args", args.join(", "))];
        if event.header.request > 0 {
            shown.push(("request", event.header.request.to_string()));
        }
        let track = self.process(out, subject);
        let name = call_name(event).unwrap_or_default();
        match event.header.ends {
            true => self.opened(out, track, "call", &name, &shown),
            false => self.instant(out, track, "call", &name, &shown),
        }
    }

    fn call_ended(&mut self, out: &mut String, event: &Event, subject: &str, key: &str) {
        let track = self.process(out, subject);
        let name = call_name(event).unwrap_or_default();
        let args = [(key, one_line(event.payload(1), &NO_RECORDS))];
        if !self.closed(out, track, "call", &name, &args) {
            self.instant(out, track, "call", &format!("end of {name}"), &args);
        }
    }

    fn collection(&mut self, out: &mut String, subject: &str, begins: Option<&str>) {
        let number = self.number(subject);
        let track = self.track(out, COLLECTIONS, number, subject);
        match begins {
            Some(name) => self.opened(out, track, "gc", name, &[]),
            None => {
                let Some(name) = self.open.get(&track).and_then(|open| open.last().cloned()) else {
                    return;
                };
                self.closed(out, track, "gc", &name, &[]);
            }
        }
    }

    /// A process gets a scheduler's thread, or leaves it. A thread runs one process at a time.
    fn runs(&mut self, out: &mut String, event: &Event, subject: &str, runs: bool) {
        let number = usize::from(event.header.scheduler);
        let track = self.track(
            out,
            SCHEDULERS,
            number + 1,
            &format!("scheduler {}", number + 1),
        );
        if runs {
            self.close_all(out, track);
            self.opened(out, track, "running", subject, &[]);
        } else {
            self.closed(out, track, "running", subject, &[]);
        }
    }

    fn sent(&mut self, out: &mut String, event: &Event, subject: &str) {
        let track = self.process(out, subject);
        let message = one_line(event.payload(0), &NO_RECORDS);
        let to = one_line(event.payload(1), &NO_RECORDS);
        let args = [("to", to.clone()), ("message", message.clone())];
        self.instant(out, track, "message", "send", &args);
        if event.kind() == Kind::Send && self.flying < IN_FLIGHT {
            self.flying += 1;
            self.next_arrow += 1;
            let arrow = self.next_arrow;
            self.in_flight
                .entry((to, message))
                .or_default()
                .push_back(arrow);
            self.arrow(out, track, "s", arrow);
        }
    }

    fn received(&mut self, out: &mut String, event: &Event, subject: &str) {
        let track = self.process(out, subject);
        let message = one_line(event.payload(0), &NO_RECORDS);
        let key = (subject.to_owned(), message.clone());
        self.instant(out, track, "message", "receive", &[("message", message)]);
        let Some(waiting) = self.in_flight.get_mut(&key) else {
            return;
        };
        let arrow = waiting.pop_front();
        if waiting.is_empty() {
            self.in_flight.remove(&key);
        }
        if let Some(arrow) = arrow {
            self.flying -= 1;
            self.arrow(out, track, "f", arrow);
        }
    }

    fn arrow(&mut self, out: &mut String, track: Track, phase: &str, arrow: u64) {
        self.record(out, track, phase, "message", "message");
        let binding = if phase == "f" { ",\"bp\":\"e\"" } else { "" };
        out.push_str(&format!(",\"id\":{arrow}{binding}}}"));
    }
}

/// The members of `args`, and the end of the record.
fn push_args(out: &mut String, args: &[(&str, String)]) {
    out.push_str(",\"args\":{");
    for (at, (key, value)) in args.iter().enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        push_string(out, key);
        out.push(':');
        push_string(out, value);
    }
    out.push_str("}}");
}
