//! One tree for each request of a session with a scope: what was called, sent and spawned while it was served, in whichever process.
//!
//! ```text
//!   request 3
//!     <0.90.0> shop:order(7) -> ok (1.2 ms)
//!       stock:take(7) -> 1 (80 us)
//!       <0.91.0> ! {book,7}
//!         <0.91.0> << {book,7}
//!         <0.91.0> ledger:book(7) -> ok (4 us)
//! ```
//! A process stands below what brought the request to it: the message it received, if that was sent in sight, or its spawn; else below the beginning.
//! Trees are printed at the end, for a request may come back to any of its processes. Events outside of requests are no part of it.

use std::collections::{BTreeMap, HashMap};

use super::line::one_line;
use super::native::{call_name, duration_text};
use super::{Style, World, gap_line};
use crate::capture::Captured;
use crate::event::{Event, Kind};

/// Events that are kept; later ones are counted only.
const MAX_NODES: usize = 200_000;

#[derive(Clone, Debug, Default)]
struct Node {
    /// The process it happened in, and what.
    process: String,
    text: String,
    children: Vec<usize>,
}

/// Where a process stands in a request.
#[derive(Clone, Debug, Default)]
struct Place {
    /// The node its events are below while it is in no call; none: the request itself.
    base: Option<usize>,
    /// Calls under way, innermost last: name, node, since when.
    open: Vec<(String, usize, i64)>,
}

#[derive(Clone, Debug, Default)]
struct Request {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    places: HashMap<String, Place>,
    /// Messages on their way, by receiver and text; children that have not begun.
    sent: HashMap<(String, String), Vec<usize>>,
    spawned: HashMap<String, usize>,
}

/// Calls below their callers.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    requests: BTreeMap<u64, Request>,
    kept: usize,
    beyond: usize,
    gaps: String,
}

impl Style for Tree {
    fn event(&mut self, event: &Event, world: &dyn World, _out: &mut String) {
        if event.kind() == Kind::Gap {
            self.gaps.push_str(&gap_line(event));
            return;
        }
        if event.header.request == 0 {
            return;
        }
        if self.kept >= MAX_NODES {
            self.beyond += 1;
            return;
        }
        self.kept += 1;
        let request = self.requests.entry(event.header.request).or_default();
        request.event(event, world);
    }

    fn end(&mut self, out: &mut String) {
        for (number, request) in &self.requests {
            out.push_str(&format!("request {number}\n"));
            for root in &request.roots {
                request.print(*root, "", 1, out);
            }
        }
        if self.beyond > 0 {
            out.push_str(&format!(
                "-- {} events beyond the first {MAX_NODES} are in no tree\n",
                self.beyond
            ));
        }
        out.push_str(&self.gaps);
    }
}

impl Request {
    fn event(&mut self, event: &Event, world: &dyn World) {
        let text = |term: Captured<'_>| one_line(term, world.records());
        let process = text(event.subject());
        match event.kind() {
            Kind::Call => {
                let name = call_name(event).unwrap_or_default();
                let node = self.add(&process, called(event, &text));
                if event.header.ends {
                    let since = event.header.monotonic_ns;
                    self.place(&process).open.push((name, node, since));
                }
            }
            Kind::ReturnFrom => self.ended(event, &process, "->", &text(event.payload(1))),
            Kind::ExceptionFrom => self.ended(event, &process, "**", &text(event.payload(1))),
            Kind::Send | Kind::SendToNonExisting => {
                let (message, to) = (text(event.payload(0)), text(event.payload(1)));
                let node = self.add(&process, format!("{to} ! {message}"));
                self.sent.entry((to, message)).or_default().push(node);
            }
            Kind::Receive => {
                let message = text(event.payload(0));
                let sent = self.sent.get_mut(&(process.clone(), message.clone()));
                let from = sent.filter(|all| !all.is_empty()).map(|all| all.remove(0));
                let place = self.place(&process);
                if place.open.is_empty() {
                    place.base = from.or(place.base);
                }
                self.add(&process, format!("<< {message}"));
            }
            Kind::Spawn => {
                let child = text(event.payload(0));
                let start = event
                    .mfa(1)
                    .map(|mfa| format!("{}:{}/{}", mfa.module, mfa.function, mfa.arity()));
                let start = start.unwrap_or_else(|| text(event.payload(1)));
                let node = self.add(&process, format!("spawned {child} as {start}"));
                self.spawned.insert(child, node);
            }
            other => {
                let payload: Vec<String> = (0..other.payload())
                    .map(|at| text(event.payload(at)))
                    .collect();
                self.add(&process, format!("{} {}", other.tag(), payload.join(" ")));
            }
        }
    }

    /// Where a process stands; a child begins below its spawn.
    fn place(&mut self, process: &str) -> &mut Place {
        let spawned = &self.spawned;
        self.places
            .entry(process.to_owned())
            .or_insert_with(|| Place {
                base: spawned.get(process).copied(),
                open: Vec::new(),
            })
    }

    fn add(&mut self, process: &str, text: String) -> usize {
        let place = self.place(process);
        let parent = place.open.last().map(|(_, node, _)| *node).or(place.base);
        let node = self.nodes.len();
        self.nodes.push(Node {
            process: process.to_owned(),
            text,
            children: Vec::new(),
        });
        match parent {
            Some(parent) => self.nodes[parent].children.push(node),
            None => self.roots.push(node),
        }
        node
    }

    /// The end of a call stands behind it.
    fn ended(&mut self, event: &Event, process: &str, sign: &str, value: &str) {
        let name = call_name(event).unwrap_or_default();
        let place = self.place(process);
        let at = place.open.iter().rposition(|(called, ..)| *called == name);
        match at {
            Some(at) => {
                let (_, node, since) = place.open[at];
                place.open.truncate(at);
                let took = duration_text(event.header.monotonic_ns - since);
                let text = &mut self.nodes[node].text;
                text.push_str(&format!(" {sign} {value} ({took})"));
            }
            // Its call was not shown.
            None => {
                self.add(process, format!("{name} {sign} {value}"));
            }
        }
    }

    /// A node and what is below it. The process stands where it is another than above.
    fn print(&self, root: usize, above: &str, depth: usize, out: &mut String) {
        let mut todo = vec![(root, above.to_owned(), depth)];
        while let Some((at, above, depth)) = todo.pop() {
            let node = &self.nodes[at];
            out.push_str(&"  ".repeat(depth));
            if node.process != above {
                out.push_str(&node.process);
                out.push(' ');
            }
            out.push_str(&node.text);
            out.push('\n');
            for child in node.children.iter().rev() {
                todo.push((*child, node.process.clone(), depth + 1));
            }
        }
    }
}

/// `m:f(1, a)`, or `m:f/2` without arguments.
fn called(event: &Event, text: &dyn Fn(Captured<'_>) -> String) -> String {
    let Some(mfa) = event.mfa(0) else {
        return text(event.payload(0));
    };
    match mfa.args() {
        Some(args) => {
            let args: Vec<String> = args.into_iter().map(text).collect();
            format!("{}:{}({})", mfa.module, mfa.function, args.join(", "))
        }
        None => call_name(event).unwrap_or_default(),
    }
}
