//! Whose state a process keeps, and which version of the module last made or converted it. The behaviours say so (`gen_server`,
//! `gen_statem`, `gen_event`, `supervisor`); reloading asks: new code may run on old state, which no stack shows.

use super::{atom_arg, badarg, sweep};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Pid, Term};
use crate::process::reply::Answer;
use crate::process::{KeptState, ProcessBody, Signal};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "state_written", 2, state_written),
    BifRow::new("erts_internal", "state_written", 4, state_written_by),
    BifRow::new("erts_internal", "state_dropped", 1, state_dropped),
    BifRow::new("erts_internal", "kept_states", 1, kept_states),
    BifRow::new("erts_internal", "sweep_states", 2, sweep_states),
];

/// The module with the version that is current.
fn kept(cx: &Cx<'_>, behaviour: Atom, module: Atom) -> KeptState {
    let current = cx.vm().code().current(module);
    KeptState {
        module,
        behaviour,
        version: current.map_or(0, |i| i.version),
    }
}

/// Does a process of this behaviour keep the states of several modules?
fn is_several(cx: &Cx<'_>, behaviour: Atom) -> bool {
    cx.atoms().text(behaviour) == "gen_event"
}

fn note(body: &ProcessBody, state: KeptState, several: bool) {
    match several {
        true => body.keep_state_too(state),
        false => body.keep_state(state),
    }
}

/// `state_written(Behaviour, Module)`: the current version of the module has just made or converted the state this process keeps for it.
fn state_written<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let behaviour = atom_arg(cx, args[0])?;
    let state = kept(cx, behaviour, atom_arg(cx, args[1])?);
    note(cx.process(), state, is_several(cx, behaviour));
    Ok(Term::atom(atoms::OK))
}

/// `state_written(Pid, Behaviour, Module, Version)`: a reload has put another state into a process that stands still: one of that version, or
/// of the `current` one.
fn state_written_by<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let behaviour = atom_arg(cx, args[1])?;
    let mut state = kept(cx, behaviour, atom_arg(cx, args[2])?);
    if let Some(version) = args[3].as_small() {
        state.version = u32::try_from(version).map_err(|_| badarg(cx))?;
    }
    let several = is_several(cx, behaviour);
    let errand = Signal::Errand(Box::new(move |_, _, body| note(body, state, several)));
    let _ended = cx.vm().signal(pid, errand);
    Ok(Term::atom(atoms::OK))
}

/// The process keeps no state of the module any more.
fn state_dropped<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    cx.process().drop_state(module);
    Ok(Term::atom(atoms::OK))
}

/// The states a process keeps; without a note of its behaviour, the module that `proc_lib` says it was started with, as version 0.
fn states(body: &ProcessBody, initial_call: Atom) -> Vec<KeptState> {
    let noted = body.kept_states();
    if !noted.is_empty() {
        return noted;
    }
    let dict = body.dict.borrow();
    let started = dict
        .get(&body.heap, Term::atom(initial_call))
        .and_then(|t| t.as_tuple()?.get(0)?.as_atom());
    let by_name = |module| KeptState {
        module,
        behaviour: atoms::UNDEFINED,
        version: 0,
    };
    started.map(by_name).into_iter().collect()
}

fn row<'h>(cx: &Cx<'h>, pid: Pid, s: KeptState) -> Term<'h> {
    let heap = cx.heap();
    heap.tuple(&[
        Term::pid(pid),
        Term::atom(s.module),
        Term::atom(s.behaviour),
        heap.int(s.version.into()),
    ])
}

/// `kept_states(Pid)`: `[{Pid, Module, Behaviour, Version}]`.
fn kept_states<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let initial_call = cx.atom("$initial_call")?;
    let rows = |found: Vec<KeptState>| {
        let rows = found.into_iter().map(|s| row(cx, pid, s));
        Ok(cx.heap().list_from(rows))
    };
    match cx.process().answer::<Vec<KeptState>>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return rows(Vec::new()),
        Answer::Ready(found) => return rows(found),
        Answer::Unasked => {}
    }
    if pid == cx.process().pid {
        return rows(states(cx.process(), initial_call));
    }
    let reply = cx.process().ask(cx.vm());
    let errand = Signal::Errand(Box::new(move |_, _, body| {
        reply.answer(states(body, initial_call));
    }));
    if cx.vm().signal(pid, errand).is_err() {
        let _gone: Answer<Vec<KeptState>> = cx.process().answer();
        return rows(Vec::new());
    }
    Err(Raise::wait(args))
}

/// `sweep_states(Modules, From)`: `{Rows, Busy, Next}` of a stretch of the process table, as [`super::sweep`] has it; of states of these
/// modules, or of all that a behaviour has noted when there are none.
fn sweep_states<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let modules = args[0].iter_list().map(|m| atom_arg(cx, m));
    let modules = modules.collect::<Result<Vec<_>, _>>()?;
    let initial_call = cx.atom("$initial_call")?;
    let mut found = Vec::new();
    let stretch = sweep::sweep(cx, sweep::from(cx, args[1])?, |body| {
        let all = match modules.is_empty() {
            true => body.kept_states(),
            false => states(body, initial_call),
        };
        let wanted = |s: &KeptState| modules.is_empty() || modules.contains(&s.module);
        found.extend(all.into_iter().filter(wanted).map(|s| row(cx, body.pid, s)));
    });
    let heap = cx.heap();
    Ok(heap.tuple(&[
        heap.list(&found),
        heap.list_from(stretch.busy.into_iter().map(Term::pid)),
        sweep::next(cx, stretch.next)?,
    ]))
}
