//! One event as a trace point sees it: nothing is copied yet. From here it becomes a trace message or captured bytes.

use std::sync::atomic::Ordering;

use transom_tracer::capture::Writer;
use transom_tracer::event::{Header, Kind, Stamp};
use transom_tracer::limiter::Key;

use super::flags;
use crate::atoms::{self, Atom, AtomTable};
use crate::heap::{Heap, OwnedTerm, Pid, Port, Term};
use crate::process::body::Mfa;
use crate::view::TermView;
use crate::vm::Vm;

/// In whom something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Process(Pid),
    Port(Port),
}

impl Subject {
    /// As a term.
    pub fn term<'h>(self) -> Term<'h> {
        match self {
            Subject::Process(pid) => Term::pid(pid),
            Subject::Port(port) => Term::port(port),
        }
    }

    /// As it prints.
    pub fn text(self) -> String {
        match self {
            Subject::Process(pid) => pid.to_string(),
            Subject::Port(port) => port.to_string(),
        }
    }
}

/// What stands behind the tag.
#[derive(Clone, Copy)]
pub enum Payload<'a, 'h> {
    /// `{M, F, Args}`, or the arity by flag.
    Call(Mfa, &'a [Term<'h>]),
    /// `{M, F, Arity}`, value.
    Value(Mfa, Term<'h>),
    /// `{M, F, Arity}`, `{Class, Reason}`.
    Exception(Mfa, Atom, Term<'h>),
    /// `{M, F, Arity}`, or what stands for none.
    Place(Option<Mfa>, Term<'h>),
    One(Term<'h>),
    Two(Term<'h>, Term<'h>),
    /// The other process, `{M, F, Args}`.
    Start(Pid, Mfa, &'a [Term<'h>]),
    /// `[{Key, Words}]`.
    Words(&'a [(Atom, usize)]),
}

/// An event.
#[derive(Clone, Copy)]
pub struct Event<'a, 'h> {
    pub subject: Subject,
    pub kind: Kind,
    pub payload: Payload<'a, 'h>,
    /// Of `{message, Term}`.
    pub extra: Option<Term<'h>>,
    /// Number of the session's pattern, 0 for none.
    pub pattern: u32,
    /// Version of the module, 0 if not known.
    pub version: u32,
    /// Of a call: its end is waited for.
    pub ends: bool,
    /// The request it belongs to; 0 for none.
    pub request: u64,
}

impl<'a, 'h> Event<'a, 'h> {
    /// An event of a process with nothing else known.
    pub fn of(pid: Pid, kind: Kind, payload: Payload<'a, 'h>) -> Event<'a, 'h> {
        Event {
            subject: Subject::Process(pid),
            kind,
            payload,
            extra: None,
            pattern: 0,
            version: 0,
            ends: false,
            request: 0,
        }
    }

    /// The function it is about.
    pub fn mfa(&self) -> Option<Mfa> {
        match self.payload {
            Payload::Call(mfa, _) | Payload::Value(mfa, _) | Payload::Exception(mfa, ..) => {
                Some(mfa)
            }
            Payload::Place(mfa, _) => mfa,
            Payload::One(_) | Payload::Two(..) | Payload::Start(..) | Payload::Words(_) => None,
        }
    }

    /// What the limiter shares out by.
    pub fn key(&self) -> Key {
        let process = match self.subject {
            Subject::Process(pid) => pid.slot().into(),
            Subject::Port(port) => u64::MAX - port.number(),
        };
        Key {
            function: self.mfa().map_or(self.kind as u64, function_key),
            process,
        }
    }

    /// Words that its terms take; what is charged before a message is built.
    pub fn words(&self, arity_only: bool) -> usize {
        let size = crate::heap::size_words;
        let of = |args: &[Term<'h>]| args.iter().map(|a| size(*a) + 2).sum::<usize>();
        let payload = match self.payload {
            Payload::Call(_, args) if !arity_only => of(args),
            Payload::Start(_, _, args) => of(args),
            Payload::Value(_, t) | Payload::Exception(_, _, t) | Payload::One(t) => size(t),
            Payload::Two(a, b) => size(a) + size(b),
            Payload::Call(..) | Payload::Place(..) | Payload::Words(_) => 0,
        };
        payload + self.extra.map_or(0, size) + 16
    }
}

/// A function as one number. The top bit stays free for the limiter.
pub fn function_key(mfa: Mfa) -> u64 {
    (u64::from(mfa.module.0) << 36
        | u64::from(mfa.function.0 & 0xfff_ffff) << 8
        | u64::from(mfa.arity))
        & !(1 << 63)
        | 1 << 62
}

/// The text of a key, for gap lines.
pub fn key_text(vm: &Vm, key: u64) -> String {
    if key >> 62 & 1 == 0 {
        return Kind::from_code(key as u8).map_or(String::new(), |kind| kind.tag().to_owned());
    }
    let module = Atom((key >> 36 & 0x3ff_ffff) as u32);
    let function = Atom((key >> 8 & 0xfff_ffff) as u32);
    let quoted =
        |a| transom_pretty::atom_text(vm.atoms().text(a), transom_pretty::Encoding::Unicode);
    format!("{}:{}/{}", quoted(module), quoted(function), key & 255)
}

/// The tag of the trace message.
pub fn tag(vm: &Vm, kind: Kind) -> Atom {
    vm.atoms()
        .intern(kind.tag())
        .expect("invariant: tags of trace messages are common atoms")
}

/// `{M, F, Arity}`.
pub fn mfa_term<'s>(heap: &'s Heap, mfa: Mfa) -> Term<'s> {
    heap.tuple(&[
        Term::atom(mfa.module),
        Term::atom(mfa.function),
        heap.int(i64::from(mfa.arity)),
    ])
}

/// A term of the traced process inside a message under construction: the message is copied as a whole, and dropped, while the process stands still.
fn borrowed<'s>(heap: &'s Heap, t: Term<'_>) -> Term<'s> {
    crate::interp::term_of(heap, t.raw())
}

fn call<'s>(heap: &'s Heap, mfa: Mfa, args: &[Term<'_>]) -> Term<'s> {
    let copies: smallvec::SmallVec<[Term<'s>; 8]> =
        args.iter().map(|a| borrowed(heap, *a)).collect();
    let (module, function) = (Term::atom(mfa.module), Term::atom(mfa.function));
    heap.tuple(&[module, function, heap.list(&copies)])
}

impl Event<'_, '_> {
    /// The trace message: `{trace, Subject, Tag, Payload...[, Extra]}`, or `{trace_ts, ..., Stamp}`.
    pub fn message(&self, vm: &Vm, heap: &Heap, bits: u32) -> OwnedTerm {
        let stamp = stamp_term(vm, heap, bits);
        let head = if stamp.is_some() {
            atoms::TRACE_TS
        } else {
            atoms::TRACE
        };
        let mut all: smallvec::SmallVec<[Term<'_>; 8]> = smallvec::SmallVec::new();
        all.extend([
            Term::atom(head),
            self.subject.term(),
            Term::atom(tag(vm, self.kind)),
        ]);
        self.payload_terms(heap, bits, &mut |t| all.push(t));
        all.extend(self.extra.map(|t| borrowed(heap, t)));
        all.extend(stamp);
        OwnedTerm::new(heap.tuple(&all))
    }

    /// The elements behind the tag, on a heap.
    pub fn payload_terms<'s>(&self, heap: &'s Heap, bits: u32, push: &mut dyn FnMut(Term<'s>)) {
        match self.payload {
            Payload::Call(mfa, _) if bits & flags::ARITY != 0 => push(mfa_term(heap, mfa)),
            Payload::Call(mfa, args) => push(call(heap, mfa, args)),
            Payload::Value(mfa, value) => {
                push(mfa_term(heap, mfa));
                push(borrowed(heap, value));
            }
            Payload::Exception(mfa, class, reason) => {
                push(mfa_term(heap, mfa));
                push(heap.tuple(&[Term::atom(class), borrowed(heap, reason)]));
            }
            Payload::Place(Some(mfa), _) => push(mfa_term(heap, mfa)),
            Payload::Place(None, other) | Payload::One(other) => push(borrowed(heap, other)),
            Payload::Two(first, second) => {
                push(borrowed(heap, first));
                push(borrowed(heap, second));
            }
            Payload::Start(pid, mfa, args) => {
                push(Term::pid(pid));
                push(call(heap, mfa, args));
            }
            Payload::Words(words) => {
                let pairs: Vec<Term<'s>> = words
                    .iter()
                    .map(|(key, n)| heap.tuple(&[Term::atom(*key), heap.int(*n as i64)]))
                    .collect();
                push(heap.list(&pairs));
            }
        }
    }

    /// The same into captured bytes, subject first; bounded by the writer.
    pub fn capture(&self, vm: &Vm, bits: u32, subject: &str, writer: &mut Writer<'_>) {
        let atoms = vm.atoms();
        fn view<'b, 'h: 'b>(t: Term<'h>, atoms: &'b AtomTable) -> TermView<'b> {
            TermView::new(t.for_reading(), atoms)
        }
        let view = |t| view(t, atoms);
        writer.opaque(subject);
        match self.payload {
            Payload::Call(mfa, args) if bits & flags::ARITY == 0 => {
                captured_call(vm, mfa, args, writer);
            }
            Payload::Call(mfa, _) | Payload::Place(Some(mfa), _) => captured_mfa(vm, mfa, writer),
            Payload::Value(mfa, value) => {
                captured_mfa(vm, mfa, writer);
                writer.term(view(value));
            }
            Payload::Exception(mfa, class, reason) => {
                captured_mfa(vm, mfa, writer);
                writer.begin_tuple();
                writer.atom(atoms.text(class));
                writer.term(view(reason));
                writer.end();
            }
            Payload::Place(None, other) | Payload::One(other) => writer.term(view(other)),
            Payload::Two(first, second) => {
                writer.term(view(first));
                writer.term(view(second));
            }
            Payload::Start(pid, mfa, args) => {
                writer.opaque(&pid.to_string());
                captured_call(vm, mfa, args, writer);
            }
            Payload::Words(words) => {
                writer.begin_list();
                for (key, n) in words {
                    writer.begin_tuple();
                    writer.atom(atoms.text(*key));
                    writer.int(*n as i64);
                    writer.end();
                }
                writer.end();
            }
        }
        if let Some(extra) = self.extra {
            writer.term(view(extra));
        }
    }

    /// The header of the captured event, which happened `at_ns` nanoseconds after the start.
    pub fn header(&self, vm: &Vm, session: u32, scheduler: usize, bits: u32, at_ns: i64) -> Header {
        let (monotonic_ns, system_ns) = vm.clock.at_ns(at_ns);
        let wall_us = system_ns / 1_000;
        let stamp = if bits & flags::STAMPS == 0 {
            Stamp::None
        } else if bits & flags::TIMESTAMP != 0 {
            Stamp::Wall(wall_us)
        } else if bits & flags::STRICT_MONOTONIC_TIMESTAMP != 0 {
            Stamp::Strict(monotonic_ns, vm.env.next_unique() as i64)
        } else {
            Stamp::Monotonic(monotonic_ns)
        };
        Header {
            session,
            pattern: self.pattern,
            scheduler: scheduler as u16,
            version: self.version,
            wall_us,
            monotonic_ns,
            stamp,
            extra: self.extra.is_some(),
            ends: self.ends,
            request: self.request,
            ..Header::new(self.kind)
        }
    }
}

fn captured_call(vm: &Vm, mfa: Mfa, args: &[Term<'_>], writer: &mut Writer<'_>) {
    let atoms = vm.atoms();
    let views: smallvec::SmallVec<[TermView<'_>; 8]> = args
        .iter()
        .map(|t| TermView::new(t.for_reading(), atoms))
        .collect();
    writer.call(atoms.text(mfa.module), atoms.text(mfa.function), &views);
}

fn captured_mfa(vm: &Vm, mfa: Mfa, writer: &mut Writer<'_>) {
    let atoms = vm.atoms();
    writer.mfa(
        atoms.text(mfa.module),
        atoms.text(mfa.function),
        usize::from(mfa.arity),
    );
}

/// The time stamp the flags ask for; `timestamp` goes before the strict one, that before the plain one.
pub fn stamp_term<'s>(vm: &Vm, heap: &'s Heap, bits: u32) -> Option<Term<'s>> {
    if bits & flags::STAMPS == 0 {
        return None;
    }
    if bits & flags::TIMESTAMP != 0 {
        return Some(match vm.tracing.cpu_stamps.load(Ordering::Relaxed) {
            true => split_micros(heap, crate::sched::clock::processor_us()),
            false => wall_clock(vm, heap),
        });
    }
    let now = heap.int(vm.clock.monotonic_ns());
    if bits & flags::STRICT_MONOTONIC_TIMESTAMP != 0 {
        let unique = vm.env.next_unique();
        return Some(heap.tuple(&[now, heap.int(unique as i64)]));
    }
    Some(now)
}

/// `{MegaSeconds, Seconds, MicroSeconds}`.
pub fn wall_clock<'s>(vm: &Vm, heap: &'s Heap) -> Term<'s> {
    split_micros(heap, vm.clock.system_ns() / 1_000)
}

fn split_micros<'s>(heap: &'s Heap, micros: i64) -> Term<'s> {
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    heap.tuple(&[
        heap.int(seconds / 1_000_000),
        heap.int(seconds % 1_000_000),
        heap.int(rest),
    ])
}
