//! `erlang:trace/3`: flags of processes, and `trace_delivered/1`.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Pid, Port, Term};
use crate::process::reply::Answer;
use crate::process::{ProcessBody, Signal};
use crate::trace::session::{LEGACY, Session};
use crate::trace::tracer::Tracer;
use crate::trace::{flags, processes};
use crate::vm::Vm;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "trace", 3, trace),
    BifRow::new("erts_internal", "trace", 4, session_trace),
    BifRow::new("erlang", "trace_delivered", 1, trace_delivered),
];

/// Whose flags change.
enum Subjects {
    One(Pid),
    Existing {
        and_new: bool,
    },
    New,
    /// One port.
    Port(Port),
    /// All there are, those to come, or both.
    Ports {
        existing: bool,
        new: bool,
    },
}

/// Processes and ports that a word means.
fn subjects<'h>(t: Term<'h>) -> Result<Vec<Subjects>, Raise<'h>> {
    let ports = |existing, new| Subjects::Ports { existing, new };
    let processes = |and_new| Subjects::Existing { and_new };
    Ok(match t.kind() {
        Kind::Pid(pid) => vec![Subjects::One(pid)],
        Kind::Port(port) => vec![Subjects::Port(port)],
        Kind::Atom(atoms::ALL) => vec![ports(true, true), processes(true)],
        Kind::Atom(atoms::PROCESSES) => vec![processes(true)],
        Kind::Atom(atoms::EXISTING) => vec![ports(true, false), processes(false)],
        Kind::Atom(atoms::EXISTING_PROCESSES) => vec![processes(false)],
        Kind::Atom(atoms::NEW) => vec![ports(false, true), Subjects::New],
        Kind::Atom(atoms::NEW_PROCESSES) => vec![Subjects::New],
        Kind::Atom(atoms::PORTS) => vec![ports(true, true)],
        Kind::Atom(atoms::EXISTING_PORTS) => vec![ports(true, false)],
        Kind::Atom(atoms::NEW_PORTS) => vec![ports(false, true)],
        _ => return Err(Raise::badarg()),
    })
}

/// What a flag list asks for.
#[derive(Default)]
struct Flags {
    bits: u32,
    tracer: Option<Arc<Tracer>>,
    /// `cpu_timestamp`, which is the whole VM's.
    cpu: bool,
}

/// Bits and tracer of a flag list. Only the legacy session has tracers in it, and time stamps of the processor.
fn wanted<'h>(
    cx: &Cx<'h>,
    session: &Session,
    who: Term<'h>,
    list: Term<'h>,
) -> Result<Flags, Raise<'h>> {
    let Flags {
        mut bits,
        mut tracer,
        mut cpu,
    } = Flags::default();
    for flag in elements(list)? {
        match flag.kind() {
            Kind::Atom(atoms::ALL) => bits |= flags::ALL,
            Kind::Atom(atoms::CPU_TIMESTAMP) if session.id == LEGACY && who.is_atom(atoms::ALL) => {
                cpu = true;
            }
            Kind::Atom(name) => {
                let unknown =
                    || Raise::badarg().with_info(atoms::ERL_ERTS_ERRORS, Some(atoms::BADOPT));
                bits |= flags::bit(name).ok_or_else(unknown)?;
            }
            Kind::Tuple(t)
                if session.id == LEGACY && t.get(0).is_some_and(|k| k.is_atom(atoms::TRACER)) =>
            {
                let part = |i| t.get(i).ok_or_else(Raise::badarg);
                tracer = Some(match t.len() {
                    2 => super::sessions::simple_tracer(cx, part(1)?)?,
                    3 => super::sessions::module_tracer(cx, part(1)?, part(2)?, false)?,
                    _ => return Err(Raise::badarg()),
                });
            }
            _ => return Err(Raise::badarg()),
        }
    }
    Ok(Flags { bits, tracer, cpu })
}

fn boolean<'h>(t: Term<'h>) -> Result<bool, Raise<'h>> {
    match t.as_atom() {
        Some(atoms::TRUE) => Ok(true),
        Some(atoms::FALSE) => Ok(false),
        _ => Err(Raise::badarg()),
    }
}

