//! `erlang:trace_info/2`: what is set on a process or a function.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Pid, Term};
use crate::process::Signal;
use crate::process::body::Mfa;
use crate::process::reply::Answer;
use crate::trace::patterns::Times;
use crate::trace::{Pattern, Scope, flags};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "trace_info", 2, trace_info)];

fn trace_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let item = args[1].as_atom().ok_or_else(Raise::badarg)?;
    match args[0].kind() {
        Kind::Pid(pid) => process(cx, args, pid, item),
        Kind::Atom(atoms::NEW | atoms::NEW_PROCESSES) => {
            let (bits, tracer) = cx
                .vm()
                .tracing
                .new_processes()
                .map_or((0, None), |(b, t)| (b, Some(t)));
            flag_item(cx, item, bits, tracer)
        }
        Kind::Atom(atoms::NEW_PORTS) => flag_item(cx, item, 0, None),
        Kind::Atom(atoms::ON_LOAD) => Ok(pair(
            cx,
            item,
            match (item, cx.vm().tracing.on_load()) {
                (atoms::MATCH_SPEC, Some(spec)) => spec.copy_to(cx.heap()),
                (atoms::TRACED, Some(_)) => Term::atom(atoms::GLOBAL),
                _ => Term::atom(atoms::FALSE),
            },
        )),
        Kind::Tuple(t) if t.len() == 3 => {
            let part = |i: usize| t.get(i).and_then(|a| a.as_atom()).ok_or_else(Raise::badarg);
            let arity = t
                .get(2)
                .and_then(|a| a.as_small())
                .filter(|a| (0..=255).contains(a))
                .ok_or_else(Raise::badarg)?;
            function(
                cx,
                Mfa {
                    module: part(0)?,
                    function: part(1)?,
                    arity: arity as u8,
                },
                item,
            )
        }
        _ => Err(Raise::badarg()),
    }
}

fn pair<'h>(cx: &Cx<'h>, item: Atom, value: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(item), value])
}

fn flag_item<'h>(
    cx: &Cx<'h>,
    item: Atom,
    bits: u32,
    tracer: Option<Pid>,
) -> Result<Term<'h>, Raise<'h>> {
    let value = match item {
        atoms::FLAGS => {
            let names: Vec<Term<'h>> = flags::names(bits).into_iter().map(Term::atom).collect();
            cx.heap().list(&names)
        }
        atoms::TRACER => tracer.map_or(Term::NIL, Term::pid),
        _ => return Err(Raise::badarg()),
    };
    Ok(pair(cx, item, value))
}

fn process<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    pid: Pid,
    item: Atom,
) -> Result<Term<'h>, Raise<'h>> {
    if pid == cx.process().pid {
        return flag_item(
            cx,
            item,
            cx.process().trace_flags.get(),
            flags::tracer_of(cx.process()),
        );
    }
    match cx.process().answer::<(u32, Option<Pid>)>() {
        Answer::Unasked => {
            let reply = cx.process().ask(cx.vm());
            let errand = Signal::Errand(Box::new(move |_, _, body| {
                reply.answer((body.trace_flags.get(), flags::tracer_of(body)))
            }));
            drop(cx.vm().signal(pid, errand));
            Err(Raise::wait(args))
        }
        Answer::Pending => Err(Raise::wait(args)),
        Answer::Gone => Ok(Term::atom(atoms::UNDEFINED)),
        Answer::Ready((bits, tracer)) => flag_item(cx, item, bits, tracer),
    }
}

fn times<'h>(cx: &Cx<'h>, times: &Times) -> Term<'h> {
    let heap = cx.heap();
    let by_process = times
        .by_process
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let rows: Vec<Term<'h>> = by_process
        .iter()
        .map(|(pid, (calls, ns))| {
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
            Some((Scope::Global, _)) => Term::atom(atoms::GLOBAL),
            Some((Scope::Local, _)) => Term::atom(atoms::LOCAL),
            None if pattern.meta.is_some() || pattern.count.is_some() || pattern.time.is_some() => {
                Term::atom(atoms::LOCAL)
            }
            None => no,
        },
        atoms::MATCH_SPEC => pattern
            .calls
            .as_ref()
            .map_or(no, |(_, spec)| spec.term.copy_to(heap)),
        atoms::META => pattern.meta.as_ref().map_or(no, |(pid, _)| Term::pid(*pid)),
        atoms::META_MATCH_SPEC => pattern
            .meta
            .as_ref()
            .map_or(no, |(_, spec)| spec.term.copy_to(heap)),
        atoms::CALL_COUNT => pattern
            .count
            .as_ref()
            .map_or(no, |c| heap.int(c.calls.load(Ordering::Relaxed))),
        atoms::CALL_TIME => pattern.time.as_ref().map_or(no, |t| times(cx, t)),
        atoms::CALL_MEMORY => pattern.memory.as_ref().map_or(no, |t| times(cx, t)),
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

fn function<'h>(cx: &Cx<'h>, mfa: Mfa, item: Atom) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let known = cx
        .vm()
        .code()
        .cells()
        .get(mfa.module, mfa.function, mfa.arity)
        .is_some()
        || cx
            .vm()
            .code()
            .current(mfa.module)
            .is_some_and(|i| i.find(mfa.function, mfa.arity).is_some());
    if !known {
        return Ok(pair(cx, item, Term::atom(atoms::UNDEFINED)));
    }
    let pattern = cx.vm().tracing.pattern(mfa);
    if item == atoms::ALL {
        let Some(pattern) = pattern else {
            return Ok(pair(cx, item, Term::atom(atoms::FALSE)));
        };
        let rows: Vec<Term<'h>> = ITEMS
            .iter()
            .filter_map(|i| Some(pair(cx, *i, value(cx, &pattern, *i)?)))
            .collect();
        return Ok(pair(cx, item, heap.list(&rows)));
    }
    let shown = value(cx, pattern.as_deref().unwrap_or(&Pattern::default()), item)
        .ok_or_else(Raise::badarg)?;
    Ok(pair(cx, item, shown))
}
