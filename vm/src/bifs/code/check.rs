//! `check_process_code`: is a process in old code of a module? A process that sleeps is looked at in place, one that runs is asked by
//! a signal. With `copy_literals` a process that is not in it also gives up the literals of the old code.

use super::{atom_arg, badarg, sweep};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::{Leaving, ModuleInstance};
use crate::heap::{OwnedTerm, Pid, Term, Word};
use crate::process::reply::Answer;
use crate::process::{Exec, ProcessBody, Signal};
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "check_process_code", 2, check_process_code),
    BifRow::new("erlang", "check_process_code", 3, check_process_code),
    BifRow::new("erts_internal", "evacuate_old_code", 2, evacuate_old_code),
    BifRow::new("erts_internal", "sweep_old_code", 3, sweep_old_code),
];

/// Is any frame of the process, or the place where it goes on, in this instance?
pub(super) fn is_in(body: &ProcessBody, instance: &ModuleInstance) -> bool {
    let range = instance.range();
    let here = range.has(match body.exec {
        Exec::Code(pc) => pc,
        // Asked in the middle of a slice: where it looked for signals.
        Exec::Taken => body.at.get(),
        Exec::Native(_) => 0,
    });
    here || body.heap.stack().iter().any(|w| range.is_entered_by(w.0))
}

/// Answers whether the process is in what leaves; one that is not gives up its literals if asked to.
fn look(body: &mut ProcessBody, leaving: &Leaving, evacuate: bool) -> bool {
    let found = leaving.code.as_ref().is_some_and(|code| is_in(body, code));
    let literals = &leaving.literals;
    if evacuate && !found && !literals.each().is_empty() {
        // Most processes hold none of them.
        let mut holds = body.heap.reaches(literals);
        body.visit_roots(&mut |w| holds |= w.is_pointer() && literals.find(*w).is_some());
        if !holds {
            return false;
        }
        let mut roots: Vec<Word> = Vec::new();
        body.visit_roots(&mut |w| roots.push(*w));
        body.heap.evacuate(literals, &mut [&mut roots]);
        let mut moved = roots.into_iter();
        body.visit_roots(&mut |w| {
            *w = moved
                .next()
                .expect("invariant: roots are visited in one order")
        });
    }
    found
}

struct Options<'h> {
    reply: Option<Term<'h>>,
}

fn options<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Options<'h>, Raise<'h>> {
    let bad = || match cx.atom("erl_erts_errors") {
        Ok(module) => Raise::badarg().with_info(module, cx.atom("bad_option").ok()),
        Err(full) => full,
    };
    if t.list_len().is_none() {
        return Err(bad());
    }
    let mut options = Options { reply: None };
    for o in t.iter_list() {
        let pair = o.as_tuple().filter(|t| t.len() == 2).ok_or_else(bad)?;
        let (Some(key), Some(value)) = (pair.get(0).and_then(Term::as_atom), pair.get(1)) else {
            return Err(bad());
        };
        match (cx.atoms().text(key), value.as_atom()) {
            ("allow_gc", Some(atoms::TRUE | atoms::FALSE)) => {}
            ("async", _) => options.reply = Some(value),
            _ => return Err(bad()),
        }
    }
    Ok(options)
}

fn check_process_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let module = atom_arg(cx, args[1])?;
    let options = match args.get(2) {
        Some(t) => options(cx, *t)?,
        None => Options { reply: None },
    };
    let Some(id) = options.reply else {
        return ask(cx, pid, goners(cx, args[1])?, false, args);
    };
    let (id, me) = (OwnedTerm::new(id), cx.process().pid);
    let Some(old) = cx.vm().code().old(module) else {
        answer_by_message(cx.vm(), me, &id, false);
        return Ok(Term::atom(atoms::ASYNC));
    };
    let old = Leaving::code(old);
    let (asked, to) = (OwnedTerm::new(id.term()), me);
    let errand = Signal::Errand(Box::new(move |vm, _, body| {
        let found = look(body, &old, false);
        answer_by_message(vm, to, &asked, found);
    }));
    if cx.vm().signal(pid, errand).is_err() {
        answer_by_message(cx.vm(), me, &id, false);
    }
    Ok(Term::atom(atoms::ASYNC))
}

