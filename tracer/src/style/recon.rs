//! The default formatter of `recon_trace`. Source: its documentation and recorded output.

use std::collections::HashMap;

use transom_pretty::{CharRange, Encoding, MapOrder, Options, Shape, View, is_printable, print};

use super::line::{Line, Row};
use super::{Style, World, gap_line, time_of_day};
use crate::capture::Captured;
use crate::event::{Event, Kind, Stamp};

/// How a record is shown: `recon_rec:limit/3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordView {
    pub fields: Vec<String>,
    /// Show only these.
    pub only: Option<Vec<String>>,
}

/// Keys shown of maps that hold all of them: `recon_map:limit/3`.
pub type MapLimit = (Vec<String>, Vec<String>);

/// The style of `recon_trace`.
#[derive(Clone, Debug, Default)]
pub struct Recon {
    compat: bool,
    /// Records imported, by name and number of fields.
    pub records: HashMap<(String, usize), RecordView>,
    /// Whether `recon_map` has limits.
    pub maps: bool,
    /// For maps that hold all keys of the first row: show only those of the second.
    pub map_limits: Vec<MapLimit>,
}

impl Recon {
    /// `compat`: with the known bugs of the original (real collection events and `spawned` unknown, tuples with a
    /// trailing comma while maps are limited, UTF-8 shown as Latin-1).
    pub fn new(compat: bool) -> Recon {
        Recon {
            compat,
            ..Recon::default()
        }
    }
}

impl Style for Recon {
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String) {
        if event.kind() == Kind::Gap {
            out.push_str(&gap_line(event));
            return;
        }
        let wall_us = match event.header.stamp {
            Stamp::Wall(us) => us,
            Stamp::None | Stamp::Monotonic(_) | Stamp::Strict(..) => event.header.wall_us,
        };
        let (hour, minute, second, us) =
            time_of_day(wall_us + world.utc_offset_s(wall_us) * 1_000_000);
        out.push('\n');
        let mut line = Line::new(out, !self.compat, world.printable());
        line.text(&format!("{hour}:{minute}:{second:02}.{us:06} "))
            .p(event.subject())
            .text(" ");
        self.body(&mut line, event);
        line.text("\n");
    }
}

impl Recon {
    fn body(&self, line: &mut Line<'_>, event: &Event) {
        match event.kind() {
            Kind::Receive => {
                line.text("< ").p(event.payload(0));
            }
            Kind::Send => {
                line.text(" > ")
                    .p(event.payload(1))
                    .text(": ")
                    .p(event.payload(0));
            }
            Kind::SendToNonExisting => {
                line.text(" > (non_existent) ")
                    .p(event.payload(1))
                    .text(": ")
                    .p(event.payload(0));
            }
            Kind::Call => {
                self.function(line, event, 0);
                if let Some(extra) = event.extra() {
                    line.text(" ").text(&self.term(extra));
                }
            }
            Kind::ReturnTo => {
                line.text(" '--> ");
                self.function(line, event, 0);
            }
            Kind::ReturnFrom => {
                self.function(line, event, 0);
                line.text(" --> ").text(&self.term(event.payload(1)));
            }
            Kind::ExceptionFrom => {
                self.function(line, event, 0);
                for part in event.payload(1).as_tuple().unwrap_or_default() {
                    line.text(" ").p(part);
                }
            }
            Kind::Spawn => {
                line.text("spawned ").p(event.payload(0)).text(" as ");
                self.function(line, event, 1);
            }
            Kind::Spawned if !self.compat => {
                line.text("spawned by ").p(event.payload(0)).text(" as ");
                self.function(line, event, 1);
            }
            Kind::Exit => {
                line.text("EXIT ").p(event.payload(0));
            }
            Kind::Link => {
                line.text("link(").p(event.payload(0)).text(")");
            }
            Kind::Unlink => {
                line.text("unlink(").p(event.payload(0)).text(")");
            }
            Kind::GettingLinked => {
                line.text("getting linked by ").p(event.payload(0));
            }
            Kind::GettingUnlinked => {
                line.text("getting unlinked by ").p(event.payload(0));
            }
            Kind::Register => {
                line.text("registered as ").p(event.payload(0));
            }
            Kind::Unregister => {
                line.text("no longer registered as ").p(event.payload(0));
            }
            Kind::In => self.scheduled(line, event, "scheduled in", " for "),
            Kind::Out => self.scheduled(line, event, "scheduled out", " from "),
            Kind::GcMinorStart | Kind::GcMajorStart if !self.compat => {
                collection(line, event, "beginning")
            }
            Kind::GcMinorEnd | Kind::GcMajorEnd if !self.compat => {
                collection(line, event, "finished")
            }
            other => {
                let payload: Vec<Captured<'_>> =
                    (0..other.payload()).map(|at| event.payload(at)).collect();
                line.text("unknown trace type ")
                    .atom(other.tag())
                    .text(" -- ")
                    .p(Row::new(&payload));
            }
        }
    }

    fn scheduled(&self, line: &mut Line<'_>, event: &Event, text: &str, before: &str) {
        line.text(text);
        if event.mfa(0).is_some() {
            line.text(before);
            self.function(line, event, 0);
        }
    }

