//! Formatters: from captured events to text. Each reads decoded events only, so it works the same in the VM's formatter
//! thread, in a client and on a capture file.

mod chrome;
mod dbg;
mod folded;
mod json;
mod line;
mod mermaid;
mod native;
mod recon;
mod redbug;
mod tree;

pub use chrome::Chrome;
pub use dbg::Dbg;
pub use folded::Folded;
pub use json::Json;
pub use mermaid::Mermaid;
pub use native::Native;
pub(crate) use native::duration_text;
pub use recon::{Recon, RecordView};
pub use redbug::{Redbug, TimeUnit, done, hint, human};
pub use tree::Tree;

use crate::event::{Event, Kind};
use transom_pretty::{CharRange, Records};

/// What is known of a process beside its pid, for styles that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    Registered(String),
    /// The function it was started with.
    Initial(String, String, usize),
    Dead,
}

/// What a formatter may ask about the world. Offline there are no answers but these defaults.
pub trait World {
    /// Seconds to add to UTC for local time at that moment.
    fn utc_offset_s(&self, _wall_us: i64) -> i64 {
        0
    }

    fn identity(&self, _pid: &str) -> Identity {
        Identity::Dead
    }

    fn node(&self) -> String {
        "nonode@nohost".to_owned()
    }

    /// `io:printable_range/0`.
    fn printable(&self) -> CharRange {
        CharRange::Latin1
    }

    /// Records that print by name.
    fn records(&self) -> &dyn Records {
        &transom_pretty::NoRecords
    }
}

/// A world without answers.
#[derive(Clone, Copy, Debug)]
pub struct Offline;

impl World for Offline {}

/// A style of output.
pub trait Style: Send {
    /// What comes before the first event.
    fn begin(&mut self, _out: &mut String) {}

    /// Appends the text of one event.
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String);

    /// What comes after the last event.
    fn end(&mut self, _out: &mut String) {}
}

/// The style called `name` on the command line. `compat` turns the known bugs of the originals on.
pub fn by_name(name: &str, compat: bool) -> Option<Box<dyn Style>> {
    Some(match name {
        "text" => Box::new(Native::default()),
        "dbg" => Box::new(Dbg),
        "recon" => Box::new(Recon::new(compat)),
        "redbug" => Box::new(Redbug {
            compat,
            ..Redbug::default()
        }),
        "json" => Box::new(Json),
        "chrome" => Box::new(Chrome::default()),
        "folded" => Box::new(Folded::default()),
        "mermaid" => Box::new(Mermaid::default()),
        "tree" => Box::new(Tree::default()),
        _ => return None,
    })
}

/// The line that stands where events were suppressed; the same in all text styles.
pub(crate) fn gap_line(event: &Event) -> String {
    let mut total = 0;
    let mut parts = Vec::new();
    let (entries, _) = event.payload(0).as_list().unwrap_or_default();
    for entry in entries {
        let Some([reason, count, culprit]) =
            entry.as_tuple().and_then(|t| <[_; 3]>::try_from(t).ok())
        else {
            continue;
        };
        let count = count.as_int().unwrap_or(0);
        total += count;
        let culprit = culprit.as_opaque().filter(|text| !text.is_empty());
        let culprit = culprit.map_or(String::new(), |text| format!(" ({text})"));
        parts.push(format!(
            "{count} {}{culprit}",
            reason.as_atom().unwrap_or("unknown")
        ));
    }
    let ms = event.payload(1).as_int().unwrap_or(0);
    format!(
        "-- {total} events not shown in {ms} ms: {}\n",
        parts.join(", ")
    )
}

/// Whether the event is one that ends a call.
pub(crate) fn ends_call(kind: Kind) -> bool {
    matches!(kind, Kind::ReturnFrom | Kind::ExceptionFrom)
}

/// Hour, minute, second and microsecond of a day.
pub(crate) fn time_of_day(wall_us: i64) -> (i64, i64, i64, i64) {
    let us = wall_us.rem_euclid(1_000_000);
    let seconds = wall_us.div_euclid(1_000_000).rem_euclid(86_400);
    (seconds / 3600, seconds / 60 % 60, seconds % 60, us)
}
