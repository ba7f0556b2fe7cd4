//! The way back out of traced calls.
//!
//! A traced function whose end somebody wants gets three words under its frame, which the collector and the stack walkers read like any others:
//!
//! ```text
//!   before the call's first instruction        with a record
//!   | return address of the caller |            | return address of LOp::TraceReturn                             |
//!                                               | how many calls it stands for                                   |
//!                                               | {M, F, Arity, Slot, Started, Previous, [what each session wants]} |
//!                                               | return address of the caller                                   |
//! ```
//! So tail calls stay tail calls: a function that a traced one calls in a tail finds that record on top and adds its own. Repeated calls of one function
//! are counted in the record that is there, up to [`DISTINCT`] different functions in one chain; those beyond have no record. A return goes through
//! `TraceReturn` once for each record; an exception finds the records between itself and its handler.

use smallvec::SmallVec;
use transom_tracer::event::Kind;

use super::frame::Frame;
use super::machine::{Flow, Machine};
use super::trace::{caller_mfa, entry_of, function_at, key, live_entry, term_at};
use super::trace_time::{push_timed, switch, timed_at, timed_ended};
use crate::atoms;
use crate::bifs::{Class, Cx};
use crate::heap::{Term, Word};
use crate::process::body::{Mfa, Timing};
use crate::trace::emit::{self, deliver};
use crate::trace::event::{Event, Payload};
use crate::trace::patterns::{Calls, Entry};
use crate::trace::sink::Sink;
use crate::trace::{flags, processes, scope};

/// What a session wants of the end of a call.
pub(super) mod kinds {
    pub const RETURN: i64 = 1;
    pub const EXCEPTION: i64 = 2;
    pub const RETURN_TO: i64 = 4;
    /// To the tracer of a meta pattern.
    pub const META: i64 = 8;
    pub const TIME: i64 = 16;
    pub const MEMORY: i64 = 32;
    /// The call is shown or forgotten now.
    pub const HELD: i64 = 64;
    pub const AGGREGATE: i64 = 128;
    /// A request of a scoped session ends with the call.
    pub const SCOPE: i64 = 256;
}

/// Records of different functions under one return.
pub(super) const DISTINCT: usize = 64;
/// Words of a record on the stack.
pub(super) const WORDS: usize = 3;

/// What all sessions together want.
#[derive(Default)]
pub(super) struct Wanted {
    each: SmallVec<[(u32, i64, Word, Word); 2]>,
}

impl Wanted {
    pub(super) fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// One session's kinds. `with` is added only if there are others.
    pub(super) fn add(&mut self, session: u32, kinds: i64, with: i64) {
        if kinds == 0 {
            return;
        }
        let of_meta = with & kinds::META;
        match self
            .each
            .iter_mut()
            .find(|w| w.0 == session && w.1 & kinds::META == of_meta)
        {
            Some(wanted) => wanted.1 |= kinds | with,
            None => self
                .each
                .push((session, kinds | with, Word::NIL, Word::NIL)),
        }
    }

    /// With terms that are wanted at the end: of a held call its arguments and what else shows it, of a timed one the key of its time.
    pub(super) fn keep(&mut self, session: u32, kinds: i64, args: Word, call: Word) {
        self.each.push((session, kinds, args, call));
    }

    /// No end of this call will be seen: requests that it began end at once.
    fn end_requests(&self, m: &Machine<'_>) {
        for wanted in self.each.iter().filter(|w| w.1 & kinds::SCOPE != 0) {
            scope::leave(m.body, wanted.0);
        }
    }

    fn kinds(&self) -> i64 {
        self.each.iter().fold(0, |all, w| all | w.1)
    }
}

/// The record on top of the stack at word `at`, if there is one.
fn record_at(m: &Machine<'_>, at: usize) -> Option<(i64, Record)> {
    let trampoline = m.vm.tracing.trampoline();
    match m.body.heap.stack().get(at..at + WORDS) {
        Some([to, count, record])
            if to.is_return_address() && to.return_target() == trampoline && count.is_small() =>
        {
            Some((count.small_value(), Record::of(term_at(m, *record))?))
        }
        Some(_) | None => None,
    }
}

