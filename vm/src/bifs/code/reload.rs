//! The plan of a reload, for `reload:plan/1` and `transom reload --dry-run`: what prepared code would change, and what becomes of
//! every process that runs the code now.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use transom_tracer::event::Kind;

use super::loading;
use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::plan::{
    Change, Fate, Frames, ModulePlan, Plan, ProcessPlan, Refusal, places, plan,
};
use crate::heap::{Pid, Term};
use crate::process::reply::{Answer, ReplyTo};
use crate::process::report::old_code;
use crate::process::{Exec, ProcessBody, Signal};
use crate::trace::event::{Event, Payload};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "reload_plan", 1, reload_plan),
    BifRow::new("erts_internal", "code_places", 1, code_places),
    BifRow::new("erts_internal", "old_frames", 1, old_frames),
    BifRow::new("erts_internal", "watch_code", 1, watch_code),
    BifRow::new("erts_internal", "watched_code", 1, watched_code),
    BifRow::new("erts_internal", "trace_reload", 2, trace_reload),
];

/// Collects frames; answers the process that asked when nobody holds it any more.
struct Gather {
    frames: Mutex<Vec<Frames<Pid>>>,
    reply: Option<ReplyTo>,
}

impl Gather {
    fn add(&self, body: &ProcessBody) {
        let frames = frames(body);
        self.frames
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(frames);
    }
}

impl Drop for Gather {
    fn drop(&mut self) {
        let frames = std::mem::take(
            self.frames
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner),
        );
        if let Some(reply) = self.reply.take() {
            reply.answer(frames);
        }
    }
}

/// Where a process is: its program counter, and one word before each return address.
fn frames(body: &ProcessBody) -> Frames<Pid> {
    let here = match body.exec {
        Exec::Code(pc) if pc != 0 => Some(pc),
        Exec::Taken => Some(body.at.get()),
        Exec::Code(_) | Exec::Native(_) => None,
    };
    let callers = body
        .heap
        .stack()
        .iter()
        .filter(|w| w.0 & 7 == 4)
        .map(|w| (w.0 & !7).saturating_sub(8));
    Frames {
        process: body.pid,
        addresses: here.into_iter().chain(callers).collect(),
    }
}

/// Looks at the processes that sleep, and asks those that run.
fn gather(cx: &Cx<'_>) {
    let vm = cx.vm();
    let reply = Some(cx.process().ask(vm));
    let all = Arc::new(Gather {
        frames: Mutex::default(),
        reply,
    });
    for pid in vm.processes.pids() {
        let Some(process) = vm.processes.get(pid) else {
            continue;
        };
        if pid == cx.process().pid {
            all.add(cx.process());
        } else if let Some(mut right) = process.cell.try_take(pid.serial()) {
            if let Some(body) = right.as_mut() {
                all.add(body);
            }
            let wake = right.release(None);
            vm.wake(pid, wake);
        } else {
            let all = Arc::clone(&all);
            // A process that ends meanwhile drops its errand, and is in nobody's way.
            let _ended = vm.signal(
                pid,
                Signal::Errand(Box::new(move |_, _, body| all.add(body))),
            );
        }
    }
}

/// `reload_plan(Preparations)`: `{Refusals, Processes, Modules}`; refusals are `{Code, Module, Count, Text}`, processes
/// `{Pid, Module, Version, {Function, Arity}, Line, Fate}`.
fn reload_plan<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].list_len().is_none() {
        return Err(badarg(cx));
    }
    let prepared = args[0]
        .iter_list()
        .map(|t| loading::prepared(t).ok_or_else(|| badarg(cx)));
    let prepared = prepared.collect::<Result<Vec<_>, _>>()?;
    match cx.process().answer::<Vec<Frames<Pid>>>() {
        Answer::Unasked => {
            gather(cx);
            Err(Raise::wait(args))
        }
        Answer::Pending => Err(Raise::wait(args)),
        Answer::Gone => answer(cx, &plan(cx.vm().code(), &prepared, Vec::new())),
        Answer::Ready(frames) => answer(cx, &plan(cx.vm().code(), &prepared, frames)),
    }
}

