//! Capture files: what a session showed, kept for later questions.
//!
//! ```text
//!   "TRANSOM-CAPTURE\n" version:u8
//!   record*   kind:u8 length:u32 checksum:u32 bytes          big-endian
//!             1 event     2 note "key=value"     3 the end: totals as text
//! ```
//!
//! A file that was cut off, or whose middle is damaged, gives every record that can still be read and says what could
//! not: reading never panics and never trusts a length.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use crate::aggregate::{Aggregate, Cell, Measure};
use crate::event::{Event, Kind};
use crate::style::duration_text;

const MAGIC: &[u8] = b"TRANSOM-CAPTURE\n";
const VERSION: u8 = 1;
const EVENT: u8 = 1;
const NOTE: u8 = 2;
const END: u8 = 3;
const RECORD_HEADER: usize = 9;

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// Writes a capture file.
#[derive(Debug)]
pub struct CaptureWriter<W: Write> {
    to: W,
}

impl<W: Write> CaptureWriter<W> {
    /// A capture file, its header written.
    pub fn new(mut to: W) -> io::Result<Self> {
        to.write_all(MAGIC)?;
        to.write_all(&[VERSION])?;
        Ok(CaptureWriter { to })
    }

    fn record(&mut self, kind: u8, bytes: &[u8]) -> io::Result<()> {
        let length =
            u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        let mut header = [0; RECORD_HEADER];
        header[0] = kind;
        header[1..5].copy_from_slice(&length.to_be_bytes());
        header[5..].copy_from_slice(&checksum(bytes).to_be_bytes());
        self.to.write_all(&header)?;
        self.to.write_all(bytes)
    }

    /// An encoded event.
    pub fn event(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.record(EVENT, bytes)
    }

    /// Something to know about the capture: a pattern, a node, a version.
    pub fn note(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.record(NOTE, format!("{key}={value}").as_bytes())
    }

    /// Ends the file with the session's totals.
    pub fn finish(mut self, totals: &str) -> io::Result<W> {
        self.record(END, totals.as_bytes())?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// Why a file is no capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACapture {
    Magic,
    Version(u8),
}

impl std::fmt::Display for NotACapture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotACapture::Magic => f.write_str("not a capture file"),
            NotACapture::Version(version) => write!(
                f,
                "a capture file of version {version}, which this program cannot read"
            ),
        }
    }
}

impl std::error::Error for NotACapture {}

/// A capture in memory.
#[derive(Debug, Default)]
pub struct Capture<'b> {
    /// The encoded events, in order.
    pub events: Vec<&'b [u8]>,
    pub notes: Vec<(String, String)>,
    /// The totals, if the file was ended properly.
    pub totals: Option<String>,
    /// Records that could not be read.
    pub damaged: usize,
    /// The file ends in the middle of a record or without its end.
    pub cut: bool,
}

/// Reads a capture file.
pub fn read(bytes: &[u8]) -> Result<Capture<'_>, NotACapture> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(NotACapture::Magic)?;
    let (version, mut rest) = rest.split_first().ok_or(NotACapture::Magic)?;
    if *version != VERSION {
        return Err(NotACapture::Version(*version));
    }
    let mut capture = Capture {
        cut: true,
        ..Capture::default()
    };
    let mut event = Event::new();
    while rest.len() >= RECORD_HEADER {
        let (header, after) = rest.split_at(RECORD_HEADER);
        let number = |at: usize| {
            u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        let length = usize::try_from(number(1)).unwrap_or(usize::MAX);
        if length > after.len() {
            break;
        }
        let (body, next) = after.split_at(length);
        rest = next;
        if checksum(body) != number(5) {
            capture.damaged += 1;
            continue;
        }
        match header[0] {
            EVENT if event.decode(body).is_ok() => capture.events.push(body),
            NOTE => {
                let text = String::from_utf8_lossy(body);
                let (key, value) = text.split_once('=').unwrap_or((&text, ""));
                capture.notes.push((key.to_owned(), value.to_owned()));
            }
            END => {
                capture.totals = Some(String::from_utf8_lossy(body).into_owned());
                capture.cut = false;
                break;
            }
            _ => capture.damaged += 1,
        }
    }
    Ok(capture)
}

/// What is known of a function from its calls and their ends.
#[derive(Clone, Debug)]
pub struct Profile {
    pub calls: u64,
    pub exceptions: u64,
    /// Nanoseconds of the calls whose end was captured.
    pub durations: Cell,
}

/// Profiles by `m:f/a`.
pub fn profile(capture: &Capture<'_>) -> BTreeMap<String, Profile> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut durations = Aggregate::new(Measure::Histogram, usize::MAX);
    let mut open: HashMap<String, Vec<(String, i64)>> = HashMap::new();
    let mut event = Event::new();
    for bytes in &capture.events {
        if event.decode(bytes).is_err() {
            continue;
        }
        let kind = event.kind();
        if !matches!(kind, Kind::Call | Kind::ReturnFrom | Kind::ExceptionFrom) {
            continue;
        }
        let (Some(mfa), Some(pid)) = (event.mfa(0), event.subject().as_opaque()) else {
            continue;
        };
        let name = format!("{}:{}/{}", mfa.module, mfa.function, mfa.arity());
        let now = event.header.monotonic_ns;
        let count = counts.entry(name.clone()).or_default();
        let stack = open.entry(pid.to_owned()).or_default();
        if kind == Kind::Call {
            count.0 += 1;
            stack.push((name, now));
            continue;
        }
        count.1 += u64::from(kind == Kind::ExceptionFrom);
        if let Some(at) = stack.iter().rposition(|(called, _)| *called == name) {
            let ns = u64::try_from(now - stack[at].1).unwrap_or(0);
            durations.add(name.as_bytes(), ns);
            stack.truncate(at);
        }
    }
    let empty = Aggregate::new(Measure::Histogram, 0).rest().clone();
    let profile = |(name, (calls, exceptions)): (String, (u64, u64))| {
        let durations = durations.get(name.as_bytes()).unwrap_or(&empty).clone();
        (
            name,
            Profile {
                calls,
                exceptions,
                durations,
            },
        )
    };
    counts.into_iter().map(profile).collect()
}

/// Two captures function by function, as text: what came, what went, what changed.
pub fn diff(before: &Capture<'_>, after: &Capture<'_>) -> String {
    let (before, after) = (profile(before), profile(after));
    let mut out = format!(
        "{:<40} {:>15} {:>15} {:>23}\n",
        "function", "calls", "exceptions", "median"
    );
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let pair = |of: &dyn Fn(&Profile) -> String| {
            let side = |profiles: &BTreeMap<String, Profile>| {
                profiles.get(name).map_or("-".to_owned(), of)
            };
            format!("{} > {}", side(&before), side(&after))
        };
        let median = |profile: &Profile| match profile.durations.count {
            0 => "-".to_owned(),
            _ => {
                duration_text(i64::try_from(profile.durations.percentile(50.0)).unwrap_or(i64::MAX))
            }
        };
        out.push_str(&format!(
            "{name:<40} {:>15} {:>15} {:>23}\n",
            pair(&|profile| profile.calls.to_string()),
            pair(&|profile| profile.exceptions.to_string()),
            pair(&median)
        ));
    }
    out
}
