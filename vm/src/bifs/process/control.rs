//! Running and standing still: suspend, resume, yield, hibernate, collecting on request, group leaders, who is alive.

use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Term};
use crate::process::body::process_flag;
use crate::process::reply::Answer;
use crate::process::spawn::{begin_suspension, end_suspension};
use crate::process::{Process, ProcessBody, Signal};
use crate::vm::Vm;
use std::sync::Weak;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "self", 0, self_pid),
    BifRow::new("erlang", "is_process_alive", 1, is_process_alive),
    BifRow::new("erlang", "processes", 0, processes),
    BifRow::new("erlang", "group_leader", 0, group_leader),
    BifRow::new("erlang", "group_leader", 2, set_group_leader),
    BifRow::new("erlang", "suspend_process", 1, suspend),
    BifRow::new("erlang", "suspend_process", 2, suspend),
    BifRow::new("erlang", "resume_process", 1, resume),
    BifRow::new("erlang", "yield", 0, yield_0),
    BifRow::new("erlang", "bump_reductions", 1, bump_reductions),
    BifRow::new("erlang", "hibernate", 3, hibernate),
    BifRow::new("erlang", "garbage_collect", 0, garbage_collect),
    BifRow::new("erlang", "garbage_collect", 1, garbage_collect_of),
    BifRow::new("erlang", "garbage_collect", 2, garbage_collect_of),
];

/// Runs an errand in another process and waits for its answer; `gone` is the answer of a process that does not exist.
pub fn ask_process<'h, T: Send + 'static>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    pid: Pid,
    gone: T,
    work: impl FnOnce(&Vm, &Process, &mut ProcessBody) -> T + Send + 'static,
) -> Result<T, Raise<'h>> {
    match cx.process().answer::<T>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return Ok(gone),
        Answer::Ready(value) => return Ok(value),
        Answer::Unasked => {}
    }
    let reply = cx.process().ask(cx.vm());
    let errand = move |vm: &Vm, process: &Process, other: &mut ProcessBody| {
        reply.answer(work(vm, process, other))
    };
    // A refused errand is dropped, and the reply in it answers that nobody is there.
    let _gone = cx.vm().signal(pid, Signal::Errand(Box::new(errand)));
    Err(Raise::wait(args))
}

fn self_pid<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::pid(cx.process().pid))
}

/// A process with signals still to handle is asked by signal, so that an exit signal sent before the question counts.
fn is_process_alive<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let unasked = cx.process().reply.borrow().is_none();
    if unasked {
        let alive = cx.vm().processes.is_alive(pid);
        let settled =
            cx.vm().processes.slot(pid.slot()).is_none_or(|process| {
                process.inbox.is_empty() && !process.is_handling(pid.serial())
            });
        if pid == cx.process().pid || !alive || settled {
            return Ok(Term::bool(alive));
        }
    }
    ask_process(cx, args, pid, false, |_, _, _| true).map(Term::bool)
}

fn processes<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut pids = cx.vm().processes.pids();
    pids.sort_unstable_by_key(|pid| (pid.serial(), pid.slot()));
    cx.bump(pids.len() as i64 / 10);
    Ok(cx.heap().list_from(pids.into_iter().map(Term::pid)))
}

fn group_leader<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::pid(cx.process().group_leader.get()))
}