fn trace<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if let Some(load) = super::sessions::load_first(cx, atoms::TRACER, args[2], "trace", args) {
        return Err(load);
    }
    let legacy = Arc::clone(&cx.vm().tracing.legacy);
    in_session(cx, args, &legacy, args[0], args[1], args[2])
}

/// `erts_internal:trace(Session, Who, On, Flags)`.
fn session_trace<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    in_session(cx, args, &session, args[1], args[2], args[3])
}

fn in_session<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    session: &Arc<Session>,
    who: Term<'h>,
    how: Term<'h>,
    list: Term<'h>,
) -> Result<Term<'h>, Raise<'h>> {
    match cx.process().answer::<usize>() {
        Answer::Unasked => {}
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return Err(Raise::badarg()),
        Answer::Ready(usize::MAX) => return Err(Raise::badarg()),
        Answer::Ready(n) => return Ok(cx.heap().int(n as i64)),
    }
    let subjects = subjects(who)?;
    let on = boolean(how)?;
    let Flags {
        mut bits,
        tracer,
        cpu,
    } = wanted(cx, session, who, list)?;
    if cpu {
        cx.vm().tracing.cpu_stamps.store(on, Ordering::Relaxed);
        if bits == 0 && tracer.is_none() {
            return Ok(cx.heap().int(0));
        }
    }
    if on && let Some(recording) = session.sink().and_then(|s| s.recording.as_ref()) {
        bits |= recording.flags();
    }
    let me = cx.process().pid;
    let tracer = match (&session.tracer, tracer, on) {
        (Some(tracer), _, _) => Some(Arc::clone(tracer)),
        (None, Some(tracer), _) => Some(tracer),
        (None, None, true) => Some(known_tracer(cx, me)),
        (None, None, false) => None,
    };
    let by = tracer.as_ref().and_then(|t| t.pid());
    if by.is_some_and(|t| cx.vm().processes.get(t).is_none()) {
        return Err(Raise::badarg());
    }
    if on {
        cx.vm().tracing.set_used();
        if session.id == LEGACY
            && let Some(pid) = by
        {
            cx.vm().tracing.note_tracer(pid);
        }
    }
    let change = Change {
        session: Arc::clone(session),
        bits,
        on,
        tracer,
    };
    let new = || {
        session.change_new(bits, on, change.tracer.clone());
        cx.vm().tracing.settle_new();
    };
    let mut matched = 0;
    let mut pids = Vec::new();
    let mut strict = false;
    for subject in subjects {
        match subject {
            Subjects::One(pid) => {
                if pid != me && cx.vm().processes.get(pid).is_none() {
                    return Err(Raise::badarg());
                }
                strict = true;
                pids.push(pid);
            }
            Subjects::Existing { and_new } => {
                if and_new {
                    new();
                }
                let all = cx.vm().processes.pids().into_iter();
                pids.extend(all.filter(|p| !on || Some(*p) != by));
            }
            Subjects::New => new(),
            Subjects::Port(port) => {
                if !crate::io::ports::is_open(cx.vm(), port) || !change.port(cx.vm(), port) {
                    return Err(Raise::badarg());
                }
                matched += 1;
            }
            Subjects::Ports { existing, new } => {
                if new {
                    session.change_new_ports(bits, on, change.tracer.clone());
                    cx.vm().tracing.ports.settle(cx.vm());
                }
                let all = if existing {
                    cx.vm().io.ports.all()
                } else {
                    Vec::new()
                };
                let own = |port: &Port| matches!(change.tracer.as_deref(), Some(Tracer::Port(p, ..)) if p == port);
                matched += all
                    .into_iter()
                    .filter(|port| !own(port) && change.port(cx.vm(), *port))
                    .count();
            }
        }
    }
    if pids.is_empty() {
        return Ok(cx.heap().int(matched as i64));
    }
    change_all(cx, args, pids, change, strict, matched)
}

/// The caller as tracer: one object for all that it traces, so that there is one account of what it has not read.
fn known_tracer(cx: &Cx<'_>, me: Pid) -> Arc<Tracer> {
    cx.vm().tracing.process_tracer(me)
}

/// A change of flags, for any number of processes.
#[derive(Clone)]
struct Change {
    session: Arc<Session>,
    bits: u32,
    on: bool,
    tracer: Option<Arc<Tracer>>,
}

