//! `erlang:trace_info/2`: what is set on a process or a function.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Pid, Term, Tuple};
use crate::process::Signal;
use crate::process::body::Mfa;
use crate::process::reply::Answer;
use crate::sync::published::Published;
use crate::trace::patterns::Times;
use crate::trace::session::{Filter, Session};
use crate::trace::tracer::Tracer;
use crate::trace::{Pattern, Scope, flags, processes};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "trace_info", 2, trace_info),
    BifRow::new("erts_internal", "trace_info", 3, session_info),
    BifRow::new("erts_internal", "trace_info", ASKED, session_info),
    BifRow::new("erts_internal", "trace_functions", 1, functions),
];

fn trace_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let legacy = Arc::clone(&cx.vm().tracing.legacy);
    in_session(cx, args, &legacy, args[0], args[1])
}

/// `erts_internal:trace_info(Session, What, Item)`.
fn session_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    in_session(cx, args, &session, args[1], args[2])
}

/// Arguments of `erts_internal:trace_info(Session, What, Item, asked)`: the tracer module has been asked.
const ASKED: u8 = 4;

/// `erts_internal:trace_functions(Session)`: `[{M, F, A}]`, the functions that have something of it.
fn functions<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    let heap = cx.heap();
    let found = cx.vm().tracing.patterns.functions(session.id);
    cx.bump(found.len() as i64);
    Ok(heap.list_from(found.into_iter().map(|mfa| {
        heap.tuple(&[
            Term::atom(mfa.module),
            Term::atom(mfa.function),
            heap.int(i64::from(mfa.arity)),
        ])
    })))
}

fn in_session<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    session: &Arc<Session>,
    what: Term<'h>,
    item: Term<'h>,
) -> Result<Term<'h>, Raise<'h>> {
    let item = item.as_atom().ok_or_else(Raise::badarg)?;
    match what.kind() {
        Kind::Pid(pid) => process(cx, args, session.id, pid, item),
        Kind::Atom(atoms::NEW | atoms::NEW_PROCESSES) => {
            flag_item(cx, item, session.new_processes())
        }
        Kind::Atom(atoms::NEW_PORTS) => flag_item(cx, item, session.new_ports()),
        Kind::Port(port) if crate::io::ports::is_open(cx.vm(), port) => {
            flag_item(cx, item, cx.vm().tracing.ports.of(port, session.id))
        }
        Kind::Port(_) => Ok(Term::atom(atoms::UNDEFINED)),
        Kind::Atom(atoms::ON_LOAD) => on_load(cx, session.id, item),
        Kind::Atom(atoms::SEND) => filter(cx, item, &session.send),
        Kind::Atom(atoms::RECEIVE) => filter(cx, item, &session.receive),
        Kind::Tuple(t) if t.len() == 3 => match known_function(cx, t)? {
            Some(mfa) => function(cx, session.id, mfa, item),
            None => Ok(pair(cx, item, Term::atom(atoms::UNDEFINED))),
        },
        _ => Err(Raise::badarg()),
    }
}

fn pair<'h>(cx: &Cx<'h>, item: Atom, value: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(item), value])
}

/// `true`, `false` or the specification for messages.
fn filter<'h>(cx: &Cx<'h>, item: Atom, of: &Published<Filter>) -> Result<Term<'h>, Raise<'h>> {
    if item != atoms::MATCH_SPEC {
        return Err(Raise::badarg());
    }
    let value = match of.read(Filter::clone) {
        Filter::All => Term::TRUE,
        Filter::Nothing => Term::FALSE,
        Filter::Spec(spec) => spec.term.copy_to(cx.heap()),
    };
    Ok(pair(cx, item, value))
}

