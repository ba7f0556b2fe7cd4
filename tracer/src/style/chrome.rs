//! The trace event format that Chrome and Perfetto read: calls nested per process, messages as flow arrows, collections
//! and running times on their own tracks. Source: "Trace Event Format", a public document of the Chromium project.

use std::collections::{HashMap, VecDeque};

use super::json::push_string;
use super::line::{NO_RECORDS, one_line};
use super::native::call_name;
use super::{Style, World};
use crate::event::{Event, Kind};

/// Messages on their way that are remembered for arrows.
const IN_FLIGHT: usize = 10_000;

#[derive(Clone, Debug, Default)]
pub struct Chrome {
    threads: HashMap<String, usize>,
    /// Ids of the arrows of messages sent but not yet received, by receiver and text.
    in_flight: HashMap<(String, String), VecDeque<u64>>,
    flying: usize,
    next_arrow: u64,
    written: bool,
    /// When the first event happened: times are counted from there, for viewers take none below 0.
    since_ns: Option<i64>,
}

impl Chrome {
    /// Microseconds with their fraction, as the viewers want them.
    fn time(&mut self, event: &Event) -> String {
        let now = event.header.monotonic_ns;
        let ns = now - *self.since_ns.get_or_insert(now);
        format!("{}.{:03}", ns / 1000, ns.abs() % 1000)
    }
}

impl Style for Chrome {
    fn begin(&mut self, out: &mut String) {
        out.push_str("[\n");
    }

    fn event(&mut self, event: &Event, _world: &dyn World, out: &mut String) {
        let subject = one_line(event.subject(), &NO_RECORDS);
        let thread = self.thread(&subject, out);
        match event.kind() {
            Kind::Call => {
                let args = event.mfa(0).and_then(|mfa| mfa.args()).unwrap_or_default();
                let args: Vec<String> = args
                    .into_iter()
                    .map(|arg| one_line(arg, &NO_RECORDS))
                    .collect();
                self.record(
                    out,
                    event,
                    thread,
                    "B",
                    "call",
                    &name(event),
                    &[("args", args.join(", "))],
                );
            }
            Kind::ReturnFrom => {
                let value = one_line(event.payload(1), &NO_RECORDS);
                self.record(
                    out,
                    event,
                    thread,
                    "E",
                    "call",
                    &name(event),
                    &[("value", value)],
                );
            }
            Kind::ExceptionFrom => {
                let value = one_line(event.payload(1), &NO_RECORDS);
                self.record(
                    out,
                    event,
                    thread,
                    "E",
                    "call",
                    &name(event),
                    &[("exception", value)],
                );
            }
            Kind::Send => self.sent(out, event, thread),
            Kind::Receive => self.received(out, event, thread, &subject),
            Kind::GcMinorStart | Kind::GcMajorStart => {
                self.record(out, event, thread, "b", "gc", &subject, &[])
            }
            Kind::GcMinorEnd | Kind::GcMajorEnd => {
                self.record(out, event, thread, "e", "gc", &subject, &[])
            }
            Kind::In => self.record(out, event, thread, "b", "running", &subject, &[]),
            Kind::Out | Kind::OutExited => {
                self.record(out, event, thread, "e", "running", &subject, &[])
            }
            other => {
                let info: Vec<String> = (0..other.payload())
                    .map(|at| one_line(event.payload(at), &NO_RECORDS))
                    .collect();
                self.record(
                    out,
                    event,
                    thread,
                    "i",
                    "event",
                    other.tag(),
                    &[("info", info.join(" "))],
                );
            }
        }
    }

    fn end(&mut self, out: &mut String) {
        out.push_str("\n]\n");
    }
}

fn name(event: &Event) -> String {
    call_name(event).unwrap_or_default()
}

impl Chrome {
    /// The number of a process's track; a new one is named first.
    fn thread(&mut self, subject: &str, out: &mut String) -> usize {
        if let Some(thread) = self.threads.get(subject) {
            return *thread;
        }
        let thread = self.threads.len() + 1;
        self.threads.insert(subject.to_owned(), thread);
        self.comma(out);
        out.push_str(&format!("{{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":{thread},\"args\":{{\"name\":"));
        push_string(out, subject);
        out.push_str("}}");
        thread
    }

    fn comma(&mut self, out: &mut String) {
        if self.written {
            out.push_str(",\n");
        }
        self.written = true;
    }

    #[allow(clippy::too_many_arguments, reason = "the members of one JSON object")]
    fn record(
        &mut self,
        out: &mut String,
        event: &Event,
        thread: usize,
        phase: &str,
        category: &str,
        name: &str,
        args: &[(&str, String)],
    ) {
        self.comma(out);
        let ts = self.time(event);
        out.push_str(&format!("{{\"ph\":\"{phase}\",\"cat\":\"{category}\",\"pid\":1,\"tid\":{thread},\"ts\":{ts},\"name\":"));
        push_string(out, name);
        if matches!(phase, "b" | "e") {
            out.push_str(&format!(",\"id\":{thread}"));
        }
        if phase == "i" {
            out.push_str(",\"s\":\"t\"");
        }
        out.push_str(",\"args\":{");
        for (at, (key, value)) in args.iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            push_string(out, key);
            out.push(':');
            push_string(out, value);
        }
        out.push_str("}}");
    }

    fn sent(&mut self, out: &mut String, event: &Event, thread: usize) {
        let message = one_line(event.payload(0), &NO_RECORDS);
        let to = one_line(event.payload(1), &NO_RECORDS);
        self.record(
            out,
            event,
            thread,
            "i",
            "message",
            "send",
            &[("to", to.clone()), ("message", message.clone())],
        );
        if self.flying < IN_FLIGHT {
            self.flying += 1;
            self.next_arrow += 1;
            let arrow = self.next_arrow;
            self.in_flight
                .entry((to, message))
                .or_default()
                .push_back(arrow);
            self.arrow(out, event, thread, "s", arrow);
        }
    }

    fn received(&mut self, out: &mut String, event: &Event, thread: usize, subject: &str) {
        let message = one_line(event.payload(0), &NO_RECORDS);
        let key = (subject.to_owned(), message.clone());
        self.record(
            out,
            event,
            thread,
            "i",
            "message",
            "receive",
            &[("message", message)],
        );
        let Some(waiting) = self.in_flight.get_mut(&key) else {
            return;
        };
        let arrow = waiting.pop_front();
        if waiting.is_empty() {
            self.in_flight.remove(&key);
        }
        if let Some(arrow) = arrow {
            self.flying -= 1;
            self.arrow(out, event, thread, "f", arrow);
        }
    }

    fn arrow(&mut self, out: &mut String, event: &Event, thread: usize, phase: &str, arrow: u64) {
        self.comma(out);
        let ts = self.time(event);
        let binding = if phase == "f" { ",\"bp\":\"e\"" } else { "" };
        out.push_str(&format!(
            "{{\"ph\":\"{phase}\",\"cat\":\"message\",\"name\":\"message\",\"pid\":1,\"tid\":{thread},\"ts\":{ts},\"id\":{arrow}{binding}}}"
        ));
    }
}