fn set_group_leader<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (leader, pid) = (
        args[0].as_pid().ok_or_else(Raise::badarg)?,
        args[1].as_pid().ok_or_else(Raise::badarg)?,
    );
    if pid == cx.process().pid {
        cx.process().group_leader.set(leader);
        return Ok(Term::TRUE);
    }
    let done = ask_process(cx, args, pid, false, move |_, _, other| {
        other.group_leader.set(leader);
        true
    })?;
    if done {
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

/// `suspend_process(Pid[, Options])`; answers when the other stands still, unless asked not to wait.
fn suspend<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (vm, body) = (cx.vm(), cx.process());
    let pid = args[0]
        .as_pid()
        .filter(|pid| *pid != body.pid)
        .ok_or_else(Raise::badarg)?;
    let (mut unless, mut background, mut tag) = (false, false, None);
    if let Some(options) = args.get(1) {
        let mut items = options.iter_list();
        let (unless_suspending, asynchronous) =
            (cx.atom("unless_suspending")?, cx.atom("asynchronous")?);
        for item in items.by_ref() {
            match item.as_atom() {
                Some(name) if name == unless_suspending => unless = true,
                Some(name) if name == asynchronous => background = true,
                Some(_) => return Err(Raise::badarg()),
                None => {
                    tag = Some(tagged(item, asynchronous).ok_or_else(Raise::badarg)?);
                    background = true;
                }
            }
        }
        if !items.tail().is_nil() {
            return Err(Raise::badarg());
        }
    }
    let tell = |state| {
        let tag = OwnedTerm::new(tag?);
        let (vm, to) = (vm.weak(), body.pid);
        Some(Tell { vm, to, tag, state })
    };
    let suspended = atoms::SUSPENDED;
    if body.reply.borrow().is_none() {
        if !vm.processes.is_alive(pid) {
            drop(tell(atoms::BADARG));
            return match background {
                true => Ok(Term::TRUE),
                false => Err(Raise::badarg()),
            };
        }
        let count = body.with_extra(|extra| {
            match extra.suspending.iter_mut().find(|(other, _)| *other == pid) {
                Some((_, count)) if unless => *count,
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    extra.suspending.push((pid, 1));
                    0
                }
            }
        });
        if count > 0 {
            drop(tell(suspended));
            return Ok(Term::bool(!unless));
        }
    }
    let me = body.pid;
    if background {
        let mut tell = tell(cx.atom("exited")?);
        let errand = move |_: &Vm, process: &Process, other: &mut ProcessBody| {
            begin_suspension(process, other, me);
            if let Some(tell) = &mut tell {
                tell.state = suspended;
            }
        };
        let _gone = vm.signal(pid, Signal::Errand(Box::new(errand)));
        return Ok(Term::TRUE);
    }
    let done = ask_process(cx, args, pid, false, move |_, process, other| {
        begin_suspension(process, other, me);
        true
    })?;
    if done {
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

/// `{Name, Tag}`
fn tagged<'h>(item: Term<'h>, name: Atom) -> Option<Term<'h>> {
    let pair = item.as_tuple().filter(|pair| pair.len() == 2)?;
    pair.get(0).filter(|first| first.is_atom(name))?;
    pair.get(1)
}

/// What became of a suspension that nobody waits for: `{Tag, State}` goes to who asked when this is dropped, also by a process that ends first.
struct Tell {
    vm: Weak<Vm>,
    to: Pid,
    tag: OwnedTerm,
    state: Atom,
}

impl Drop for Tell {
    fn drop(&mut self) {
        let Some(vm) = self.vm.upgrade() else { return };
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let pair = heap.tuple(&[heap.copy_in(self.tag.term()), Term::atom(self.state)]);
        let _gone = vm.signal(self.to, Signal::Message(OwnedTerm::new(pair)));
    }
}

fn resume<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let body = cx.process();
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let left = body.with_extra(|extra| {
        let at = extra
            .suspending
            .iter()
            .position(|(other, _)| *other == pid)?;
        extra.suspending[at].1 -= 1;
        let left = extra.suspending[at].1;
        if left == 0 {
            extra.suspending.swap_remove(at);
        }
        Some(left)
    });
    let left = left.ok_or_else(Raise::badarg)?;
    if left == 0 {
        let me = body.pid;
        let errand = move |_: &Vm, process: &Process, other: &mut ProcessBody| {
            end_suspension(process, other, me)
        };
        if cx
            .vm()
            .signal(pid, Signal::Errand(Box::new(errand)))
            .is_err()
        {
            return Err(Raise::badarg());
        }
    }
    Ok(Term::TRUE)
}