fn answer_by_message(vm: &Vm, to: Pid, id: &OwnedTerm, found: bool) {
    let heap = crate::heap::Heap::new(&vm.env, crate::heap::HeapOptions::default());
    let answer = Term::atom(Atom::from_bool(found));
    let tag = Term::atom(atoms::CHECK_PROCESS_CODE);
    vm.send_message(to, heap.tuple(&[tag, id.copy_to(&heap), answer]));
}

/// The old code of a module; `[]`: discarded code and persistent terms that are being buried.
fn goners<'h>(cx: &Cx<'h>, module: Term<'h>) -> Result<Vec<Leaving>, Raise<'h>> {
    let code = cx.vm().code();
    if module.is_nil() {
        return Ok(code.going());
    }
    let old = code.old(atom_arg(cx, module)?);
    Ok(old.into_iter().map(Leaving::code).collect())
}

fn look_at_all<L>(
    body: &mut ProcessBody,
    olds: &[L],
    look: impl Fn(&mut ProcessBody, &L) -> bool,
) -> bool {
    olds.iter()
        .fold(false, |found, old| look(body, old) | found)
}

/// `sweep_old_code(Module, Evacuate, From)`: `{Users, Busy, Next}` for a stretch of the process table from slot `From` on: the processes
/// in the old code, those that run just now and must be asked one by one, and where to go on, `done` at the end. With `Evacuate` the
/// others give up its literals.
fn sweep_old_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let olds = goners(cx, args[0])?;
    let evacuate = args[1].as_atom() == Some(atoms::TRUE);
    let from = sweep::from(cx, args[2])?;
    let heap = cx.heap();
    if olds.is_empty() {
        return Ok(heap.tuple(&[Term::NIL, Term::NIL, cx.atom_term("done")?]));
    }
    let mut users = Vec::new();
    let stretch = sweep::sweep(cx, from, |body| {
        if look_at_all(body, &olds, |body, old| look(body, old, evacuate)) {
            users.push(Term::pid(body.pid));
        }
    });
    let busy = stretch.busy.into_iter().map(Term::pid);
    Ok(heap.tuple(&[
        heap.list(&users),
        heap.list_from(busy),
        sweep::next(cx, stretch.next)?,
    ]))
}

/// Like [`check_process_code`], and a process that is not in the old code copies its literals to its own heap.
fn evacuate_old_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let olds = goners(cx, args[1])?;
    ask(cx, pid, olds, true, args)
}

fn ask<'h>(
    cx: &Cx<'h>,
    pid: Pid,
    olds: Vec<Leaving>,
    evacuate: bool,
    args: &[Term<'h>],
) -> Result<Term<'h>, Raise<'h>> {
    let look = move |body: &mut ProcessBody, old: &Leaving| look(body, old, evacuate);
    ask_about_old(cx, pid, olds, args, look)
}

/// Does something to a process with regard to old code and answers the outcome; false when there is no old code or no process.
pub(super) fn ask_about_old<'h, L: Send + 'static>(
    cx: &Cx<'h>,
    pid: Pid,
    olds: Vec<L>,
    args: &[Term<'h>],
    look: impl Fn(&mut ProcessBody, &L) -> bool + Send + 'static,
) -> Result<Term<'h>, Raise<'h>> {
    let answer = |found| Ok(Term::atom(Atom::from_bool(found)));
    match cx.process().answer::<bool>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return answer(false),
        Answer::Ready(found) => return answer(found),
        Answer::Unasked => {}
    }
    let vm = cx.vm();
    if olds.is_empty() {
        return answer(false);
    }
    let Some(process) = vm.processes.get(pid) else {
        return answer(false);
    };
    // The run right of a process that sleeps is free; a question to a million sleepers wakes none.
    if pid != cx.process().pid
        && let Some(mut right) = process.cell.try_take(pid.serial())
    {
        let found = right
            .as_mut()
            .is_some_and(|body| look_at_all(body, &olds, &look));
        let wake = right.release(None);
        vm.wake(pid, wake);
        return answer(found);
    }
    let reply = cx.process().ask(vm);
    let errand = Signal::Errand(Box::new(move |_, _, body| {
        let found = look_at_all(body, &olds, &look);
        reply.answer(found);
    }));
    if vm.signal(pid, errand).is_err() {
        let _gone: Answer<bool> = cx.process().answer();
        return answer(false);
    }
    Err(Raise::wait(args))
}
