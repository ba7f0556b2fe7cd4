//! Trace events: one table of what there is, and the bytes of one event.
//!
//! An event's payload is a row of captured terms, exactly the elements of the trace message that Erlang documents for it:
//! `{trace, Subject, Tag, Payload...}`. Every formatter starts from that.

use crate::capture::{
    Arena, BadCapture, Captured, Limits, Writer, push_number, read_number, unzigzag, zigzag,
};
use crate::limiter::Reason;
use crate::redact::Redactor;
use transom_pretty::View;

macro_rules! events {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $tag:literal, $payload:literal; )*) => {
        /// What happened. The documentation of each names its payload.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind { $( $(#[$doc])* $name = $code, )* }

        impl Kind {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Kind] = &[$( Kind::$name, )*];

            /// The tag of the trace message.
            pub fn tag(self) -> &'static str {
                match self { $( Kind::$name => $tag, )* }
            }

            /// How many terms the payload has.
            pub fn payload(self) -> usize {
                match self { $( Kind::$name => $payload, )* }
            }

            pub fn from_code(code: u8) -> Option<Kind> {
                match code { $( $code => Some(Kind::$name), )* _ => None }
            }
        }
    };
}

events! {
    /// `{M,F,Args}` or, with the `arity` flag, `{M,F,Arity}`.
    Call = 1, "call", 1;
    /// `{M,F,Arity}`, value.
    ReturnFrom = 2, "return_from", 2;
    /// `{M,F,Arity}`, `{Class,Reason}`.
    ExceptionFrom = 3, "exception_from", 2;
    /// `{M,F,Arity}`.
    ReturnTo = 4, "return_to", 1;
    /// Message, receiver.
    Send = 5, "send", 2;
    /// Message, receiver.
    SendToNonExisting = 6, "send_to_non_existing_process", 2;
    /// Message, or the atom `timeout`.
    Receive = 7, "receive", 1;
    /// Child, `{M,F,Args}`.
    Spawn = 8, "spawn", 2;
    /// Parent, `{M,F,Args}`.
    Spawned = 9, "spawned", 2;
    /// Reason.
    Exit = 10, "exit", 1;
    /// Other process or port.
    Link = 11, "link", 1;
    Unlink = 12, "unlink", 1;
    GettingLinked = 13, "getting_linked", 1;
    GettingUnlinked = 14, "getting_unlinked", 1;
    /// Name.
    Register = 15, "register", 1;
    Unregister = 16, "unregister", 1;
    /// `{M,F,Arity}` or 0.
    In = 17, "in", 1;
    Out = 18, "out", 1;
    InExiting = 19, "in_exiting", 1;
    OutExiting = 20, "out_exiting", 1;
    OutExited = 21, "out_exited", 1;
    /// `[{Key,Words}]`.
    GcMinorStart = 22, "gc_minor_start", 1;
    GcMinorEnd = 23, "gc_minor_end", 1;
    GcMajorStart = 24, "gc_major_start", 1;
    GcMajorEnd = 25, "gc_major_end", 1;
    GcMaxHeapSize = 26, "gc_max_heap_size", 1;
    /// Owner, driver.
    Open = 27, "open", 2;
    /// Reason.
    Closed = 28, "closed", 1;
    /// Label, `{send,Serial,From,To,Msg}` and the like. Has no subject of its own.
    SeqTrace = 29, "seq_trace", 2;
    /// Number of messages lost.
    Drop = 30, "drop", 1;
    /// Event, info: `{monitor,Pid,Event,Info}`.
    System = 31, "monitor", 2;
    /// Module, new version: code was loaded under the trace.
    Loaded = 32, "code_loaded", 2;
    /// `[{Reason,Count,Culprit}]`, milliseconds: what was suppressed at this place in the stream.
    Gap = 33, "gap", 2;
    /// Something else sent to a tracer.
    Garbage = 34, "garbage", 1;
}

/// The time stamp a tracee's flags ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    None,
    /// Microseconds since 1970: `{Mega,Secs,Micro}`.
    Wall(i64),
    /// Nanoseconds.
    Monotonic(i64),
    /// Nanoseconds and a unique integer.
    Strict(i64, i64),
}

