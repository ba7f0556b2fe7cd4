//! `erlang:trace_pattern/2,3`: what is set on functions.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::atoms::{self, Atom};
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Term};
use crate::matchspec::{Purpose, compile};
use crate::process::body::Mfa;
use crate::trace::patterns::{Calls, Counter, Times};
use crate::trace::session::{Filter, LEGACY, Session};
use crate::trace::tracer::Tracer;
use crate::trace::{Pattern, Scope, Spec};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "trace_pattern", 2, trace_pattern_2),
    BifRow::new("erlang", "trace_pattern", 3, trace_pattern),
    BifRow::new("erts_internal", "trace_pattern", 4, session_pattern),
];

/// What the flag list asks for.
#[derive(Default)]
struct Kinds {
    scope: Option<Scope>,
    meta: Option<Arc<Tracer>>,
    count: bool,
    time: bool,
    memory: bool,
}

/// In a session of module `trace` the tracer of a meta trace is the session's, as of everything else.
fn kinds<'h>(cx: &Cx<'h>, session: &Session, list: Term<'h>) -> Result<Kinds, Raise<'h>> {
    let mut kinds = Kinds::default();
    let mut global = false;
    for flag in elements(list)? {
        match flag.kind() {
            Kind::Atom(atoms::GLOBAL) => global = true,
            Kind::Atom(atoms::LOCAL) => kinds.scope = Some(Scope::Local),
            Kind::Atom(atoms::META) => {
                kinds.meta = Some(match session.tracer.as_deref() {
                    Some(Tracer::Module(name, state, ..)) => {
                        let state = state.copy_to(cx.heap());
                        super::sessions::module_tracer(cx, Term::atom(*name), state, true)?
                    }
                    Some(Tracer::Process(..) | Tracer::Port(_) | Tracer::Sink(_)) => {
                        session.tracer.clone().ok_or_else(Raise::badarg)?
                    }
                    None => {
                        let me = cx.process().pid;
                        cx.vm().tracing.note_tracer(me);
                        cx.vm().tracing.process_tracer(me)
                    }
                });
            }
            Kind::Atom(atoms::CALL_COUNT) => kinds.count = true,
            Kind::Atom(atoms::CALL_TIME) => kinds.time = true,
            Kind::Atom(atoms::CALL_MEMORY) => kinds.memory = true,
            Kind::Tuple(t)
                if session.id == LEGACY && t.get(0).is_some_and(|k| k.is_atom(atoms::META)) =>
            {
                let part = |i| t.get(i).ok_or_else(Raise::badarg);
                let tracer = match t.len() {
                    2 => super::sessions::simple_tracer(cx, part(1)?)?,
                    3 => super::sessions::module_tracer(cx, part(1)?, part(2)?, true)?,
                    _ => return Err(Raise::badarg()),
                };
                if let Some(pid) = tracer.pid() {
                    cx.vm().tracing.note_tracer(pid);
                }
                kinds.meta = Some(tracer);
            }
            _ => return Err(because(atoms::BADOPT)),
        }
    }
    let others =
        kinds.scope.is_some() || kinds.meta.is_some() || kinds.count || kinds.time || kinds.memory;
    if global && others {
        return Err(because(atoms::BADOPT));
    }
    if !others {
        kinds.scope = Some(Scope::Global);
    }
    Ok(kinds)
}

/// What is to be set: nothing any more, a specification, or a word for counters.
enum Action {
    Clear,
    Set(Arc<Spec>),
    Restart,
    Pause,
    /// Counters that paused count again, from where they were; for the profilers of the library.
    Continue,
}

fn action<'h>(cx: &Cx<'h>, t: Term<'h>, purpose: Purpose) -> Result<Action, Raise<'h>> {
    match t.kind() {
        Kind::Atom(atoms::FALSE) => Ok(Action::Clear),
        Kind::Atom(atoms::TRUE) | Kind::Nil => Ok(Action::Set(Arc::new(Spec {
            term: OwnedTerm::new(Term::NIL),
            spec: None,
        }))),
        Kind::Atom(atoms::RESTART) => Ok(Action::Restart),
        Kind::Atom(atoms::PAUSE) => Ok(Action::Pause),
        Kind::Atom(atoms::CONTINUE) if purpose == Purpose::Call => Ok(Action::Continue),
        Kind::Cons(_) => match compile(cx.atoms(), t, purpose) {
            Ok(spec) => Ok(Action::Set(Arc::new(Spec {
                term: OwnedTerm::new(t),
                spec: Some(spec).filter(|spec| !spec.is_trivial()),
            }))),
            Err(_) => Err(because(atoms::MATCH_SPEC)),
        },
        _ => Err(because(atoms::MATCH_SPEC)),
    }
}

