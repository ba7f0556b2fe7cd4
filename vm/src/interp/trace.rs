//! Calls that reach a trace point.
//!
//! The word of a traced entry (or of the stub that an export cell points to) carries the number of a slot (see [`crate::trace::Slots`]). A process without
//! trace flags goes on with the original word at once, unless the point wants every call.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use transom_tracer::event::Kind;

use super::frame::Frame;
use super::machine::Machine;
use super::trace_return::{self, Wanted, kinds};
use crate::atoms;
use crate::bifs::Cx;
use crate::heap::{ObjKind, Term, Word, size_words};
use crate::process::body::Mfa;
use crate::process::{ProcessBody, whereabouts};
use crate::trace::aggregation::{self, Aggregation, By, Of, function_bytes, version_bytes};
use crate::trace::emit::{apply, deliver};
use crate::trace::event::{Event, Payload};
use crate::trace::gates::{EVALUATED, Passage};
use crate::trace::patterns::{Calls, Entry, Point};
use crate::trace::session::{LEGACY, Session};
use crate::trace::specs::{self, Surroundings, Verdict};
use crate::trace::{Scope, Spec, flags, processes, scope, slots};

pub(super) use crate::trace::slots::COUNTED;
use crate::trace::slots::Slot;

/// A call reached a trace point: reports it if anybody wants it, and answers the word to run in its place.
#[inline(never)]
pub(super) fn traced(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> u64 {
    let vm = m.vm;
    let slot = Frame::trace_slot(vm, w);
    let flags = slot.flags();
    if flags & COUNTED != 0 {
        slot.count();
    }
    let wanted = flags & slots::ALWAYS != 0 || m.body.trace_flags.get() & flags::CALL != 0;
    if wanted && !shut(m, slot, m.body.call_session.get()) {
        let passage = Passage {
            slot,
            watch: slot.watch(),
        };
        slot.read(|point| {
            if let Some(point) = point
                && !is_unwanted(m, f, point)
            {
                super::binaries::settle(m, f, usize::from(point.mfa.arity), false);
                reached(m, f, point, passage);
            }
        });
    }
    let original = slot.original();
    if flags & slots::STUB != 0 {
        f.go(original);
        return f.fetch();
    }
    original
}

/// Is the slot's gate closed to this process? Then the call is counted, and nothing else happens. The first call of a slice goes to the limiter in any case,
/// so that it knows who calls: a gate counts for nobody.
#[inline(always)]
fn shut(m: &Machine<'_>, slot: &Slot, session: u32) -> bool {
    if session == 0 {
        return false;
    }
    let (by, until_ms) = m.shut.get();
    let own = session & !EVALUATED;
    if by != own && slot.watch() >> 32 == u64::from(session) {
        m.shut.set((own, 0));
        return false;
    }
    let process_until_ms = if by == own { until_ms } else { 0 };
    slot.shut(session, m.lane, m.vm.tracing.now_ms(m.vm), process_until_ms)
}

/// Asks every session that has something on the function.
fn reached(m: &mut Machine<'_>, f: &mut Frame, point: &Point, passage: Passage<'_>) {
    let mut wanted = Wanted::default();
    let mut spilled = false;
    for entry in &point.entries {
        if !entry.session.is_live() {
            continue;
        }
        if let Some(counter) = &entry.pattern.count
            && !point.counted
            && !counter.paused.load(Ordering::Relaxed)
        {
            counter.calls.fetch_add(1, Ordering::Relaxed);
        }
        let p = &entry.pattern;
        if p.calls.is_none() && p.meta.is_none() && p.time.is_none() && p.memory.is_none() {
            continue;
        }
        if !spilled {
            f.spill(&m.body.heap);
            spilled = true;
        }
        for_session(m, f, point, entry, passage, &mut wanted);
    }
    if !spilled {
        return;
    }
    m.after_allocation(f);
    if !wanted.is_empty() {
        trace_return::push(m, f, point.slot, point.mfa, wanted);
        m.after_allocation(f);
    }
}

/// The flags of the running process that matter to calls: of the only session that traces its calls the process knows them at hand; for others its settings
/// are looked at, which lie further away.
fn flags_of(m: &Machine<'_>, session: u32) -> u32 {
    match m.body.call_session.get() {
        only if only == session && only != LEGACY => flags::CALL,
        _ => processes::bits_of(m.body, session),
    }
}

/// Is it sure that nobody wants this call? Where the only entry wants events of calls and nothing else, the heads of its specification are looked at before
/// anything is made ready; what a call brings along whatever they say is `return_to`.
fn is_unwanted(m: &Machine<'_>, f: &Frame, point: &Point) -> bool {
    let Some(spec) = point.sieve() else {
        return false;
    };
    // A match context is no term yet.
    let term = |at: usize| {
        let w = f.x(at as u16);
        (!Frame::is_kind(w, ObjKind::MatchCtx)).then(|| Frame::term(&m.body.heap, w))
    };
    !spec.could_take(usize::from(point.mfa.arity), term)
        && flags_of(m, point.entries[0].session.id) & flags::RETURN_TO == 0
}

fn for_session(
    m: &Machine<'_>,
    f: &Frame,
    point: &Point,
    entry: &Entry,
    passage: Passage<'_>,
    wanted: &mut Wanted,
) {
    let id = entry.session.id;
    if let Some((tracer, spec)) = &entry.pattern.meta
        && tracer.pid() != Some(m.body.pid)
    {
        let row = f.args(&m.body.heap, usize::from(point.mfa.arity));
        if let Some(verdict) = run(m, spec, row) {
            if !verdict.hidden {
                let event = call_event(m, point, 0, row, &verdict);
                deliver(m.vm, tracer, flags::TIMESTAMP, &event);
            }
            wanted.add(id, returns(&verdict), kinds::META);
        }
    }
    let bits = flags_of(m, id);
    if bits & flags::CALL == 0 {
        return;
    }
    let mut more = 0;
    if entry.pattern.time.is_some() {
        more |= kinds::TIME;
    }
    if entry.pattern.memory.is_some() {
        more |= kinds::MEMORY;
    }
    if let Some(calls) = &entry.pattern.calls
        && ((calls.scope == Scope::Local) != point.global
            || calls.scope == Scope::Local && is_bif(m, point.mfa))
    {
        more |= call(m, f, point, entry, calls, passage, wanted);
        if calls.scope == Scope::Local && bits & flags::RETURN_TO != 0 {
            more |= kinds::RETURN_TO;
        }
    }
    wanted.add(id, more, 0);
}

/// The only trace point of a built-in function is its cell.
fn is_bif(m: &Machine<'_>, mfa: Mfa) -> bool {
    let cell = m.vm.code().cells().get(mfa.module, mfa.function, mfa.arity);
    cell.is_some_and(|cell| cell.bif.is_some())
}

fn returns(verdict: &Verdict) -> i64 {
    let exceptions = if verdict.exceptions {
        kinds::EXCEPTION
    } else {
        0
    };
    exceptions | if verdict.returns { kinds::RETURN } else { 0 }
}

fn run(m: &Machine<'_>, spec: &Spec, row: &[Term<'_>]) -> Option<Verdict> {
    match &spec.spec {
        Some(spec) => specs::run(m.vm, m.body, spec, row, &Calling(m)),
        None => Some(Verdict::default()),
    }
}

