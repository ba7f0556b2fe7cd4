//! JSON lines: one object an event; terms as Erlang text.

use super::line::{NO_RECORDS, one_line, stamp_term};
use super::{Style, World};
use crate::event::{Event, Kind};

/// One JSON object a line.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl Style for Json {
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String) {
        let header = &event.header;
        out.push_str("{\"event\":");
        push_string(out, event.kind().tag());
        out.push_str(&format!(
            ",\"time_us\":{},\"monotonic_ns\":{},\"sequence\":{},\"session\":{}",
            header.wall_us, header.monotonic_ns, header.sequence, header.session
        ));
        if event.kind() != Kind::Gap {
            out.push_str(",\"process\":");
            push_string(out, &one_line(event.subject(), &NO_RECORDS));
        }
        if header.pattern > 0 {
            out.push_str(&format!(",\"pattern\":{}", header.pattern));
        }
        if header.version > 0 {
            out.push_str(&format!(",\"version\":{}", header.version));
        }
        if header.request > 0 {
            out.push_str(&format!(",\"request\":{}", header.request));
        }
        for at in 0..event.kind().payload() {
            self.payload(event, at, world, out);
        }
        if let Some(extra) = event.extra() {
            out.push_str(",\"extra\":");
            push_string(out, &one_line(extra, world.records()));
        }
        if let Some(stamp) = stamp_term(header.stamp) {
            out.push_str(",\"timestamp\":");
            push_string(out, &stamp.text());
        }
        out.push_str("}\n");
    }
}

impl Json {
    fn payload(&self, event: &Event, at: usize, world: &dyn World, out: &mut String) {
        let Some(mfa) = event.mfa(at) else {
            out.push_str(&format!(",\"{}\":", name_of(event.kind(), at)));
            push_string(out, &one_line(event.payload(at), world.records()));
            return;
        };
        out.push_str(",\"module\":");
        push_string(out, mfa.module);
        out.push_str(",\"function\":");
        push_string(out, mfa.function);
        out.push_str(&format!(",\"arity\":{}", mfa.arity()));
        if let Some(args) = mfa.args() {
            out.push_str(",\"args\":[");
            for (at, arg) in args.into_iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                push_string(out, &one_line(arg, world.records()));
            }
            out.push(']');
        }
    }
}

/// What a payload term is called.
fn name_of(kind: Kind, at: usize) -> &'static str {
    match (kind, at) {
        (Kind::Send | Kind::SendToNonExisting, 0) | (Kind::Receive, _) => "message",
        (Kind::Send | Kind::SendToNonExisting, _) => "to",
        (Kind::ReturnFrom, 1) => "value",
        (Kind::ExceptionFrom, 1) => "exception",
        (Kind::Spawn, 0) => "child",
        (Kind::Spawned, 0) => "parent",
        (Kind::Exit | Kind::Closed, _) => "reason",
        (Kind::Gap, 0) => "not_shown",
        (Kind::Gap, _) => "in_ms",
        (_, 0) => "info",
        (_, _) => "info2",
    }
}

/// Appends `text` as a JSON string.
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