/// A wrong argument, with a hint which one for those who put it into words.
fn because<'h>(cause: Atom) -> Raise<'h> {
    Raise::badarg().with_info(atoms::ERL_ERTS_ERRORS, Some(cause))
}

fn trace_pattern_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    trace_pattern(cx, &[args[0], args[1], Term::NIL])
}

fn trace_pattern<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[1].is_atom(atoms::CONTINUE) {
        return Err(Raise::badarg());
    }
    if let Some(load) = super::sessions::load_first(cx, atoms::META, args[2], "trace_pattern", args)
    {
        return Err(load);
    }
    let legacy = Arc::clone(&cx.vm().tracing.legacy);
    in_session(cx, &legacy, args)
}

/// `erts_internal:trace_pattern(Session, What, Spec, Flags)`.
fn session_pattern<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    in_session(cx, &session, &args[1..])
}

fn in_session<'h>(
    cx: &Cx<'h>,
    session: &Arc<Session>,
    args: &[Term<'h>],
) -> Result<Term<'h>, Raise<'h>> {
    match args[0].as_atom() {
        Some(atoms::SEND) => return message_pattern(cx, session, args, Purpose::Send),
        Some(atoms::RECEIVE) => return message_pattern(cx, session, args, Purpose::Receive),
        _ => {}
    }
    cx.vm().tracing.set_used();
    let kinds = kinds(cx, session, args[2])?;
    let action = action(cx, args[1], Purpose::Call)?;
    let patterns = &cx.vm().tracing.patterns;
    if args[0].is_atom(atoms::ON_LOAD) {
        let mut pattern = Pattern::default();
        apply(&mut pattern, &kinds, &action);
        let set = !matches!(action, Action::Clear);
        let set = set.then_some(pattern);
        patterns.set_on_load(cx.vm(), session, set);
        return Ok(cx.heap().int(0));
    }
    let functions = functions(cx, args[0], kinds.scope != Some(Scope::Global))?;
    patterns.change(cx.vm(), session, &functions, &mut |pattern| {
        apply(pattern, &kinds, &action)
    });
    Ok(cx.heap().int(functions.len() as i64))
}

fn apply(pattern: &mut Pattern, kinds: &Kinds, action: &Action) {
    // A function is traced globally, or in the other ways.
    let is_global = pattern.calls.as_ref().map(|calls| calls.scope) == Some(Scope::Global);
    if is_global && kinds.scope != Some(Scope::Global) {
        match action {
            Action::Set(_) | Action::Restart | Action::Pause => pattern.calls = None,
            Action::Clear | Action::Continue => {}
        }
    }
    if let Some(scope) = kinds.scope {
        match action {
            Action::Set(spec) => {
                pattern.calls = Some(Calls {
                    scope,
                    spec: spec.clone(),
                    label: 0,
                    outcome: None,
                    enters: false,
                    aggregation: None,
                });
                if scope == Scope::Global {
                    *pattern = Pattern {
                        calls: pattern.calls.take(),
                        ..Pattern::default()
                    };
                }
            }
            Action::Clear => {
                let calls = pattern.calls.take();
                pattern.calls = calls.filter(|calls| calls.scope != scope);
            }
            Action::Restart | Action::Pause | Action::Continue => {}
        }
    }
    if let Some(tracer) = &kinds.meta {
        match action {
            Action::Set(spec) => {
                pattern.meta = Some((tracer.clone(), spec.clone()));
                pattern.meta_lost = None;
            }
            Action::Clear => {
                pattern.meta = None;
                pattern.meta_lost = None;
            }
            Action::Restart | Action::Pause | Action::Continue => {}
        }
    }
    if kinds.count {
        match (action, &pattern.count) {
            (Action::Clear, _) => pattern.count = None,
            (Action::Pause, Some(counter)) => counter.paused.store(true, Ordering::Relaxed),
            (Action::Pause | Action::Restart | Action::Continue, None) => {}
            (Action::Continue, Some(counter)) => counter.paused.store(false, Ordering::Relaxed),
            (Action::Set(_), _) | (Action::Restart, Some(_)) => {
                pattern.count = Some(Arc::new(Counter::default()))
            }
        }
    }
    for (wanted, slot) in [
        (kinds.time, &mut pattern.time),
        (kinds.memory, &mut pattern.memory),
    ] {
        if !wanted {
            continue;
        }
        match (action, &slot) {
            (Action::Clear, _) => *slot = None,
            (Action::Pause, Some(times)) => times.paused.store(true, Ordering::Relaxed),
            (Action::Pause | Action::Restart | Action::Continue, None) => {}
            (Action::Continue, Some(times)) => times.paused.store(false, Ordering::Relaxed),
            (Action::Set(_), _) | (Action::Restart, Some(_)) => {
                *slot = Some(Arc::new(Times::default()))
            }
        }
    }
}