fn on_load<'h>(cx: &Cx<'h>, session: u32, item: Atom) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let Some(pattern) = cx.vm().tracing.patterns.on_load(session) else {
        return Ok(pair(cx, item, Term::FALSE));
    };
    // There are no counts yet.
    let of = |item: Atom| match item {
        atoms::CALL_COUNT => Some(Term::bool(pattern.count.is_some())),
        atoms::CALL_TIME => Some(Term::bool(pattern.time.is_some())),
        atoms::CALL_MEMORY => Some(Term::bool(pattern.memory.is_some())),
        item => value(cx, &pattern, item),
    };
    if item == atoms::ALL {
        let items = ITEMS.iter().filter(|item| **item != atoms::CALL_TIME);
        let rows = items.filter_map(|item| Some(pair(cx, *item, of(*item)?)));
        return Ok(pair(cx, item, heap.list_from(rows)));
    }
    Ok(pair(cx, item, of(item).ok_or_else(Raise::badarg)?))
}

/// What shows as the tracer.
pub fn tracer_term<'h>(cx: &Cx<'h>, tracer: &Tracer) -> Term<'h> {
    match tracer {
        Tracer::Process(pid, _) => Term::pid(*pid),
        Tracer::Module(module, state, ..) => {
            let state = state.copy_to(cx.heap());
            cx.heap().tuple(&[Term::atom(*module), state])
        }
        Tracer::Port(port) => Term::port(*port),
        Tracer::Sink(sink) => super::numbered(cx, Term::atom(atoms::TRACE_SESSION), sink.session),
    }
}

fn flag_item<'h>(
    cx: &Cx<'h>,
    item: Atom,
    set: Option<(u32, Arc<Tracer>)>,
) -> Result<Term<'h>, Raise<'h>> {
    let value = match item {
        atoms::FLAGS => {
            let bits = set.map_or(0, |(bits, _)| bits);
            let names: Vec<Term<'h>> = flags::names(bits).into_iter().map(Term::atom).collect();
            cx.heap().list(&names)
        }
        atoms::TRACER => set.map_or(Term::NIL, |(_, tracer)| tracer_term(cx, &tracer)),
        _ => return Err(Raise::badarg()),
    };
    Ok(pair(cx, item, value))
}

type Flags = Option<(u32, Arc<Tracer>)>;

fn process<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    session: u32,
    pid: Pid,
    item: Atom,
) -> Result<Term<'h>, Raise<'h>> {
    if pid == cx.process().pid {
        return status_asked(cx, args, pid, item, processes::of(cx.process(), session));
    }
    match cx.process().answer::<Flags>() {
        Answer::Unasked => {
            let reply = cx.process().ask(cx.vm());
            let errand = Signal::Errand(Box::new(move |_, _, body| {
                reply.answer(processes::of(body, session))
            }));
            drop(cx.vm().signal(pid, errand));
            Err(Raise::wait(args))
        }
        Answer::Pending => Err(Raise::wait(args)),
        Answer::Gone => Ok(Term::atom(atoms::UNDEFINED)),
        Answer::Ready(set) => status_asked(cx, args, pid, item, set),
    }
}

/// A tracer module is asked first whether it is to be active any more (see `transom_tracer:status/6`), unless the call says that this was done.
fn status_asked<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    pid: Pid,
    item: Atom,
    set: Option<(u32, Arc<Tracer>)>,
) -> Result<Term<'h>, Raise<'h>> {
    let of_module = set.as_ref().map(|(_, tracer)| &**tracer);
    if let Some(Tracer::Module(module, state, tracer, ..)) = of_module
        && args.len() < usize::from(ASKED)
    {
        let (ours, status) = (cx.atom("transom_tracer")?, cx.atom("status")?);
        let session = match args.len() {
            3 => args[0],
            _ => Term::atom(atoms::DEFAULT),
        };
        let state = state.copy_to(cx.heap());
        let (module, tracer) = (Term::atom(*module), Term::pid(*tracer));
        let args = [
            session,
            Term::pid(pid),
            Term::atom(item),
            module,
            state,
            tracer,
        ];
        return Err(Raise::trap(ours, status, &args));
    }
    flag_item(cx, item, set)
}