/// Everything about an event but its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub kind: Kind,
    pub session: u32,
    /// Which of the session's patterns matched; 0: none or unknown.
    pub pattern: u32,
    pub scheduler: u16,
    /// The version of the module that ran; 0: unknown.
    pub version: u32,
    /// Counts up over the whole VM.
    pub sequence: u64,
    /// Microseconds since 1970.
    pub wall_us: i64,
    /// Nanoseconds of the VM's monotonic clock.
    pub monotonic_ns: i64,
    pub stamp: Stamp,
    /// Whether a term of a `{message,Term}` follows the payload.
    pub extra: bool,
    /// Of a call: whether its end was asked for, so that one should follow.
    pub ends: bool,
    /// The request it belongs to, in a session with a scope; 0: none.
    pub request: u64,
}

impl Header {
    /// A header of `kind` with nothing else known.
    pub fn new(kind: Kind) -> Header {
        Header {
            kind,
            session: 0,
            pattern: 0,
            scheduler: 0,
            version: 0,
            sequence: 0,
            wall_us: 0,
            monotonic_ns: 0,
            stamp: Stamp::None,
            extra: false,
            ends: false,
            request: 0,
        }
    }
}

const HAS_EXTRA: u8 = 0x10;
const HAS_END: u8 = 0x20;
const HAS_REQUEST: u8 = 0x40;

/// Appends the bytes of `header` to `out`; the terms follow: subject, payload, extra.
pub fn encode_header(out: &mut Vec<u8>, header: &Header) {
    out.push(header.kind as u8);
    let (code, numbers) = match header.stamp {
        Stamp::None => (0, [0, 0]),
        Stamp::Wall(us) => (1, [us, 0]),
        Stamp::Monotonic(ns) => (2, [ns, 0]),
        Stamp::Strict(ns, unique) => (3, [ns, unique]),
    };
    let bit = |set, bit| if set { bit } else { 0 };
    out.push(
        code | bit(header.extra, HAS_EXTRA)
            | bit(header.ends, HAS_END)
            | bit(header.request != 0, HAS_REQUEST),
    );
    for value in [
        header.session,
        header.pattern,
        u32::from(header.scheduler),
        header.version,
    ] {
        push_number(out, u64::from(value));
    }
    push_number(out, header.sequence);
    push_number(out, zigzag(header.wall_us));
    push_number(out, zigzag(header.monotonic_ns));
    for number in &numbers[..[0, 1, 1, 2][usize::from(code)]] {
        push_number(out, zigzag(*number));
    }
    if header.request != 0 {
        push_number(out, header.request);
    }
}

fn decode_header(bytes: &[u8]) -> Option<(Header, usize)> {
    let kind = Kind::from_code(*bytes.first()?)?;
    let flags = *bytes.get(1)?;
    let mut at = 2;
    let small = |at: &mut usize| read_number(bytes, at).and_then(|n| u32::try_from(n).ok());
    let session = small(&mut at)?;
    let pattern = small(&mut at)?;
    let scheduler = u16::try_from(small(&mut at)?).ok()?;
    let version = small(&mut at)?;
    let sequence = read_number(bytes, &mut at)?;
    let signed = |at: &mut usize| read_number(bytes, at).map(unzigzag);
    let wall_us = signed(&mut at)?;
    let monotonic_ns = signed(&mut at)?;
    let stamp = match flags & 0x0F {
        0 => Stamp::None,
        1 => Stamp::Wall(signed(&mut at)?),
        2 => Stamp::Monotonic(signed(&mut at)?),
        3 => Stamp::Strict(signed(&mut at)?, signed(&mut at)?),
        _ => return None,
    };
    let extra = flags & HAS_EXTRA != 0;
    let ends = flags & HAS_END != 0;
    let request = match flags & HAS_REQUEST {
        0 => 0,
        _ => read_number(bytes, &mut at)?,
    };
    let header = Header {
        kind,
        session,
        pattern,
        scheduler,
        version,
        sequence,
        wall_us,
        monotonic_ns,
        stamp,
        extra,
        ends,
        request,
    };
    Some((header, at))
}

