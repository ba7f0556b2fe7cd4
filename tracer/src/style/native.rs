//! The native text style: one line an event where it fits, durations beside returns, the module version where known.

use std::collections::HashMap;

use transom_pretty::{Encoding, Options, print};

use super::{Style, World, ends_call, gap_line, time_of_day};
use crate::capture::Captured;
use crate::event::{Event, Kind};

/// Calls followed per process for durations; deeper ones show none.
const OPEN_CALLS: usize = 10_000;

/// The lines of `transom trace`.
#[derive(Clone, Debug, Default)]
pub struct Native {
    /// Monotonic time of the open calls of each process.
    open: HashMap<String, Vec<(String, i64)>>,
    count: usize,
}

impl Style for Native {
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String) {
        if event.kind() == Kind::Gap {
            out.push_str(&gap_line(event));
            return;
        }
        let wall = event.header.wall_us;
        let (hour, minute, second, us) = time_of_day(wall + world.utc_offset_s(wall) * 1_000_000);
        let start = out.len();
        out.push_str(&format!("{hour:02}:{minute:02}:{second:02}.{us:06} "));
        push(out, start, event.subject(), world);
        if event.header.request > 0 {
            out.push_str(&format!(" #{}", event.header.request));
        }
        out.push(' ');
        self.body(event, world, out, start);
        if event.header.version > 1 {
            out.push_str(&format!(" @{}", event.header.version));
        }
        out.push('\n');
    }
}

/// Prints `term` from where the line that began at byte `start` stands.
fn push(out: &mut String, start: usize, term: Captured<'_>, world: &dyn World) {
    let line = &out[start..];
    let column = line.rsplit('\n').next().unwrap_or(line).chars().count() + 1;
    let options = Options {
        encoding: Encoding::Unicode,
        printable: world.printable(),
        column,
        line_length: 120,
        records: world.records(),
        ..Options::default()
    };
    out.push_str(&print(term, &options));
}

impl Native {
    fn body(&mut self, event: &Event, world: &dyn World, out: &mut String, start: usize) {
        let kind = event.kind();
        match kind {
            Kind::Call => {
                self.note_call(event);
                function(event, 0, world, out, start);
            }
            Kind::ReturnFrom => {
                function(event, 0, world, out, start);
                out.push_str(" -> ");
                push(out, start, event.payload(1), world);
            }
            Kind::ExceptionFrom => {
                function(event, 0, world, out, start);
                out.push_str(" ** ");
                push(out, start, event.payload(1), world);
            }
            Kind::ReturnTo => {
                out.push_str("back in ");
                function(event, 0, world, out, start);
            }
            Kind::Send | Kind::SendToNonExisting => {
                push(out, start, event.payload(1), world);
                out.push_str(if kind == Kind::Send {
                    " ! "
                } else {
                    " (no such process) ! "
                });
                push(out, start, event.payload(0), world);
            }
            Kind::Receive => {
                out.push_str("<< ");
                push(out, start, event.payload(0), world);
            }
            Kind::Spawn | Kind::Spawned => {
                out.push_str(if kind == Kind::Spawn {
                    "spawned "
                } else {
                    "spawned by "
                });
                push(out, start, event.payload(0), world);
                out.push_str(" as ");
                function(event, 1, world, out, start);
            }
            other => {
                out.push_str(other.tag());
                for at in 0..other.payload() {
                    out.push(' ');
                    push(out, start, event.payload(at), world);
                }
            }
        }
        if let Some(extra) = event.extra() {
            out.push_str("  [");
            push(out, start, extra, world);
            out.push(']');
        }
        if ends_call(kind)
            && let Some(ns) = self.duration(event)
        {
            out.push_str(&format!(" ({})", duration_text(ns)));
        }
        if kind == Kind::Exit
            && let Some(pid) = event.subject().as_opaque()
            && let Some(open) = self.open.remove(pid)
        {
            self.count -= open.len();
        }
    }

    fn note_call(&mut self, event: &Event) {
        if let (Some(pid), Some(name)) = (event.subject().as_opaque(), call_name(event))
            && self.count < OPEN_CALLS
        {
            self.open
                .entry(pid.to_owned())
                .or_default()
                .push((name, event.header.monotonic_ns));
            self.count += 1;
        }
    }

    /// The time since the call that ends here: the innermost open one of that function.
    fn duration(&mut self, event: &Event) -> Option<i64> {
        let name = call_name(event)?;
        let open = self.open.get_mut(event.subject().as_opaque()?)?;
        let at = open.iter().rposition(|(called, _)| *called == name)?;
        let (_, since) = open[at];
        // Calls above it never returned by themselves: they were without a return trace, or their marks were lost.
        self.count -= open.len() - at;
        open.truncate(at);
        Some(event.header.monotonic_ns - since)
    }
}

/// `m:f/2` of a call or its end.
pub(super) fn call_name(event: &Event) -> Option<String> {
    event
        .mfa(0)
        .map(|mfa| format!("{}:{}/{}", mfa.module, mfa.function, mfa.arity()))
}

fn function(event: &Event, at: usize, world: &dyn World, out: &mut String, start: usize) {
    let Some(mfa) = event.mfa(at) else {
        push(out, start, event.payload(at), world);
        return;
    };
    out.push_str(&transom_pretty::atom_text(mfa.module, Encoding::Unicode));
    out.push(':');
    out.push_str(&transom_pretty::atom_text(mfa.function, Encoding::Unicode));
    let Some(args) = mfa.args() else {
        out.push_str(&format!("/{}", mfa.arity()));
        return;
    };
    out.push('(');
    for (at, arg) in args.into_iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        push(out, start, arg, world);
    }
    out.push(')');
}

/// Nanoseconds in the unit that reads best.
pub(crate) fn duration_text(ns: i64) -> String {
    let value = ns as f64;
    match ns.unsigned_abs() {
        0..=999 => format!("{ns} ns"),
        1_000..=999_999 => format!("{:.1} us", value / 1e3),
        1_000_000..=999_999_999 => format!("{:.1} ms", value / 1e6),
        _ => format!("{:.2} s", value / 1e9),
    }
}