fn times<'h>(cx: &Cx<'h>, times: &Times, words: bool) -> Term<'h> {
    let heap = cx.heap();
    let rows: Vec<Term<'h>> = times
        .all()
        .iter()
        .map(|(pid, (calls, ns))| {
            if words {
                let row = [Term::pid(*pid), heap.uint(*calls), heap.uint(*ns)];
                return heap.tuple(&row);
            }
            let micros = (*ns / 1_000) as i64;
            heap.tuple(&[
                Term::pid(*pid),
                heap.int(*calls as i64),
                heap.int(micros / 1_000_000),
                heap.int(micros % 1_000_000),
            ])
        })
        .collect();
    heap.list(&rows)
}

fn value<'h>(cx: &Cx<'h>, pattern: &Pattern, item: Atom) -> Option<Term<'h>> {
    let no = Term::atom(atoms::FALSE);
    let heap = cx.heap();
    Some(match item {
        atoms::TRACED => match &pattern.calls {
            Some(calls) if calls.scope == Scope::Global => Term::atom(atoms::GLOBAL),
            Some(_) => Term::atom(atoms::LOCAL),
            None => no,
        },
        atoms::MATCH_SPEC => pattern
            .calls
            .as_ref()
            .map_or(no, |calls| calls.spec.term.copy_to(heap)),
        atoms::META => pattern
            .meta
            .as_ref()
            .map_or(no, |(tracer, _)| tracer_term(cx, tracer)),
        atoms::META_MATCH_SPEC => {
            let active = pattern.meta.as_ref().map(|(_, spec)| spec);
            let spec = active.or(pattern.meta_lost.as_ref());
            spec.map_or(no, |spec| spec.term.copy_to(heap))
        }
        atoms::CALL_COUNT => pattern
            .count
            .as_ref()
            .map_or(no, |c| heap.int(c.calls.load(Ordering::Relaxed))),
        atoms::CALL_TIME => pattern.time.as_ref().map_or(no, |t| times(cx, t, false)),
        atoms::CALL_MEMORY => pattern.memory.as_ref().map_or(no, |t| times(cx, t, true)),
        _ => return None,
    })
}

const ITEMS: &[Atom] = &[
    atoms::TRACED,
    atoms::MATCH_SPEC,
    atoms::META,
    atoms::META_MATCH_SPEC,
    atoms::CALL_TIME,
    atoms::CALL_COUNT,
];

/// The function that `{M, F, A}` names, if there is one.
pub fn known_function<'h>(cx: &Cx<'h>, t: Tuple<'h>) -> Result<Option<Mfa>, Raise<'h>> {
    let part = |i: usize| t.get(i).and_then(|a| a.as_atom()).ok_or_else(Raise::badarg);
    let (module, function) = (part(0)?, part(1)?);
    let arity = t.get(2).and_then(|a| a.as_small());
    let Ok(arity) = u8::try_from(arity.ok_or_else(Raise::badarg)?) else {
        return Ok(None);
    };
    let code = cx.vm().code();
    // A module of the standard library counts as loaded.
    if code.current(module).is_none() {
        cx.vm().autoload(module);
    }
    let built_in = code.cells().get(module, function, arity);
    let current = code.current(module);
    let is_there = built_in.is_some_and(|cell| cell.bif.is_some())
        || current.is_some_and(|i| i.find(function, arity).is_some());
    Ok(is_there.then_some(Mfa {
        module,
        function,
        arity,
    }))
}

fn function<'h>(cx: &Cx<'h>, session: u32, mfa: Mfa, item: Atom) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let Some(pattern) = cx.vm().tracing.patterns.of(session, mfa) else {
        return Ok(pair(cx, item, Term::FALSE));
    };
    if item == atoms::ALL {
        let rows: Vec<Term<'h>> = ITEMS
            .iter()
            .filter_map(|i| Some(pair(cx, *i, value(cx, &pattern, *i)?)))
            .collect();
        return Ok(pair(cx, item, heap.list(&rows)));
    }
    // As OTP answers, though the manual says `false`.
    let shown = match item {
        atoms::META if pattern.meta.is_none() => Term::NIL,
        item => value(cx, &pattern, item).ok_or_else(Raise::badarg)?,
    };
    Ok(pair(cx, item, shown))
}