/// `old_frames(Stacktrace)`: its frames of code that was not current: `[{M, F, Arity, Line, Version, Current}]`. Known for the stack trace that
/// this process made last; `[]` for another.
fn old_frames<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let rows = old_code(cx.vm(), cx.heap(), cx.process());
    let is_in = |row: &Term<'h>| args[0].iter_list().any(|frame| is_frame(frame, *row));
    Ok(cx
        .heap()
        .list_from(rows.iter_list().filter(is_in).collect::<Vec<_>>()))
}

/// Is the frame of a stack trace the function and line of the row?
fn is_frame(frame: Term<'_>, row: Term<'_>) -> bool {
    let part = |t: Term<'_>, i| t.as_tuple().and_then(|t| t.get(i)).map(Term::raw);
    let arity = |t: Term<'_>| {
        let a = t.as_tuple().and_then(|t| t.get(2))?;
        a.as_small().or_else(|| Some(a.list_len()? as i64))
    };
    let line = frame.as_tuple().and_then(|t| {
        let info = t.get(3)?.iter_list();
        let mut pairs = info.filter_map(|i| Some((i.as_tuple()?.get(0)?, i.as_tuple()?.get(1)?)));
        pairs
            .find(|(k, _)| k.is_atom(atoms::LINE))
            .map(|(_, l)| l.raw())
    });
    (0..2).all(|i| part(frame, i) == part(row, i))
        && arity(frame) == arity(row)
        && line.is_none_or(|l| part(row, 3) == Some(l))
}

/// `watch_code(Boolean)`: exceptions and ends of processes are counted from now on, or no more.
fn watch_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.vm().code().watch(args[0].as_atom() == Some(atoms::TRUE));
    Ok(Term::atom(atoms::OK))
}

/// `watched_code(Module)`: `{Version, Exits, [{Function, Arity, Escapes}]}` of the current version, `none` without one.
fn watched_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let Some(i) = cx.vm().code().current(atom_arg(cx, args[0])?) else {
        return Ok(Term::atom(atoms::NONE));
    };
    let heap = cx.heap();
    let functions = i.functions.iter().map(|f| {
        let escapes = f.escapes.load(Ordering::Relaxed);
        heap.tuple(&[
            Term::atom(f.name),
            heap.int(f.arity.into()),
            heap.uint(escapes),
        ])
    });
    let functions = heap.list_from(functions.collect::<Vec<_>>());
    let exits = heap.uint(i.exits.load(Ordering::Relaxed));
    Ok(heap.tuple(&[heap.int(i.version.into()), exits, functions]))
}

/// `trace_reload(Module, Version)`: the event `code_loaded` in every session with the VM's own output that traces functions of the module.
/// Processes that get Erlang's trace messages are spared what OTP does not know.
fn trace_reload<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let vm = cx.vm();
    let event = Event::of(
        cx.process().pid,
        Kind::Loaded,
        Payload::Two(args[0], args[1]),
    );
    for session in vm.tracing.all_sessions() {
        let functions = vm.tracing.patterns.functions(session.id);
        let traced = functions.iter().any(|f| f.module == module);
        if let Some(sink) = session.sink().filter(|_| traced && session.is_live()) {
            sink.event(vm, 0, &event);
        }
    }
    Ok(Term::atom(atoms::OK))
}

fn answer<'h>(cx: &Cx<'h>, plan: &Plan<Pid>) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let mut refusals = Vec::new();
    for r in plan.refusals() {
        let (module, count) = match r {
            Refusal::OldCodeInUse { module, processes } => (module, processes),
            Refusal::ExportsLost { module, exports } => (module, exports),
            Refusal::RecordsChange { module, records } => (module, records),
        };
        let message = heap.binary(r.text(cx.atoms()).as_bytes());
        refusals.push(heap.tuple(&[
            cx.atom_term(r.code())?,
            Term::atom(module),
            heap.int(count as i64),
            message,
        ]));
    }
    let mut processes = Vec::new();
    for p in &plan.processes {
        let fate: Atom = cx.atom(match p.fate {
            Fate::Unaffected => "unaffected",
            Fate::Moves => "moves",
            Fate::Stays => "stays",
            Fate::WouldDie => "would_die",
        })?;
        processes.push(process(cx, p, fate));
    }
    let modules = plan.modules.iter().map(|m| module(cx, m));
    let modules = modules.collect::<Result<Vec<_>, _>>()?;
    Ok(heap.tuple(&[
        heap.list(&refusals),
        heap.list(&processes),
        heap.list(&modules),
    ]))
}