/// Does one of the records on top of the stack report an end?
fn reports_below(m: &Machine<'_>) -> bool {
    let mut at = 0;
    while timed_at(m, at).is_some() {
        at += WORDS;
    }
    record_at(m, at).is_some()
}

/// Puts a record under the function that is about to begin, or counts the call in the one that is there.
pub(super) fn push(m: &mut Machine<'_>, f: &mut Frame, slot: u32, mfa: Mfa, wanted: Wanted) {
    f.spill(&m.body.heap);
    let now = m.vm.clock.since_start_ns();
    let all = wanted.kinds();
    if all & !(kinds::TIME | kinds::MEMORY) == 0 {
        return push_timed(m, f, slot, mfa, now);
    }
    let mut at = 0;
    loop {
        if timed_at(m, at * WORDS).is_none() {
            let Some((count, record)) = record_at(m, at * WORDS) else {
                break;
            };
            if record.mfa == mfa && record.wants == all {
                if all & (kinds::TIME | kinds::MEMORY) != 0 {
                    switch(m, Some(mfa), slot, now, 1);
                }
                f.set_y((at * WORDS + 1) as u16, Word::small(count + 1));
                return;
            }
        }
        at += 1;
        if at == DISTINCT {
            wanted.end_requests(m);
            return;
        }
    }
    let previous = if all & (kinds::TIME | kinds::MEMORY) != 0 {
        switch(m, Some(mfa), slot, now, 1)
    } else {
        None
    };
    let record = build(m, mfa, slot, now, &wanted, previous);
    f.reload(&m.body.heap);
    // The register behind the arguments keeps the record while room is made.
    f.set_x(u16::from(mfa.arity), record);
    if !f.room(WORDS + 1) && m.collect(f, WORDS + 1, usize::from(mfa.arity) + 1) == Flow::Stop {
        return;
    }
    let record = f.x(u16::from(mfa.arity));
    f.push(record);
    f.push(Word::small(1));
    f.push(Word::return_address(m.vm.tracing.trampoline()));
    f.spill(&m.body.heap);
    // Words of the record are not the function's.
    if all & kinds::MEMORY != 0 {
        let words = m.body.heap.allocated_words();
        m.body.if_extra(|extra| {
            if let Some(timing) = &mut extra.timing {
                timing.since_words = words;
            }
        });
    }
}