fn call_event<'a, 'h>(
    m: &'h Machine<'_>,
    point: &Point,
    label: u32,
    row: &'a [Term<'h>],
    verdict: &Verdict,
) -> Event<'a, 'h> {
    let mut event = Event::of(m.body.pid, Kind::Call, Payload::Call(point.mfa, row));
    event.extra = verdict.shown.map(|w| Frame::term(&m.body.heap, w));
    event.pattern = label;
    event.version = point.version;
    event
}

/// The call of a process that one session traces; answers what the session wants of its end. In a session with a scope only calls that belong to
/// a request are looked at, or begin one.
fn call(
    m: &Machine<'_>,
    f: &Frame,
    point: &Point,
    entry: &Entry,
    calls: &Calls,
    passage: Passage<'_>,
    wanted: &mut Wanted,
) -> i64 {
    let session = &entry.session;
    let scoped = session.scope.is_on();
    let mut request = if scoped {
        scope::request(m.body, session.id)
    } else {
        0
    };
    if scoped && request == 0 && !calls.enters {
        return 0;
    }
    let row = f.args(&m.body.heap, usize::from(point.mfa.arity));
    let Some(verdict) = run(m, &calls.spec, row) else {
        return 0;
    };
    // What the specification turns off holds from the next call on, silence and time stamps for this one too.
    let tracer = processes::of(m.body, session.id);
    apply(m.vm, m.body, session, &verdict);
    let bits = processes::bits_of(m.body, session.id);
    if bits & flags::SILENT != 0 {
        return 0;
    }
    if bits & flags::CALL == 0 {
        if let Some((_, tracer)) = tracer.filter(|_| !verdict.hidden) {
            let event = call_event(m, point, calls.label, row, &verdict);
            deliver(m.vm, &tracer, bits, &event);
        }
        return 0;
    }
    // A scope may have been given to the session since the gate was looked at: its calls are not the gate's to suppress.
    if !scoped
        && !verdict.hidden
        && passage.watch >> 32 == u64::from(session.id | EVALUATED)
        && shut(m, passage.slot, session.id | EVALUATED)
    {
        return returns(&verdict);
    }
    let mut begins = 0;
    if scoped && request == 0 {
        request = scope::enter(m.body, session);
        begins = kinds::SCOPE;
    }
    begins
        | matched(
            m,
            point,
            session,
            calls,
            row,
            &verdict,
            (bits, request),
            passage,
            wanted,
        )
}

