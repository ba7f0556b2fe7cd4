//! Captured events as terms again, for formatters written in Erlang: `{trace_event, Session, {trace_ts, Subject, Tag, Payload.., Extra, {Mega, S, Us}}}`.
//!
//! What the capture left out shows: a binary that was cut is `{'$cut', Prefix, Bytes}`, anything else in the place of a mark is `{'$cut', Mark}`. Pids of this VM
//! are pids; ports, references and funs are their text.

use transom_pretty::{MapOrder, Shape, View};
use transom_tracer::event::Event;

use crate::atoms;
use crate::heap::{Heap, HeapOptions, OwnedTerm, Term};
use crate::vm::Vm;

/// The message for the formatting process.
pub fn message(vm: &Vm, session: u32, event: &Event) -> OwnedTerm {
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let builder = Builder { vm, heap: &heap };
    let mut parts = vec![
        Term::atom(atoms::TRACE_TS),
        builder.term(event.subject()),
        builder.atom(event.kind().tag()),
    ];
    parts.extend((0..event.kind().payload()).map(|at| builder.term(event.payload(at))));
    parts.extend(event.extra().map(|extra| builder.term(extra)));
    let (seconds, micros) = (
        event.header.wall_us.div_euclid(1_000_000),
        event.header.wall_us.rem_euclid(1_000_000),
    );
    parts.push(heap.tuple(&[
        heap.int(seconds / 1_000_000),
        heap.int(seconds % 1_000_000),
        heap.int(micros),
    ]));
    let trace = heap.tuple(&parts);
    OwnedTerm::new(heap.tuple(&[
        Term::atom(atoms::TRACE_EVENT),
        heap.uint(u64::from(session)),
        trace,
    ]))
}

struct Builder<'b> {
    vm: &'b Vm,
    heap: &'b Heap,
}

impl<'b> Builder<'b> {
    /// Captures are at most [`Limits::MAX_DEPTH`](transom_tracer::capture::Limits::MAX_DEPTH) deep, so recursion is bounded.
    fn term<V: View>(&self, view: V) -> Term<'b> {
        match view.shape() {
            Shape::Small(value) => self.heap.int(value),
            Shape::Float(value) => self.heap.float(value),
            Shape::Nil => Term::NIL,
            Shape::Big => self.big(&view.digits(10)),
            Shape::Atom(text) => self.atom(&text),
            Shape::Opaque(text) => match super::world::parse_pid(&text) {
                Some(pid) => Term::pid(pid),
                None => self.heap.binary(text.as_bytes()),
            },
            Shape::Cut(text) => self
                .heap
                .tuple(&[Term::atom(atoms::CUT), self.heap.binary(text.as_bytes())]),
            Shape::Bits { bytes, bits, cut } => {
                let bits_term = self.heap.bitstring(&bytes, bits);
                match cut {
                    0 => bits_term,
                    more => self.heap.tuple(&[
                        Term::atom(atoms::CUT),
                        bits_term,
                        self.heap.uint(bytes.len() as u64 + more),
                    ]),
                }
            }
            Shape::Cons(..) => self.list(view),
            Shape::Tuple(size) => {
                let elements: Vec<Term<'b>> =
                    (0..size).map(|at| self.term(view.element(at))).collect();
                self.heap.tuple(&elements)
            }
            Shape::Map(_) => {
                let pairs: Vec<(Term<'b>, Term<'b>)> = view
                    .pairs(MapOrder::Internal)
                    .into_iter()
                    .map(|(key, value)| (self.term(key), self.term(value)))
                    .collect();
                self.heap.map_from_pairs(&pairs)
            }
        }
    }

    fn list<V: View>(&self, mut view: V) -> Term<'b> {
        let mut elements = Vec::new();
        loop {
            match view.shape() {
                Shape::Cons(head, tail) => {
                    elements.push(self.term(head));
                    view = tail;
                }
                Shape::Nil => return self.heap.list(&elements),
                _ => {
                    let tail = self.term(view);
                    return self.heap.list_with_tail(&elements, tail);
                }
            }
        }
    }

    /// An atom that was captured exists; the table can only be full for a mark of our own.
    fn atom(&self, text: &str) -> Term<'b> {
        match self.vm.atoms().intern(text) {
            Ok(atom) => Term::atom(atom),
            Err(_) => self.heap.binary(text.as_bytes()),
        }
    }

    fn big(&self, digits: &str) -> Term<'b> {
        match self.heap.int_parse(digits.as_bytes(), 10) {
            Some(Ok(number)) => number,
            Some(Err(_)) | None => self.heap.binary(digits.as_bytes()),
        }
    }
}
