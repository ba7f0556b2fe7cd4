//! How the tests of styles make events and show them.

use crate::support::{self, Term};
use transom_pretty::{Shape, View};
use transom_tracer::capture::{Limits, Writer};
use transom_tracer::event::{Event, Header, Kind, Stamp, capture};
use transom_tracer::style::{Offline, Style, World, by_name};

fn atom_of(term: &Term) -> &str {
    match term {
        Term::Atom(text) => text,
        other => panic!("{other:?}"),
    }
}

fn int_of(term: &Term) -> i64 {
    match term.shape() {
        Shape::Small(value) => value,
        other => panic!("{other:?}"),
    }
}

/// The stamp a term stands for.
fn stamp_of(term: &Term) -> Stamp {
    match term {
        Term::Tuple(parts) if parts.len() == 3 => Stamp::Wall(
            (int_of(&parts[0]) * 1_000_000 + int_of(&parts[1])) * 1_000_000 + int_of(&parts[2]),
        ),
        Term::Tuple(parts) => Stamp::Strict(int_of(&parts[0]), int_of(&parts[1])),
        other => Stamp::Monotonic(int_of(other)),
    }
}

/// An Erlang trace message as an event.
pub fn event_of(message: &Term) -> Event {
    let Term::Tuple(parts) = message else {
        panic!("{message:?}")
    };
    let stamped = atom_of(&parts[0]) == "trace_ts";
    let mut rest = &parts[1..];
    let mut stamp = Stamp::None;
    if stamped {
        stamp = stamp_of(&rest[rest.len() - 1]);
        rest = &rest[..rest.len() - 1];
    }
    let tag = atom_of(&rest[1]);
    let kind = *Kind::ALL
        .iter()
        .find(|kind| kind.tag() == tag)
        .expect("a tag");
    let header = Header {
        stamp,
        extra: rest.len() - 2 > kind.payload(),
        ..Header::new(kind)
    };
    let mut bytes = Vec::new();
    capture(
        &mut bytes,
        &header,
        Limits::default(),
        None,
        |writer: &mut Writer<'_>| {
            writer.term(&rest[0]);
            for term in &rest[2..] {
                writer.term(term);
            }
        },
    );
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    event
}

pub fn atom(text: &str) -> Term {
    Term::Atom(text.into())
}

pub fn tuple(items: Vec<Term>) -> Term {
    Term::Tuple(items)
}

pub fn list(items: Vec<Term>) -> Term {
    support::list(items)
}

pub fn int(value: i64) -> Term {
    Term::Int(value)
}

pub fn string(text: &str) -> Term {
    list(text.chars().map(|c| int(i64::from(u32::from(c)))).collect())
}

pub fn pid() -> Term {
    Term::Opaque("<0.9.0>".into())
}

pub fn mfa(module: &str, function: &str, last: Term) -> Term {
    tuple(vec![atom(module), atom(function), last])
}

/// 04:49:13.886076 of some day.
pub const WALL_US: i64 = 20_000 * 86_400_000_000 + ((4 * 60 + 49) * 60 + 13) * 1_000_000 + 886_076;

pub fn show(
    style: &mut dyn Style,
    world: &dyn World,
    kind: Kind,
    payload: Vec<Term>,
    extra: Option<Term>,
) -> String {
    let header = Header {
        wall_us: WALL_US,
        extra: extra.is_some(),
        ..Header::new(kind)
    };
    let mut bytes = Vec::new();
    capture(&mut bytes, &header, Limits::default(), None, |writer| {
        writer.opaque("<0.9.0>");
        for term in payload.iter().chain(&extra) {
            writer.term(term);
        }
    });
    let mut event = Event::new();
    event.decode(&bytes).expect("decodes");
    let mut out = String::new();
    style.event(&event, world, &mut out);
    out
}

pub fn copy(term: &Term) -> Term {
    match term {
        Term::Int(value) => Term::Int(*value),
        Term::Atom(text) => Term::Atom(text.clone()),
        Term::Nil => Term::Nil,
        Term::Cons(head, tail) => Term::Cons(Box::new(copy(head)), Box::new(copy(tail))),
        Term::Tuple(items) => Term::Tuple(items.iter().map(copy).collect()),
        Term::Map(pairs) => Term::Map(pairs.iter().map(|(k, v)| (copy(k), copy(v))).collect()),
        Term::Opaque(text) => Term::Opaque(text.clone()),
        other => panic!("{other:?}"),
    }
}

pub fn event_again(terms: &[Term]) -> Vec<Term> {
    terms.iter().map(copy).collect()
}

/// Shows events one after another, each with its process, time and request; `ends` marks calls whose ends follow.
pub fn story(style: &str, events: &[(&str, Kind, i64, u64, bool, Vec<Term>)]) -> String {
    let mut style = by_name(style, false).expect("a style");
    let mut out = String::new();
    style.begin(&mut out);
    for (process, kind, us, request, ends, payload) in events {
        let header = Header {
            monotonic_ns: us * 1_000,
            request: *request,
            ends: *ends,
            ..Header::new(*kind)
        };
        let mut bytes = Vec::new();
        capture(&mut bytes, &header, Limits::default(), None, |writer| {
            writer.opaque(process);
            payload.iter().for_each(|term| writer.term(term));
        });
        let mut event = Event::new();
        event.decode(&bytes).expect("decodes");
        style.event(&event, &Offline, &mut out);
    }
    style.end(&mut out);
    out
}

pub fn opaque(text: &str) -> Term {
    Term::Opaque(text.into())
}