    /// `m:f(a, b)` or `m:f/2`.
    fn function(&self, line: &mut Line<'_>, event: &Event, at: usize) {
        let Some(mfa) = event.mfa(at) else {
            line.p(event.payload(at));
            return;
        };
        line.atom(mfa.module).text(":").atom(mfa.function);
        match mfa.args() {
            None => line.text(&format!("/{}", mfa.arity())),
            Some(args) => {
                let args: Vec<String> = args.into_iter().map(|arg| self.term(arg)).collect();
                line.text("(").text(&args.join(", ")).text(")")
            }
        };
    }

    fn plain(&self, term: Captured<'_>) -> String {
        let encoding = if self.compat {
            Encoding::Latin1
        } else {
            Encoding::Unicode
        };
        print(
            term,
            &Options {
                encoding,
                ..Options::default()
            },
        )
    }

    /// A term as `recon_trace` shows it: maps without spaces, records by name once some were imported.
    fn term(&self, term: Captured<'_>) -> String {
        self.nested(term, 0)
    }

    /// Captured terms are at most [`crate::capture::Limits::MAX_DEPTH`] deep when a writer made them; deeper ones, from a
    /// made-up file, print plainly from there on.
    fn nested(&self, term: Captured<'_>, depth: usize) -> String {
        let active = !self.records.is_empty() || self.maps;
        if depth > crate::capture::Limits::MAX_DEPTH {
            return self.plain(term);
        }
        match term.shape() {
            Shape::Map(_) => self.map(term, depth),
            Shape::Tuple(size) if active && size > 0 => self.tuple(term, size, depth),
            Shape::Cons(..) if active && !is_text(term) => {
                let (items, tail) = term.as_list().unwrap_or_default();
                let items: Vec<String> = items
                    .into_iter()
                    .map(|item| self.nested(item, depth + 1))
                    .collect();
                let tail = tail.map_or(String::new(), |tail| {
                    format!("|{}", self.nested(tail, depth + 1))
                });
                format!("[{}{tail}]", items.join(","))
            }
            _ => self.plain(term),
        }
    }

    fn map(&self, term: Captured<'_>, depth: usize) -> String {
        let mut pairs = term.pairs(MapOrder::Internal);
        let keys: Vec<String> = pairs.iter().map(|(key, _)| self.plain(*key)).collect();
        if let Some((_, shown)) = self
            .map_limits
            .iter()
            .find(|(all, _)| all.iter().all(|key| keys.contains(key)))
        {
            let mut keys = keys.iter();
            pairs.retain(|_| keys.next().is_some_and(|key| shown.contains(key)));
        }
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(key, value)| {
                format!(
                    "{}=>{}",
                    self.nested(key, depth + 1),
                    self.nested(value, depth + 1)
                )
            })
            .collect();
        format!("#{{{}}}", pairs.join(", "))
    }

    fn tuple(&self, term: Captured<'_>, size: usize, depth: usize) -> String {
        let elements = term.as_tuple().unwrap_or_default();
        if let Some(tag) = elements.first().and_then(Captured::as_atom)
            && let Some(view) = self.records.get(&(tag.to_owned(), size - 1))
        {
            let mut parts = Vec::new();
            for (name, value) in view.fields.iter().zip(&elements[1..]) {
                if view.only.as_ref().is_none_or(|only| only.contains(name)) {
                    let name = transom_pretty::atom_text(name, Encoding::Latin1);
                    parts.push(format!("{name}={}", self.nested(*value, depth + 1)));
                }
            }
            if view.only.is_some() {
                parts.push("more='...'".to_owned());
            }
            return format!(
                "#{}{{{}}}",
                transom_pretty::atom_text(tag, Encoding::Latin1),
                parts.join(", ")
            );
        }
        let parts: Vec<String> = elements
            .into_iter()
            .map(|element| self.nested(element, depth + 1))
            .collect();
        if self.compat && self.maps && self.records.is_empty() {
            return format!("{{{},}}", parts.join(","));
        }
        format!("{{{}}}", parts.join(", "))
    }
}

/// Whether a list prints as text.
fn is_text(term: Captured<'_>) -> bool {
    match term.as_list() {
        Some((items, None)) => items.iter().all(|item| {
            item.as_int()
                .is_some_and(|code| is_printable(code, CharRange::Latin1))
        }),
        _ => false,
    }
}

/// `gc beginning -- heap 233 bytes`: the sum the original shows is of the heap, the old heap and the message buffers.
fn collection(line: &mut Line<'_>, event: &Event, what: &str) {
    let (pairs, _) = event.payload(0).as_list().unwrap_or_default();
    let mut total = 0;
    for pair in pairs {
        if let Some([key, words]) = pair
            .as_tuple()
            .and_then(|pair| <[_; 2]>::try_from(pair).ok())
            && matches!(
                key.as_atom(),
                Some("heap_size" | "old_heap_size" | "mbuf_size")
            )
        {
            total += words.as_int().unwrap_or(0);
        }
    }
    line.text(&format!("gc {what} -- heap {total} bytes"));
}