/// The record's tuple.
fn build(
    m: &Machine<'_>,
    mfa: Mfa,
    slot: u32,
    now: i64,
    wanted: &Wanted,
    previous: Option<Timing>,
) -> Word {
    let heap = &m.body.heap;
    let rows: SmallVec<[Term<'_>; 4]> = wanted
        .each
        .iter()
        .map(|(session, kinds, args, call)| {
            heap.tuple(&[
                heap.int(i64::from(*session)),
                heap.int(*kinds),
                term_at(m, *args),
                term_at(m, *call),
            ])
        })
        .collect();
    let previous = previous.map_or(Term::NIL, |p| {
        heap.tuple(&[
            Term::atom(p.mfa.module),
            Term::atom(p.mfa.function),
            heap.int(i64::from(p.mfa.arity)),
            heap.int(i64::from(p.slot)),
        ])
    });
    heap.tuple(&[
        Term::atom(mfa.module),
        Term::atom(mfa.function),
        heap.int(i64::from(mfa.arity)),
        heap.int(i64::from(slot)),
        heap.int(now),
        previous,
        heap.list(&rows),
    ])
    .raw()
}

/// A record taken apart.
struct Record {
    mfa: Mfa,
    slot: u32,
    started: i64,
    wants: i64,
    previous: Option<(Mfa, u32)>,
    each: SmallVec<[(u32, i64, Word, Word); 2]>,
}

impl Record {
    fn of(t: Term<'_>) -> Option<Record> {
        let t = t.as_tuple().filter(|t| t.len() == 7)?;
        let number = |i: usize| t.get(i).and_then(|n| n.as_small());
        let each: SmallVec<[(u32, i64, Word, Word); 2]> = t
            .get(6)?
            .iter_list()
            .filter_map(|row| {
                let row = row.as_tuple()?;
                Some((
                    row.get(0)?.as_small()? as u32,
                    row.get(1)?.as_small()?,
                    row.get(2)?.raw(),
                    row.get(3)?.raw(),
                ))
            })
            .collect();
        let previous = t.get(5)?.as_tuple().and_then(|p| {
            let mfa = Mfa {
                module: p.get(0)?.as_atom()?,
                function: p.get(1)?.as_atom()?,
                arity: p.get(2)?.as_small()? as u8,
            };
            Some((mfa, p.get(3)?.as_small()? as u32))
        });
        Some(Record {
            mfa: Mfa {
                module: t.get(0)?.as_atom()?,
                function: t.get(1)?.as_atom()?,
                arity: number(2)? as u8,
            },
            slot: number(3)? as u32,
            started: number(4)?,
            wants: each.iter().fold(0, |all, w| all | w.1),
            previous,
            each,
        })
    }
}

/// How a call ended.
#[derive(Clone, Copy)]
enum End {
    Value(Word),
    Raised(Class, Word),
}

/// A traced function has returned with `x0`: reports it and goes on in the caller.
#[cold]
#[inline(never)]
pub(super) fn trace_return(m: &mut Machine<'_>, f: &mut Frame) {
    let count = f.pop();
    let record = f.pop();
    f.spill(&m.body.heap);
    if record.is_small() {
        timed_ended(m, record.small_value());
        return super::control::ret(f);
    }
    if let Some(record) = Record::of(term_at(m, record)) {
        ended(m, &record, count.small_value(), End::Value(f.x(0)));
        let last = !reports_below(m);
        if last && record.wants & kinds::RETURN_TO != 0 {
            returned_to(m, caller_mfa(m));
        }
    }
    m.after_allocation(f);
    super::control::ret(f);
}

fn returned_to(m: &Machine<'_>, to: Option<Mfa>) {
    let none = Term::atom(atoms::UNDEFINED);
    let event = Event::of(m.body.pid, Kind::ReturnTo, Payload::Place(to, none));
    emit::emit(m.vm, m.body, flags::RETURN_TO, &event);
}

/// Reports the end of `count` calls of one function.
fn ended(m: &Machine<'_>, record: &Record, count: i64, end: End) {
    let now = m.vm.clock.since_start_ns();
    if record.wants & (kinds::TIME | kinds::MEMORY) != 0 {
        let previous = record.previous;
        let slot = previous.map_or(0, |p| p.1);
        switch(m, previous.map(|p| p.0), slot, now, 0);
    }
    for (session, wants, args, call) in &record.each {
        if wants & (kinds::HELD | kinds::AGGREGATE) != 0 {
            let ns = (now - record.started).max(0) as u64;
            outcome(m, record, *session, *wants, (*args, *call), ns, end);
        } else {
            shown(m, record, (*session, *wants), count, now, end);
        }
        if wants & kinds::SCOPE != 0 {
            scope::leave(m.body, *session);
        }
    }
}

/// Shows the end of `count` calls to one session, if it wants that kind of end.
fn shown(
    m: &Machine<'_>,
    record: &Record,
    (session, wants): (u32, i64),
    count: i64,
    now: i64,
    end: End,
) {
    let kind = match end {
        End::Value(_) => kinds::RETURN,
        End::Raised(..) => kinds::EXCEPTION,
    };
    if wants & kind == 0 {
        return;
    }
    let mut event = end_event(m, record.mfa, end);
    event.request = scope::request(m.body, session);
    for _ in 0..count {
        if wants & kinds::META != 0 {
            meta(m, record, session, &event);
        } else if let Some((bits, tracer)) = processes::of(m.body, session)
            && bits & flags::CALL != 0
            && bits & flags::SILENT == 0
        {
            if !deliver(m.vm, &tracer, bits, &event) {
                processes::forget(m.body, session, None);
            }
            if let Some(recording) = tracer.recording() {
                recording.call_took((now - record.started).max(0) as u64);
            }
        }
    }
}

fn end_event<'h>(m: &'h Machine<'_>, mfa: Mfa, end: End) -> Event<'h, 'h> {
    let (kind, payload) = match end {
        End::Value(value) => (Kind::ReturnFrom, Payload::Value(mfa, term_at(m, value))),
        End::Raised(class, reason) => (
            Kind::ExceptionFrom,
            Payload::Exception(mfa, class.atom(), term_at(m, reason)),
        ),
    };
    Event::of(m.body.pid, kind, payload)
}