/// Gives up the rest of the slice: asks to be called again, and that second call answers.
fn yield_0<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let was_here = cx.process().has_flag(process_flag::YIELDED);
    cx.process().set_flag(process_flag::YIELDED, !was_here);
    if was_here {
        Ok(Term::TRUE)
    } else {
        Err(Raise::again(args))
    }
}

/// `hibernate(M, F, Args)`: the interpreter sees the flag when it follows the call, and drops the stack.
fn hibernate<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (module, function) = (
        args[0].as_atom().ok_or_else(Raise::badarg)?,
        args[1].as_atom().ok_or_else(Raise::badarg)?,
    );
    args[2]
        .list_len()
        .filter(|len| *len <= 255)
        .ok_or_else(Raise::badarg)?;
    let call: Vec<Term<'h>> = args[2].iter_list().collect();
    cx.process().set_flag(process_flag::HIBERNATING, true);
    Err(Raise::trap(module, function, &call))
}

/// Collects behind this call, where only its answer is live.
fn garbage_collect<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if cx.may_leave() && cx.vm().is_long_to_sweep(cx.heap().used_words()) {
        return Err(Raise::collect(Term::TRUE));
    }
    let errand = |vm: &Vm, _: &Process, body: &mut ProcessBody| body.collect_now(vm);
    let _sent_to_itself = cx
        .vm()
        .signal(cx.process().pid, Signal::Errand(Box::new(errand)));
    Err(Raise::signals(Term::TRUE))
}

/// `garbage_collect(Pid[, [{async, Id} | {type, major | minor}]])`
fn garbage_collect_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let mut request = None;
    if let Some(options) = args.get(1) {
        let mut items = options.iter_list();
        for item in items.by_ref() {
            let pair = item
                .as_tuple()
                .filter(|pair| pair.len() == 2)
                .ok_or_else(Raise::badarg)?;
            let (key, value) = (
                pair.get(0).and_then(Term::as_atom),
                pair.get(1).ok_or_else(Raise::badarg)?,
            );
            match key.map(|key| cx.atoms().text(key)) {
                Some("async") => request = Some(value),
                Some("type")
                    if matches!(
                        value.as_atom().map(|kind| cx.atoms().text(kind)),
                        Some("major" | "minor")
                    ) => {}
                _ => return Err(Raise::badarg()),
            }
        }
        items
            .tail()
            .is_nil()
            .then_some(())
            .ok_or_else(Raise::badarg)?;
    }
    let Some(request) = request else {
        if pid == cx.process().pid {
            return garbage_collect(cx, args);
        }
        let done = ask_process(cx, args, pid, false, |vm, _, other| {
            other.collect_now(vm);
            true
        })?;
        return Ok(Term::bool(done));
    };
    let answer = |done: bool| {
        let message = cx.heap().tuple(&[
            Term::atom(atoms::GARBAGE_COLLECT),
            request,
            Term::bool(done),
        ]);
        OwnedTerm::new(message)
    };
    let (me, done) = (cx.process().pid, answer(true));
    let errand = move |vm: &Vm, _: &Process, other: &mut ProcessBody| {
        other.collect_now(vm);
        let _gone = vm.signal(me, Signal::Message(done));
    };
    if cx
        .vm()
        .signal(pid, Signal::Errand(Box::new(errand)))
        .is_err()
    {
        let _sent_to_itself = cx.vm().signal(me, Signal::Message(answer(false)));
    }
    Ok(Term::atom(atoms::ASYNC))
}

fn bump_reductions<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let wanted = args[0]
        .as_small()
        .filter(|n| *n >= 0)
        .ok_or_else(Raise::badarg)?;
    cx.bump(wanted.min(cx.reductions_left().max(0)));
    Ok(Term::TRUE)
}
