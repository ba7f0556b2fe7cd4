//! Folded stacks for flame graphs: one line a stack, frames joined by `;`, with the microseconds spent in its top.

use std::collections::{BTreeMap, HashMap};

use super::native::call_name;
use super::{Style, World, ends_call};
use crate::event::{Event, Kind};

/// Deeper calls count towards the frame at this depth.
const MAX_FRAMES: usize = 500;

#[derive(Clone, Debug, Default)]
struct Process {
    stack: Vec<String>,
    /// When the top of the stack began to run.
    since_ns: i64,
    running: bool,
}

/// Folded stacks, as flame graphs are drawn from them.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    processes: HashMap<String, Process>,
    totals: BTreeMap<String, i64>,
}

impl Style for Folded {
    fn event(&mut self, event: &Event, _world: &dyn World, _out: &mut String) {
        let Some(pid) = event.subject().as_opaque() else {
            return;
        };
        let now = event.header.monotonic_ns;
        let process = self
            .processes
            .entry(pid.to_owned())
            .or_insert_with(|| Process {
                stack: Vec::new(),
                since_ns: now,
                running: true,
            });
        let kind = event.kind();
        let concerns = matches!(
            kind,
            Kind::Call | Kind::ReturnTo | Kind::In | Kind::Out | Kind::Exit
        ) || ends_call(kind);
        if !concerns {
            return;
        }
        if process.running && !process.stack.is_empty() {
            let spent = (now - process.since_ns).max(0);
            *self
                .totals
                .entry(format!("{pid};{}", process.stack.join(";")))
                .or_default() += spent;
        }
        process.since_ns = now;
        match kind {
            Kind::Call if process.stack.len() < MAX_FRAMES => {
                process.stack.extend(call_name(event))
            }
            Kind::In => process.running = true,
            Kind::Out => process.running = false,
            Kind::ReturnFrom | Kind::ExceptionFrom => {
                let name = call_name(event).unwrap_or_default();
                if let Some(at) = process.stack.iter().rposition(|frame| *frame == name) {
                    process.stack.truncate(at);
                }
            }
            Kind::ReturnTo => {
                // Tail calls leave no return: whatever lies above the function execution goes back to is over.
                let name = call_name(event).unwrap_or_default();
                match process.stack.iter().rposition(|frame| *frame == name) {
                    Some(at) => process.stack.truncate(at + 1),
                    None => process.stack.clear(),
                }
            }
            Kind::Exit => {
                self.processes.remove(pid);
            }
            _ => {}
        }
    }

    fn end(&mut self, out: &mut String) {
        for (stack, ns) in &self.totals {
            let us = (ns + 500) / 1000;
            if us > 0 {
                out.push_str(&format!("{stack} {us}\n"));
            }
        }
    }
}
