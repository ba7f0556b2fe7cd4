//! The options of a native session: a map, read by key.

use transom_tracer::capture::Limits;
use transom_tracer::limiter::{Config, Mode, Rate};
use transom_tracer::recorder::Trigger;
use transom_tracer::redact::Redactor;

use crate::atoms;
use crate::bifs::Cx;
use crate::heap::{Pid, Term};
use crate::trace::recording::Recording;
use crate::trace::records::SessionRecords;

/// What was wrong: the key, for `{error, {bad_option, Key}}`.
pub struct BadOption(pub String);

/// A map of options.
pub struct Options<'c, 'h> {
    pub cx: &'c Cx<'h>,
    pub map: Term<'h>,
}

/// Text of an atom, string or binary.
pub fn text<'h>(cx: &Cx<'h>, t: Term<'h>) -> Option<String> {
    if let Some(atom) = t.as_atom() {
        return Some(cx.atoms().text(atom).to_owned());
    }
    if let Some(bytes) = t.as_binary() {
        return String::from_utf8(bytes.into_owned()).ok();
    }
    let mut list = t.iter_list();
    let chars: Option<String> = list
        .by_ref()
        .map(|c| {
            c.as_small()
                .and_then(|c| char::from_u32(u32::try_from(c).ok()?))
        })
        .collect();
    chars.filter(|_| list.tail().is_nil())
}

/// Where the output goes.
pub enum Where {
    Standard(bool),
    File(String),
    Capture(String),
    Process(Pid),
    /// Events as bounded terms, for a formatter written in Erlang.
    Events(Pid),
    Messages(Pid),
    Nothing,
}