/// A call that a session shows, counts or holds.
fn matched<'h>(
    m: &'h Machine<'_>,
    point: &Point,
    session: &Arc<Session>,
    calls: &Calls,
    row: &[Term<'h>],
    verdict: &Verdict,
    (bits, request): (u32, u64),
    passage: Passage<'_>,
    wanted: &mut Wanted,
) -> i64 {
    if let Some(aggregation) = &calls.aggregation {
        return aggregate(m, point, session.id, aggregation, row, verdict, wanted);
    }
    let mut ends = returns(verdict) | recorded(m, session, point);
    if calls.enters {
        ends |= kinds::RETURN | kinds::EXCEPTION;
    }
    let mut event = call_event(m, point, calls.label, row, verdict);
    event.ends = ends != 0;
    event.request = request;
    if calls.outcome.is_some() {
        let Some(sink) = session.sink() else { return 0 };
        sink.held(m.lane, 1);
        // The terms stay where they are until the end is known: most calls are forgotten then.
        let heap = &m.body.heap;
        let version = heap.int(i64::from(point.version));
        let call = match event.extra {
            Some(extra) => heap.tuple(&[version, extra]),
            None => version,
        };
        wanted.keep(session.id, kinds::HELD, heap.list(row).raw(), call.raw());
        return kinds::HELD;
    }
    if !verdict.hidden {
        let there = match session.sink() {
            Some(sink) => {
                if let Some(until_ms) = sink.call(m.vm, bits, &event, passage) {
                    m.shut.set((session.id, until_ms));
                }
                true
            }
            None => processes::of(m.body, session.id)
                .is_some_and(|(bits, tracer)| deliver(m.vm, &tracer, bits, &event)),
        };
        if !there {
            processes::forget(m.body, session.id, None);
            return 0;
        }
    }
    ends
}

/// What the flight recorder of a session wants of the end of calls.
fn recorded(m: &Machine<'_>, session: &Session, point: &Point) -> i64 {
    let recording = session.sink().and_then(|s| s.recording.as_ref());
    let (returns, exceptions) = recording.map_or((false, false), |r| r.wants_end(m.vm, point.mfa));
    let returns = if returns { kinds::RETURN } else { 0 };
    returns | if exceptions { kinds::EXCEPTION } else { 0 }
}