fn process<'h>(cx: &Cx<'h>, p: &ProcessPlan<Pid>, fate: Atom) -> Term<'h> {
    let heap = cx.heap();
    let int = |n: u32| heap.int(n.into());
    heap.tuple(&[
        Term::pid(p.process),
        Term::atom(p.module),
        int(p.version),
        heap.tuple(&[Term::atom(p.function.0), int(p.function.1.into())]),
        p.line.map_or(Term::atom(atoms::UNDEFINED), int),
        Term::atom(fate),
    ])
}

/// `code_places(Modules)`: every process with code of these modules on its stack, once for each module and version, as
/// `{Pid, Module, Version, {Function, Arity}, Line, current | old}`.
fn code_places<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let modules = args[0].iter_list().map(|m| atom_arg(cx, m));
    let modules = modules.collect::<Result<Vec<_>, _>>()?;
    let frames = match cx.process().answer::<Vec<Frames<Pid>>>() {
        Answer::Unasked => {
            gather(cx);
            return Err(Raise::wait(args));
        }
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => Vec::new(),
        Answer::Ready(frames) => frames,
    };
    let (current, old) = (cx.atom("current")?, cx.atom("old")?);
    let found = frames
        .iter()
        .flat_map(|f| places(cx.vm().code(), &modules, f));
    let rows = found.map(|p| {
        let which = if p.fate == Fate::Unaffected {
            current
        } else {
            old
        };
        process(cx, &p, which)
    });
    Ok(cx.heap().list_from(rows))
}

/// `#{module, from, to, unchanged, functions => [{Name, Arity, Change, Hash}], records => [{Name, Added, Removed, Reordered}],
/// lost => [{Name, Arity, [{Module, Function, Arity} | Module]}]}`.
fn module<'h>(cx: &Cx<'h>, m: &ModulePlan) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let int = |n: i64| heap.int(n);
    let names = |all: &[Atom]| heap.list_from(all.iter().map(|a| Term::atom(*a)));
    let mut functions = Vec::new();
    for f in &m.functions {
        let change = cx.atom_term(match f.change {
            Change::New => "new",
            Change::Changed => "changed",
            Change::Same => "same",
            Change::Removed => "removed",
        })?;
        let hash = heap.binary(&f.hash);
        functions.push(heap.tuple(&[Term::atom(f.name), int(f.arity.into()), change, hash]));
    }
    let records = m.records.iter().map(|r| {
        let reordered = Term::atom(Atom::from_bool(r.reordered));
        heap.tuple(&[
            Term::atom(r.name),
            names(&r.added),
            names(&r.removed),
            reordered,
        ])
    });
    let lost = m.lost.iter().map(|l| {
        let callers = l.callers.iter().map(|(module, function)| match function {
            Some((f, a)) => heap.tuple(&[Term::atom(*module), Term::atom(*f), int((*a).into())]),
            None => Term::atom(*module),
        });
        let callers = heap.list_from(callers);
        heap.tuple(&[Term::atom(l.name), int(l.arity.into()), callers])
    });
    let from = m.from.map_or(Term::atom(atoms::NONE), |v| int(v.into()));
    Ok(heap.map_from_pairs(&[
        (Term::atom(atoms::MODULE), Term::atom(m.module)),
        (cx.atom_term("from")?, from),
        (cx.atom_term("to")?, int(m.to.into())),
        (
            cx.atom_term("unchanged")?,
            Term::atom(Atom::from_bool(m.unchanged)),
        ),
        (Term::atom(atoms::FUNCTIONS), heap.list(&functions)),
        (cx.atom_term("records")?, heap.list_from(records)),
        (cx.atom_term("lost")?, heap.list_from(lost)),
    ]))
}