/// Captures one event: header, subject, payload and extra, each through one [`Writer`] so that the limit holds for all.
pub fn capture(
    out: &mut Vec<u8>,
    header: &Header,
    limits: Limits,
    redactor: Option<&Redactor>,
    terms: impl FnOnce(&mut Writer<'_>),
) {
    encode_header(out, header);
    let mut writer = Writer::new(out, limits, redactor);
    terms(&mut writer);
}

/// Captures an event whose terms are all at hand, in the order subject, payload, extra.
pub fn capture_terms<V: View>(
    out: &mut Vec<u8>,
    header: &Header,
    limits: Limits,
    redactor: Option<&Redactor>,
    terms: &[V],
) {
    capture(out, header, limits, redactor, |writer| {
        for term in terms {
            writer.term(*term);
        }
    });
}

/// Captures what was suppressed at this place in the stream: reason, count and the function that it last hit (may be
/// empty), over `ms` milliseconds.
pub fn capture_gap(out: &mut Vec<u8>, header: &Header, gaps: &[(Reason, u64, &str)], ms: u64) {
    let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    capture(
        out,
        &Header {
            kind: Kind::Gap,
            extra: false,
            ..*header
        },
        Limits::default(),
        None,
        |writer| {
            writer.atom("undefined");
            writer.begin_list();
            for (reason, count, culprit) in gaps {
                writer.begin_tuple();
                writer.atom(reason.text());
                writer.int(signed(*count));
                writer.opaque(culprit);
                writer.end();
            }
            writer.end();
            writer.int(signed(ms));
        },
    );
}

/// A decoded event; used again for the next.
#[derive(Debug)]
pub struct Event {
    pub header: Header,
    arena: Arena,
}

impl Default for Event {
    fn default() -> Self {
        Event {
            header: Header::new(Kind::Garbage),
            arena: Arena::new(),
        }
    }
}

impl Event {
    /// An event that holds nothing yet.
    pub fn new() -> Event {
        Event::default()
    }

    /// Decodes `bytes`, forgetting what was here before.
    pub fn decode(&mut self, bytes: &[u8]) -> Result<(), BadCapture> {
        let (header, at) = decode_header(bytes).ok_or(BadCapture { at: 0 })?;
        self.arena
            .parse(&bytes[at..])
            .map_err(|bad| BadCapture { at: bad.at + at })?;
        let terms = 1 + header.kind.payload() + usize::from(header.extra);
        if self.arena.len() != terms {
            return Err(BadCapture { at: bytes.len() });
        }
        self.header = header;
        Ok(())
    }

    /// What happened.
    pub fn kind(&self) -> Kind {
        self.header.kind
    }

    /// The process or port it happened in.
    pub fn subject(&self) -> Captured<'_> {
        self.term(0)
    }

    /// Payload term `at` (from 0).
    pub fn payload(&self, at: usize) -> Captured<'_> {
        assert!(
            at < self.header.kind.payload(),
            "invariant: {:?} has no payload {at}",
            self.header.kind
        );
        self.term(at + 1)
    }

    /// The term of a `{message,Term}` action.
    pub fn extra(&self) -> Option<Captured<'_>> {
        self.header
            .extra
            .then(|| self.term(1 + self.header.kind.payload()))
    }

    fn term(&self, at: usize) -> Captured<'_> {
        self.arena
            .root(at)
            .expect("invariant: decoding checked the number of terms")
    }

    /// Module, function and third element of a payload `{M,F,ArgsOrArity}`.
    pub fn mfa(&self, at: usize) -> Option<Mfa<'_>> {
        let parts = self.payload(at).as_tuple()?;
        let [module, function, last] = parts[..] else {
            return None;
        };
        let (module, function) = (module.as_atom()?, function.as_atom()?);
        Some(Mfa {
            module,
            function,
            last,
        })
    }
}

/// A function in an event.
#[derive(Clone, Copy, Debug)]
pub struct Mfa<'a> {
    pub module: &'a str,
    pub function: &'a str,
    /// A list of arguments or an arity.
    pub last: Captured<'a>,
}

impl<'a> Mfa<'a> {
    /// The arguments, if they were captured.
    pub fn args(&self) -> Option<Vec<Captured<'a>>> {
        self.last
            .as_list()
            .map(|(items, tail)| items.into_iter().chain(tail).collect())
    }

    /// Its arity, whether the arguments were captured or not.
    pub fn arity(&self) -> usize {
        match self.last.as_int() {
            Some(arity) => usize::try_from(arity).unwrap_or(0),
            None => self.args().map_or(0, |args| args.len()),
        }
    }
}