/// The functions that `{M, F, A}` names; `'_'` stands for all, from the right.
pub fn functions<'h>(cx: &Cx<'h>, t: Term<'h>, local: bool) -> Result<Vec<Mfa>, Raise<'h>> {
    let parts = t
        .as_tuple()
        .filter(|t| t.len() == 3)
        .ok_or_else(Raise::badarg)?;
    let (Some(m), Some(f), Some(a)) = (parts.get(0), parts.get(1), parts.get(2)) else {
        return Err(Raise::badarg());
    };
    let (module, function) = (
        m.as_atom().ok_or_else(Raise::badarg)?,
        f.as_atom().ok_or_else(Raise::badarg)?,
    );
    let arity = match a.kind() {
        Kind::Atom(atoms::UNDERSCORE) => None,
        Kind::Small(n) => match u8::try_from(n) {
            Ok(n) => Some(n),
            // No function has so many arguments.
            Err(_) => return Ok(Vec::new()),
        },
        _ => return Err(Raise::badarg()),
    };
    let any = atoms::UNDERSCORE;
    if module == any && function != any || function == any && arity.is_some() {
        return Err(Raise::badarg());
    }
    let fits =
        |name: Atom, n: u8| (function == any || function == name) && arity.is_none_or(|a| a == n);
    let modules = if module == any {
        cx.vm().code().loaded()
    } else {
        vec![module]
    };
    let mut found = Vec::new();
    for module in modules {
        // A module of the standard library counts as loaded, as after the start of OTP.
        if cx.vm().code().current(module).is_none() {
            cx.vm().autoload(module);
        }
        if let Some(instance) = cx.vm().code().current(module) {
            for (index, info) in instance.functions.iter().enumerate() {
                let exported = || {
                    instance
                        .exports
                        .iter()
                        .any(|e| e.function as usize == index)
                };
                if fits(info.name, info.arity) && (local || exported()) {
                    found.push(Mfa {
                        module,
                        function: info.name,
                        arity: info.arity,
                    });
                }
            }
        }
        for ix in cx.vm().bifs.all() {
            let (m, name, arity) = cx.vm().bifs.mfa(ix);
            let mfa = Mfa {
                module: m,
                function: name,
                arity,
            };
            if m == module && fits(name, arity) && !found.contains(&mfa) {
                found.push(mfa);
            }
        }
    }
    Ok(found)
}

/// `trace_pattern(send, Spec, [])` and `trace_pattern('receive', Spec, [])`.
fn message_pattern<'h>(
    cx: &Cx<'h>,
    session: &Arc<Session>,
    args: &[Term<'h>],
    purpose: Purpose,
) -> Result<Term<'h>, Raise<'h>> {
    if !args[2].is_nil() {
        return Err(Raise::badarg());
    }
    let filter = match action(cx, args[1], purpose)? {
        Action::Set(spec) if spec.term.term().is_nil() => Filter::All,
        Action::Set(spec) => Filter::Spec(spec),
        Action::Clear => Filter::Nothing,
        Action::Restart | Action::Pause | Action::Continue => return Err(Raise::badarg()),
    };
    match purpose {
        Purpose::Send => session.send.store(filter),
        Purpose::Receive => session.receive.store(filter),
        Purpose::Call | Purpose::Table => unreachable!("invariant: called for messages"),
    }
    Ok(cx.heap().int(1))
}
