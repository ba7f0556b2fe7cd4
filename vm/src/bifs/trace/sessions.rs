//! Tracers as terms, and sessions of module `trace`: made, listed, ended.

use std::sync::{Arc, Weak};

use transom_tracer::limiter::Reason;

use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Resource, ResourceBox, Term};
use crate::process::body::process_flag;
use crate::process::reply::Answer;
use crate::process::spawn::{SpawnOptions, Start};
use crate::process::{ProcessBody, Signal};
use crate::sync::published::Published;
use crate::trace::endings;
use crate::trace::processes::forget_tracer;
use crate::trace::session::{Filter, LEGACY, Session};
use crate::trace::sink::ReplyOnDrop;
use crate::trace::tracer::Tracer;
use crate::vm::Vm;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "trace_session_create", 3, create),
    BifRow::new("erts_internal", "trace_session_destroy", 1, destroy),
    BifRow::new("erts_internal", "trace_sessions_of", 1, sessions_of),
    BifRow::new("erts_internal", "trace_removed", 2, removed),
    BifRow::new("erts_internal", "trace_needs_me", 0, |cx, _| {
        Ok(Term::bool(cx.vm().tracing.keeps_module(cx.process().pid)))
    }),
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

/// The tracer module in a flag list that is not loaded yet: `Function(Args...)` is called again when it is.
pub fn load_first<'h>(
    cx: &Cx<'h>,
    key: Atom,
    flags: Term<'h>,
    function: &str,
    args: &[Term<'h>],
) -> Option<Raise<'h>> {
    let of_module = |flag: Term<'h>| {
        let t = flag.as_tuple().filter(|t| t.len() == 3)?;
        t.get(0).filter(|k| k.is_atom(key))?;
        let module = t.get(1)?.as_atom().filter(|m| !is_loaded(cx, *m))?;
        Some((module, t.get(2)?))
    };
    let (module, state) = flags.iter_list().find_map(of_module)?;
    let ours = cx.atom("transom_tracer").ok()?;
    let load = cx.atom("with_module").ok()?;
    let call = cx.heap().list(args);
    let function = cx.atom_term(function).ok()?;
    let args = [Term::atom(module), state, function, call];
    Some(Raise::trap(ours, load, &args))
}

fn is_loaded(cx: &Cx<'_>, module: Atom) -> bool {
    if cx.vm().code().current(module).is_none() {
        cx.vm().autoload(module);
    }
    cx.vm().code().current(module).is_some()
}

/// A tracer module: its functions run in a process of its own, which is never traced. The same module and state have one process, and another one for
/// meta-traced calls.
pub fn module_tracer<'h>(
    cx: &Cx<'h>,
    module: Term<'h>,
    state: Term<'h>,
    meta: bool,
) -> Result<Arc<Tracer>, Raise<'h>> {
    let no_tracer = || Raise::badarg().with_info(atoms::ERL_ERTS_ERRORS, Some(atoms::BADOPT));
    let name = module.as_atom().ok_or_else(no_tracer)?;
    let vm = cx.vm();
    if let Some(tracer) = vm.tracing.module_tracer(name, state, meta) {
        return Ok(tracer);
    }
    let (enabled, trace) = (cx.atom("enabled")?, atoms::TRACE);
    let exports = |f, arity| vm.code().is_exported(name, f, arity);
    if !is_loaded(cx, name) || !exports(enabled, 3) || !exports(trace, 5) {
        return Err(no_tracer());
    }
    let start = Start::Call {
        module: cx.atom("transom_tracer")?,
        function: cx.atom(if meta { "meta_tracer" } else { "module_tracer" })?,
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
        meta,
    ));
    vm.tracing.note_module(pid, &tracer);
    Ok(tracer)
}

/// `trace_removed(Tracee | MFA | seq_trace, TracerProcess)`: what a tracer module traces of that process or port, the calls of that function, or the
/// sequential trace, it gives up.
fn removed<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let vm = cx.vm();
    let tracer = args[1].as_pid().ok_or_else(Raise::badarg)?;
    match args[0].kind() {
        Kind::Pid(pid) => {
            let forget = move |body: &ProcessBody| forget_tracer(body, tracer);
            if pid == cx.process().pid {
                forget(cx.process());
            } else {
                let errand = Signal::Errand(Box::new(move |_, _, body| forget(body)));
                let _gone = vm.signal(pid, errand);
            }
        }
        Kind::Port(port) => {
            for session in vm.tracing.all_sessions() {
                let own = vm.tracing.ports.of(port, session.id);
                if own.is_some_and(|(_, t)| t.pid() == Some(tracer)) {
                    let _done = vm
                        .tracing
                        .ports
                        .change(vm, port, &session, u32::MAX, false, None);
                }
            }
        }
        Kind::Atom(atoms::SEQ_TRACE) => {
            let own = vm.tracing.seq_tracer().and_then(|t| t.pid()) == Some(tracer);
            if own {
                vm.tracing.set_seq_tracer(None);
            }
        }
        Kind::Tuple(t) => {
            if let Some(mfa) = super::info::known_function(cx, t)? {
                vm.tracing.patterns.lose_meta(vm, mfa, tracer);
            }
        }
        _ => return Err(Raise::badarg()),
    }
    Ok(Term::TRUE)
}