impl Change {
    fn port(&self, vm: &Vm, port: Port) -> bool {
        let Change {
            session,
            bits,
            on,
            tracer,
        } = self;
        vm.tracing
            .ports
            .change(vm, port, session, *bits, *on, tracer.as_ref())
    }

    fn apply(&self, body: &ProcessBody) -> bool {
        processes::change(
            body,
            &self.session,
            self.bits,
            self.on,
            self.tracer.as_ref(),
        )
    }
}

/// Sends every process an errand that changes its flags; the last one answers. The caller changes its own at once.
fn change_all<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    pids: Vec<Pid>,
    change: Change,
    strict: bool,
    mut matched: usize,
) -> Result<Term<'h>, Raise<'h>> {
    let vm = cx.vm();
    let me = cx.process().pid;
    let mut refused = false;
    let others: Vec<Pid> = pids
        .into_iter()
        .filter(|p| {
            *p != me || {
                let done = change.apply(cx.process());
                matched += usize::from(done);
                refused |= !done;
                false
            }
        })
        .collect();
    if strict && refused {
        return Err(Raise::badarg());
    }
    if others.is_empty() {
        return Ok(cx.heap().int(matched as i64));
    }
    struct Work {
        left: AtomicUsize,
        matched: AtomicUsize,
        refused: AtomicUsize,
        reply: Mutex<Option<crate::process::reply::ReplyTo>>,
    }
    let work = Arc::new(Work {
        left: AtomicUsize::new(others.len()),
        matched: AtomicUsize::new(matched),
        refused: AtomicUsize::new(0),
        reply: Mutex::new(Some(cx.process().ask(vm))),
    });
    /// Counts down when dropped, so that a process that ends before its turn counts too.
    struct Share(Arc<Work>, bool);
    impl Drop for Share {
        fn drop(&mut self) {
            if self.0.left.fetch_sub(1, Ordering::AcqRel) == 1
                && let Some(reply) = self
                    .0
                    .reply
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .take()
            {
                let refused = self.1 && self.0.refused.load(Ordering::Acquire) > 0;
                reply.answer(if refused {
                    usize::MAX
                } else {
                    self.0.matched.load(Ordering::Acquire)
                });
            }
        }
    }
    for pid in others {
        let share = Share(work.clone(), strict);
        let change = change.clone();
        let errand = Signal::Errand(Box::new(move |_, _, body| {
            match change.apply(body) {
                true => share.0.matched.fetch_add(1, Ordering::AcqRel),
                false => share.0.refused.fetch_add(1, Ordering::AcqRel),
            };
            drop(share);
        }));
        drop(vm.signal(pid, errand));
    }
    Err(Raise::wait(args))
}

/// Events are sent by the traced process itself, at once: what it did before this call is in the tracer's queue when it has handled the errand.
fn trace_delivered<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let reference = heap.make_ref();
    let me = cx.process().pid;
    let message = crate::heap::OwnedTerm::new(heap.tuple(&[
        Term::atom(atoms::TRACE_DELIVERED),
        args[0],
        reference,
    ]));
    let deliver = move |vm: &Vm| vm.send_message(me, message.term());
    match args[0].kind() {
        Kind::Pid(pid) if pid != me && cx.vm().processes.get(pid).is_some() => {
            let errand = Signal::Errand(Box::new(move |vm, _, _| deliver(vm)));
            drop(cx.vm().signal(pid, errand));
        }
        Kind::Pid(_) => deliver(cx.vm()),
        Kind::Atom(atoms::ALL) => {
            struct Last<F: FnOnce(&Vm)>(Option<F>, std::sync::Weak<Vm>);
            impl<F: FnOnce(&Vm)> Drop for Last<F> {
                fn drop(&mut self) {
                    if let (Some(f), Some(vm)) = (self.0.take(), self.1.upgrade()) {
                        f(&vm);
                    }
                }
            }
            let last = Arc::new(Mutex::new(Last(Some(deliver), cx.vm().weak())));
            for pid in cx.vm().processes.pids().into_iter().filter(|p| *p != me) {
                let share = last.clone();
                drop(
                    cx.vm()
                        .signal(pid, Signal::Errand(Box::new(move |_, _, _| drop(share)))),
                );
            }
        }
        _ => return Err(Raise::badarg()),
    }
    Ok(reference)
}