fn meta(m: &Machine<'_>, record: &Record, session: u32, event: &Event<'_, '_>) {
    let slots = &m.vm.tracing.patterns.slots;
    let entry = slots.read(record.slot, |point| entry_of(point, record.mfa, session));
    if let Some((tracer, _)) = entry.and_then(|e| e.pattern.meta) {
        deliver(m.vm, &tracer, flags::TIMESTAMP, event);
    }
}

/// A call whose end was waited for: shown or forgotten, or counted.
fn outcome(
    m: &Machine<'_>,
    record: &Record,
    session: u32,
    wants: i64,
    kept: (Word, Word),
    ns: u64,
    end: End,
) {
    m.vm.tracing.patterns.slots.read(record.slot, |point| {
        let (Some(point), Some(entry)) = (point, live_entry(point, record.mfa, session)) else {
            return;
        };
        let Some(calls) = &entry.pattern.calls else {
            return;
        };
        if wants & kinds::AGGREGATE == 0 {
            return held(m, record, entry, calls, kept, ns, end);
        }
        if let Some(aggregation) = &calls.aggregation {
            match term_at(m, kept.1).as_binary() {
                Some(said) => aggregation.add(m.vm, &said, ns),
                None => aggregation.add(m.vm, &key(m, aggregation.by, point), ns),
            }
        }
    });
}

/// The outcome of a held call: it is shown with its end, or both are forgotten. Kept are its arguments, and the version of the module, in a tuple with
/// what its specification said if it said anything.
fn held(
    m: &Machine<'_>,
    record: &Record,
    entry: &Entry,
    calls: &Calls,
    (args, call): (Word, Word),
    ns: u64,
    end: End,
) {
    let (Some(outcome), Some(sink)) = (&calls.outcome, entry.session.sink()) else {
        return;
    };
    sink.held(m.lane, -1);
    let left = std::cell::Cell::new(0);
    let cx = Cx::new(&m.body.heap, m.body, m.vm, &left);
    let args = term_at(m, args);
    let value = match end {
        End::Value(value) => Some(term_at(m, value)),
        End::Raised(..) => None,
    };
    if !outcome.holds(&cx, Some(args), value, ns) {
        return sink.forget(m.vm, Sink::key(record.mfa, m.body.pid));
    }
    let session = entry.session.id;
    let bits = processes::of(m.body, session).map_or(0, |(bits, _)| bits);
    let mut event = end_event(m, record.mfa, end);
    event.request = scope::request(m.body, session);
    event.pattern = calls.label;
    let row: SmallVec<[Term<'_>; 8]> = args.iter_list().collect();
    let mut begin = Event::of(m.body.pid, Kind::Call, Payload::Call(record.mfa, &row));
    begin.request = event.request;
    begin.pattern = calls.label;
    begin.ends = true;
    let call = term_at(m, call);
    let parts = call.as_tuple();
    begin.extra = parts.and_then(|t| t.get(1));
    let version = parts.and_then(|t| t.get(0)).unwrap_or(call);
    begin.version = version.as_small().map_or(0, |version| version as u32);
    sink.release(m.vm, (&begin, record.started), bits, &event);
}

/// An exception leaves every traced function whose record lies in the first `words` words of the stack; `handler` is where it goes on.
#[cold]
pub(super) fn unwound(
    m: &Machine<'_>,
    words: usize,
    class: Class,
    reason: Word,
    handler: Option<u64>,
) {
    let words = words.min(m.body.heap.stack().len());
    let mut at = 0;
    let mut back = false;
    while at < words {
        if let Some(word) = timed_at(m, at) {
            timed_ended(m, word);
            at += WORDS;
            continue;
        }
        match record_at(m, at) {
            Some((count, record)) => {
                ended(m, &record, count, End::Raised(class, reason));
                back |= record.wants & kinds::RETURN_TO != 0;
                at += WORDS;
            }
            None => at += 1,
        }
    }
    if back && let Some(handler) = handler {
        returned_to(m, function_at(m, handler + 8));
    }
}