/// `trace_session_create(Name, Tracer, Options)`.
fn create<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    if !args[2].is_nil() {
        return Err(Raise::badarg());
    }
    let tracer = match args[1].as_tuple() {
        Some(t) => match (t.len(), t.get(0), t.get(1)) {
            (2, Some(module), Some(state)) => module_tracer(cx, module, state, false)?,
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
    let strong = Strong {
        session: Arc::downgrade(&session),
        vm: vm.weak(),
    };
    let resource = Resource::new(ResourceBox(Box::new(strong)));
    let heap = cx.heap();
    let reference = heap.magic_ref(heap.env().fresh_ref(), resource);
    Ok(heap.tuple(&[reference, super::session_term(cx, &session)?]))
}

/// What the reference in a handle of `session_create` holds: a session ends when the last copy of its handle is garbage. Any heap, table or message may
/// hold one, and its last one goes wherever that memory is given back: in a collection, under a lock of tracing itself. So the session ends elsewhere.
struct Strong {
    session: Weak<Session>,
    vm: Weak<Vm>,
}

impl Drop for Strong {
    fn drop(&mut self) {
        let (Some(session), Some(vm)) = (self.session.upgrade(), self.vm.upgrade()) else {
            return;
        };
        if session.is_ended() {
            return;
        }
        let weak = vm.weak();
        vm.dirty.submit(move || {
            if let Some(vm) = weak.upgrade() {
                endings::end(&vm, &session, Reason::Stopped, None);
                vm.tracing.sessions.remove(session.id);
            }
        });
    }
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

/// `trace_sessions_of(all | Pid | Port | MFA | on_load | send ...)`: weak handles of sessions that have something on it, or `undefined` if there is no such
/// process, port or function.
fn sessions_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let vm = cx.vm();
    let tracing = &vm.tracing;
    let filters = |of: &Published<Filter>| of.read(|f| !matches!(f, Filter::All));
    let wanted: Box<dyn Fn(&Session) -> bool + '_> = match args[0].kind() {
        Kind::Atom(atoms::ALL) => Box::new(|_| true),
        Kind::Atom(atoms::NEW | atoms::NEW_PROCESSES) => Box::new(|s| s.new_processes().is_some()),
        Kind::Atom(atoms::NEW_PORTS) => Box::new(|s| s.new_ports().is_some()),
        Kind::Atom(atoms::ON_LOAD) => Box::new(|s| tracing.patterns.on_load(s.id).is_some()),
        Kind::Atom(atoms::SEND) => Box::new(move |s| filters(&s.send)),
        Kind::Atom(atoms::RECEIVE) => Box::new(move |s| filters(&s.receive)),
        Kind::Pid(pid) if pid == cx.process().pid || vm.processes.get(pid).is_some() => {
            Box::new(move |s| s.members().contains(&pid))
        }
        Kind::Port(port) if crate::io::ports::is_open(vm, port) => {
            Box::new(move |s| tracing.ports.of(port, s.id).is_some())
        }
        Kind::Tuple(t) if t.len() == 3 => match super::info::known_function(cx, t)? {
            Some(mfa) => Box::new(move |s| tracing.patterns.of(s.id, mfa).is_some()),
            None => return Ok(Term::atom(atoms::UNDEFINED)),
        },
        Kind::Pid(_) | Kind::Port(_) => return Ok(Term::atom(atoms::UNDEFINED)),
        _ => return Err(Raise::badarg()),
    };
    let found: Vec<Term<'h>> = cx
        .vm()
        .tracing
        .all_sessions()
        .iter()
        .filter(|s| !s.is_ended() && wanted(s))
        .map(|s| match s.id {
            LEGACY => Ok(Term::atom(atoms::DEFAULT)),
            _ => super::session_term(cx, s),
        })
        .collect::<Result<_, _>>()?;
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