impl<'h> Options<'_, 'h> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Term<'h>> {
        let key = self.cx.atoms().intern(key).ok()?;
        self.map.as_map()?.get(Term::atom(key))
    }

    fn infinite(&self, key: &str) -> Option<Option<Term<'h>>> {
        let value = self.get(key)?;
        Some((!value.is_atom(atoms::INFINITY)).then_some(value))
    }

    fn rate(&self, key: &str, default: Option<Rate>) -> Result<Option<Rate>, BadOption> {
        let bad = || BadOption(key.to_owned());
        let Some(value) = self.infinite(key) else {
            return Ok(default);
        };
        let Some(value) = value else { return Ok(None) };
        let pair = value.as_tuple().filter(|t| t.len() == 2).ok_or_else(bad)?;
        let number = |i| -> Result<u32, BadOption> {
            let n: i64 = pair.get(i).and_then(|n| n.as_small()).ok_or_else(bad)?;
            u32::try_from(n).ok().filter(|n| *n > 0).ok_or_else(bad)
        };
        Ok(Some(Rate {
            count: number(0)?,
            per_ms: number(1)?,
        }))
    }

    fn count(&self, key: &str, default: Option<u64>) -> Result<Option<u64>, BadOption> {
        match self.infinite(key) {
            None => Ok(default),
            Some(None) => Ok(None),
            Some(Some(value)) => match value.as_small() {
                Some(n) if n > 0 => Ok(Some(n as u64)),
                Some(_) | None => Err(BadOption(key.to_owned())),
            },
        }
    }

    /// A boolean.
    pub fn boolean(&self, key: &str, default: bool) -> Result<bool, BadOption> {
        match self.get(key).map(|v| v.as_atom()) {
            None => Ok(default),
            Some(Some(atoms::TRUE)) => Ok(true),
            Some(Some(atoms::FALSE)) => Ok(false),
            Some(_) => Err(BadOption(key.to_owned())),
        }
    }

    /// A text.
    pub fn text(&self, key: &str, default: &str) -> Result<String, BadOption> {
        match self.get(key) {
            None => Ok(default.to_owned()),
            Some(value) => text(self.cx, value).ok_or_else(|| BadOption(key.to_owned())),
        }
    }

    /// A text, if there is one.
    pub fn given(&self, key: &str) -> Result<Option<String>, BadOption> {
        match self.get(key) {
            None => Ok(None),
            Some(_) => self.text(key, "").map(Some),
        }
    }

    /// A positive number of something.
    pub fn size(&self, key: &str, default: usize) -> Result<usize, BadOption> {
        Ok(self
            .count(key, Some(default as u64))?
            .map_or(usize::MAX, |n| n as usize))
    }

    /// Milliseconds of a lease.
    pub fn lease(&self) -> Result<Option<u64>, BadOption> {
        self.count("lease", None)
    }

    /// The limits.
    pub fn config(&self) -> Result<Config, BadOption> {
        let usual = Config::default();
        let mode = match self.text("mode", "throttle")?.as_str() {
            "throttle" => Mode::Throttle,
            "fuse" => Mode::Fuse,
            _ => return Err(BadOption("mode".to_owned())),
        };
        let budget_percent = match self.infinite("budget") {
            None | Some(None) => None,
            Some(Some(value)) => {
                let percent = match value.kind() {
                    crate::heap::Kind::Float(f) => f,
                    crate::heap::Kind::Small(n) => n as f64,
                    _ => return Err(BadOption("budget".to_owned())),
                };
                Some(percent).filter(|p| *p > 0.0)
            }
        };
        Ok(Config {
            events: self.rate("limit", usual.events)?,
            bytes: self.rate("bytes", usual.bytes)?,
            mode,
            total: self.count("count", usual.total)?,
            wall_ms: self.count("time", usual.wall_ms)?,
            fair: self.boolean("fair", mode == Mode::Throttle)?,
            per_event: Limits {
                bytes: self.size("max_bytes", usual.per_event.bytes)?.min(16 << 20),
                depth: self.size("max_depth", usual.per_event.depth)?,
                binary: self.size("max_binary", usual.per_event.binary)?,
            },
            budget_percent,
        })
    }

    /// Records of the modules named.
    pub fn records(&self) -> Result<SessionRecords, BadOption> {
        let mut records = SessionRecords::default();
        let bad = || BadOption("records".to_owned());
        for module in self.get("records").into_iter().flat_map(|l| l.iter_list()) {
            let module = module.as_atom().ok_or_else(bad)?;
            if !records.add_module(self.cx.vm(), module) {
                return Err(bad());
            }
        }
        Ok(records)
    }

    /// Redaction rules.
    pub fn redactor(&self, records: &SessionRecords) -> Result<Redactor, BadOption> {
        let mut redactor = Redactor::default();
        for rule in self.get("redact").into_iter().flat_map(|l| l.iter_list()) {
            let rule = text(self.cx, rule).ok_or_else(|| BadOption("redact".to_owned()))?;
            redactor
                .add(&rule, &|tag| records.named(tag))
                .map_err(|bad| BadOption(bad.to_string()))?;
        }
        Ok(redactor)
    }

    /// The flight recorder.
    pub fn recording(&self) -> Result<Option<Recording>, BadOption> {
        let bad = || BadOption("recorder".to_owned());
        let Some(map) = self.get("recorder") else {
            return Ok(None);
        };
        map.as_map().ok_or_else(bad)?;
        let options = Options { cx: self.cx, map };
        let trigger = options.get("trigger").and_then(|t| self.trigger(t));
        let after = options.get("after").and_then(|n| n.as_usize()).unwrap_or(0);
        Ok(Some(Recording::new(
            options.size("bytes", 1 << 20)?,
            after,
            trigger.ok_or_else(bad)?,
        )))
    }

    fn trigger(&self, t: Term<'h>) -> Option<Trigger> {
        if t.as_atom().is_some() {
            return (text(self.cx, t)? == "crash").then_some(Trigger::Crash(None));
        }
        let parts: Vec<Term<'h>> = t.as_tuple()?.iter().collect();
        let name = text(self.cx, *parts.first()?)?;
        Some(match name.as_str() {
            "crash" => Trigger::Crash(Some(text(self.cx, *parts.get(1)?)?)),
            "exception" => {
                let mfa: Vec<Term<'h>> = parts.get(1)?.as_tuple()?.iter().collect();
                let [m, f, a] = mfa[..] else { return None };
                Trigger::Exception {
                    module: text(self.cx, m)?,
                    function: text(self.cx, f)?,
                    arity: a.as_usize()?,
                }
            }
            "mailbox" => Trigger::Mailbox(parts.get(1)?.as_usize()?),
            "collection" => Trigger::Collection(parts.get(1)?.as_usize()? as u64),
            "latency" => Trigger::Latency(parts.get(1)?.as_usize()? as u64),
            _ => return None,
        })
    }

    /// Where the output goes.
    pub fn output(&self) -> Result<Where, BadOption> {
        let bad = || BadOption("output".to_owned());
        let Some(value) = self.get("output") else {
            return Ok(Where::Standard(false));
        };
        if value.is_atom(atoms::NONE) {
            return Ok(Where::Nothing);
        }
        let pair = value.as_tuple().filter(|t| t.len() == 2).ok_or_else(bad)?;
        let (Some(kind), Some(what)) = (pair.get(0), pair.get(1)) else {
            return Err(bad());
        };
        let kind = text(self.cx, kind).ok_or_else(bad)?;
        let path = || text(self.cx, what).ok_or_else(bad);
        let pid = || what.as_pid().ok_or_else(bad);
        Ok(match (kind.as_str(), what.as_small()) {
            ("fd", Some(1)) => Where::Standard(false),
            ("fd", Some(2)) => Where::Standard(true),
            ("file", _) => Where::File(path()?),
            ("capture", _) => Where::Capture(path()?),
            ("process", _) => Where::Process(pid()?),
            ("events", _) => Where::Events(pid()?),
            ("messages", _) => Where::Messages(pid()?),
            _ => return Err(bad()),
        })
    }
}