/// Adds the call to an aggregate, or has its end waited for.
fn aggregate(
    m: &Machine<'_>,
    point: &Point,
    session: u32,
    aggregation: &Aggregation,
    row: &[Term<'_>],
    verdict: &Verdict,
    wanted: &mut Wanted,
) -> i64 {
    let (mut said, mut number) = (None, None);
    if aggregation.by == By::Message || aggregation.of == Of::Message {
        let Some(message) = verdict.shown.filter(|_| !verdict.hidden) else {
            return 0;
        };
        let message = Frame::term(&m.body.heap, message);
        let Some((key, value)) = aggregation.of_message(message) else {
            return 0;
        };
        said = key.map(|key| aggregation::term_bytes(m.vm, key));
        number = value;
    }
    let value = match aggregation.of {
        Of::Calls => 1,
        Of::Message => number.unwrap_or(0),
        Of::Size(at) => size(row, at),
        Of::Duration => {
            if let Some(key) = said {
                let key = m.body.heap.binary(&key).raw();
                wanted.keep(session, kinds::AGGREGATE, Term::NIL.raw(), key);
            }
            return kinds::AGGREGATE;
        }
    };
    match said {
        Some(key) => aggregation.add(m.vm, &key, value),
        None => aggregation.add(m.vm, &key(m, aggregation.by, point), value),
    }
    0
}

/// Bytes of the arguments, or of one of them: of a binary its own, of any other term those that a copy takes on a heap.
fn size(row: &[Term<'_>], at: Option<u8>) -> u64 {
    let of = |t: &Term<'_>| match t.as_binary() {
        Some(bytes) => bytes.len() as u64,
        None => 8 * (1 + size_words(*t)) as u64,
    };
    match at {
        Some(at) => row.get(usize::from(at)).map_or(0, of),
        None => row.iter().map(of).sum(),
    }
}

/// The key that an aggregate keeps this call under, unless the specification says it.
pub(super) fn key(m: &Machine<'_>, by: By, point: &Point) -> smallvec::SmallVec<[u8; 16]> {
    match by {
        By::Message => smallvec::SmallVec::new(),
        By::Function => smallvec::SmallVec::from_slice(&function_bytes(point.mfa)),
        By::Version => {
            // At an export cell it is the current one.
            let version = match point.version {
                0 => {
                    m.vm.code()
                        .current(point.mfa.module)
                        .map_or(0, |i| i.version)
                }
                version => version,
            };
            smallvec::SmallVec::from_slice(&version_bytes(point.mfa, version))
        }
        By::Process => {
            let mut key = smallvec::SmallVec::from_slice(&m.body.pid.slot().to_le_bytes());
            key.extend_from_slice(&m.body.pid.serial().to_le_bytes());
            key
        }
        By::Caller => match caller_mfa(m) {
            Some(caller) => smallvec::SmallVec::from_slice(&function_bytes(caller)),
            None => smallvec::SmallVec::new(),
        },
    }
}

/// The return address into the calling function: trace records lie between.
fn return_target(m: &Machine<'_>) -> Option<u64> {
    let trampoline = m.vm.tracing.trampoline();
    let stack = m.body.heap.stack();
    stack
        .iter()
        .filter(|w| w.is_return_address())
        .map(|w| w.return_target())
        .find(|t| *t != trampoline)
}

/// The function that called; what goes on when the traced one returns.
pub(super) fn caller_mfa(m: &Machine<'_>) -> Option<Mfa> {
    function_at(m, return_target(m)?)
}

/// The function a return address leads into.
pub(super) fn function_at(m: &Machine<'_>, target: u64) -> Option<Mfa> {
    let (instance, place) = m.vm.code().locate(target - 8)?;
    let function = &instance.functions[place.function];
    Some(Mfa {
        module: instance.module,
        function: function.name,
        arity: function.arity,
    })
}

/// What a specification may ask in the middle of a call.
struct Calling<'a, 's>(&'a Machine<'s>);

impl Surroundings for Calling<'_, '_> {
    fn caller<'h>(&self, cx: &Cx<'h>, line: bool) -> Option<Term<'h>> {
        let m = self.0;
        let heap = cx.heap();
        let (instance, place) = m.vm.code().locate(return_target(m)? - 8)?;
        let function = &instance.functions[place.function];
        let mfa = [
            Term::atom(instance.module),
            Term::atom(function.name),
            heap.int(i64::from(function.arity)),
        ];
        if !line {
            return Some(heap.tuple(&mfa));
        }
        let Some((file, line)) = place.line else {
            return Some(heap.tuple(&[mfa[0], mfa[1], mfa[2], Term::atom(atoms::UNDEFINED)]));
        };
        let place = heap.tuple(&[heap.string(&file), heap.int(i64::from(line))]);
        Some(heap.tuple(&[mfa[0], mfa[1], mfa[2], place]))
    }

    fn stacktrace<'h>(&self, cx: &Cx<'h>, depth: usize) -> Term<'h> {
        let frames = callers(self.0, self.0.body, depth);
        let places: Vec<Term<'h>> = frames.iter().map(|f| f.location(cx.heap())).collect();
        cx.heap().list(&places)
    }

    fn dump(&self, _: &Cx<'_>) -> String {
        whereabouts::dump(self.0.vm, self.0.body)
    }
}

/// The frames above the called function, whose own position is not on the stack yet.
fn callers(m: &Machine<'_>, body: &ProcessBody, depth: usize) -> Vec<whereabouts::CodePlace> {
    let trampoline = m.vm.tracing.trampoline();
    body.heap
        .stack()
        .iter()
        .filter(|w| w.is_return_address() && w.return_target() != trampoline)
        .filter_map(|w| whereabouts::locate(m.vm, w.return_target() - 8))
        .take(depth)
        .collect()
}

/// A word of a record as the term it is.
pub(super) fn term_at<'h>(m: &'h Machine<'_>, w: Word) -> Term<'h> {
    Frame::term(&m.body.heap, w)
}

/// A session that is still there, with what it has on a function.
pub(super) fn live_entry(point: Option<&Point>, mfa: Mfa, session: u32) -> Option<&Entry> {
    let point = point.filter(|p| p.mfa == mfa)?;
    point
        .entries
        .iter()
        .find(|e| e.session.id == session && !e.session.is_ended())
}

/// The same, to keep.
pub(super) fn entry_of(point: Option<&Point>, mfa: Mfa, session: u32) -> Option<Entry> {
    live_entry(point, mfa, session).cloned()
}
