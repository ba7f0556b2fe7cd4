//! Tracers as terms, and sessions of module `trace`: made, listed, ended.

use std::sync::Arc;

use transom_tracer::limiter::Reason;

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Term};
use crate::process::body::process_flag;
use crate::process::reply::Answer;
use crate::process::spawn::{SpawnOptions, Start};
use crate::trace::endings;
use crate::trace::session::{LEGACY, Session};
use crate::trace::sink::ReplyOnDrop;
use crate::trace::tracer::Tracer;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "trace_session_create", 3, create),
    BifRow::new("erts_internal", "trace_session_destroy", 1, destroy),
    BifRow::new("erts_internal", "trace_sessions_of", 1, sessions_of),
    BifRow::new("erts_internal", "trace_flush", 0, flush),
    BifRow::new("erts_internal", "trace_hide", 0, hide),
];

/// How long a flush waits at most.
const FLUSH_MS: u64 = 100;

/// A process or port as tracer.
pub fn simple_tracer<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Arc<Tracer>, Raise<'h>> {
    match t.kind() {
        Kind::Pid(pid) => Ok(cx.vm().tracing.process_tracer(pid)),
        // One that has closed is found out with the first event, as in OTP.
        Kind::Port(port) => Ok(Arc::new(Tracer::Port(port))),
        _ => Err(Raise::badarg()),
    }
}

/// A tracer module: its functions run in a process of its own, which is never traced. The same module and state have one process.
pub fn module_tracer<'h>(
    cx: &Cx<'h>,
    module: Term<'h>,
    state: Term<'h>,
) -> Result<Arc<Tracer>, Raise<'h>> {
    let name = module.as_atom().ok_or_else(Raise::badarg)?;
    let vm = cx.vm();
    if let Some(tracer) = vm.tracing.module_tracer(name, state) {
        return Ok(tracer);
    }
    let start = Start::Call {
        module: cx.atom("transom_tracer")?,
        function: cx.atom("module_tracer")?,
        args: &[module, state],
    };
    let options = SpawnOptions {
        group_leader: Some(cx.process().group_leader.get()),
        flags: process_flag::UNTRACED,
        ..SpawnOptions::default()
    };
    let pid = vm
        .spawn(start, options)
        .map_err(|_| Raise::system_limit())?;
    let tracer = Arc::new(Tracer::Module(
        name,
        OwnedTerm::new(state),
        pid,
        Arc::default(),
    ));
    vm.tracing.note_module(pid, &tracer);
    Ok(tracer)
}

/// `trace_session_create(Name, Tracer, Options)`.
fn create<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    if !args[2].is_nil() {
        return Err(Raise::badarg());
    }
    let tracer = match args[1].as_tuple() {
        Some(t) => match (t.len(), t.get(0), t.get(1)) {
            (2, Some(module), Some(state)) => module_tracer(cx, module, state)?,
            _ => return Err(Raise::badarg()),
        },
        None => simple_tracer(cx, args[1])?,
    };
    if tracer
        .pid()
        .is_some_and(|pid| cx.vm().processes.get(pid).is_none())
    {
        return Err(Raise::badarg());
    }
    let vm = cx.vm();
    let session = Session::new(
        vm.tracing.sessions.fresh_id(),
        cx.atoms().text(name).to_owned(),
        None,
        Some(tracer),
        None,
        vm.clock.tick(),
    );
    vm.tracing.set_used();
    vm.tracing.sessions.add(Arc::clone(&session));
    Ok(super::session_term(cx, session.id))
}

/// `trace_session_destroy(Session)`: `true`, or `false` if it was gone. All bits are gone when it returns.
fn destroy<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match cx.process().answer::<()>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Ready(()) | Answer::Gone => return Ok(Term::TRUE),
        Answer::Unasked => {}
    }
    if args[0].is_atom(atoms::DEFAULT) {
        return Err(Raise::badarg());
    }
    let Some(session) = super::any_session(cx, args[0])? else {
        return Ok(Term::FALSE);
    };
    cx.vm().tracing.sessions.remove(session.id);
    if session.is_ended() && session.sink().is_none_or(|s| s.is_finished()) {
        return Ok(Term::bool(session.sink().is_some()));
    }
    let reply = cx.process().ask(cx.vm());
    let answer = Box::new(move || reply.answer(()));
    endings::end(cx.vm(), &session, Reason::Stopped, Some(answer));
    Err(Raise::wait(args))
}

/// `trace_sessions_of(all | Pid | MFA ...)`: handles of sessions that have something on it.
fn sessions_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let wanted = |session: &Session| match args[0].kind() {
        Kind::Atom(atoms::ALL) => true,
        Kind::Pid(pid) => session.members().contains(&pid),
        Kind::Tuple(t) if t.len() == 3 => {
            let mfa = (|| {
                Some(crate::process::body::Mfa {
                    module: t.get(0)?.as_atom()?,
                    function: t.get(1)?.as_atom()?,
                    arity: u8::try_from(t.get(2)?.as_small()?).ok()?,
                })
            })();
            mfa.is_some_and(|mfa| cx.vm().tracing.patterns.of(session.id, mfa).is_some())
        }
        Kind::Atom(atoms::NEW | atoms::NEW_PROCESSES) => session.new_processes().is_some(),
        _ => false,
    };
    let found: Vec<Term<'h>> = cx
        .vm()
        .tracing
        .all_sessions()
        .iter()
        .filter(|s| !s.is_ended() && wanted(s))
        .map(|s| match s.id {
            LEGACY => Term::atom(atoms::DEFAULT),
            id => super::session_term(cx, id),
        })
        .collect();
    Ok(heap.list(&found))
}

/// `trace_flush()`: everything matched before the call is written when it returns, or a tenth of a second has passed.
fn flush<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match cx.process().answer::<()>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Ready(()) | Answer::Gone => return Ok(Term::atom(atoms::OK)),
        Answer::Unasked => {}
    }
    let vm = cx.vm();
    if !vm.tracing.is_used() {
        return Ok(Term::atom(atoms::OK));
    }
    let readers = vm.tracing.reading_processes();
    let sinks: Vec<_> = vm.tracing.sessions.list();
    let sinks: Vec<_> = sinks.iter().filter_map(|s| s.sink()).collect();
    if sinks.is_empty() && readers.is_empty() {
        return Ok(Term::atom(atoms::OK));
    }
    let reply = ReplyOnDrop::new(cx.process().ask(vm));
    let deadline_ms = vm.clock.tick() + FLUSH_MS;
    for sink in sinks {
        sink.flush(Arc::clone(&reply), deadline_ms);
    }
    for pid in readers.into_iter().filter(|pid| *pid != cx.process().pid) {
        crate::trace::flushing::when_idle(vm, pid, Arc::clone(&reply), deadline_ms);
    }
    drop(reply);
    Err(Raise::wait(args))
}

/// The calling process belongs to tracing: nobody traces it from now on.
fn hide<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let body = cx.process();
    body.set_flag(process_flag::UNTRACED, true);
    for session in cx.vm().tracing.all_sessions() {
        crate::trace::processes::forget(body, session.id, None);
    }
    Ok(Term::TRUE)
}
