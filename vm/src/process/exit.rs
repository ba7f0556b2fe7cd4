//! The end of a process: what it held is released, who is tied to it is told, its slot becomes free.
//!
//! Order matters. EXITING first (it is no longer alive to questions), then the name, then the inbox is closed (from here on
//! senders refuse for it), then links and monitors are told, and last the slot is given back with the memory.

use super::body::process_flag::HOOKS;
use super::host::Ended;
use super::links::{Link, Peer, Watcher};
use super::signal::{ExitSignal, refuse};
use super::{Process, ProcessBody, Signal};
use crate::atoms;
use crate::heap::{OwnedTerm, Pid, Term};
use crate::sync::run_right::{RunRight, flag};
use crate::trace::seq::{Carried, Standing};
use crate::vm::Vm;

/// Why and how a process ends.
#[derive(Debug)]
pub struct Ending {
    /// What links and monitors see.
    pub reason: OwnedTerm,
    /// An exception that deserves a report (`error` or `throw` that nobody caught).
    pub uncaught: bool,
    /// What the function returned.
    pub value: Option<OwnedTerm>,
}

impl Ending {
    /// An end without a report: a signal, `exit/1`.
    pub fn silent(reason: OwnedTerm) -> Box<Ending> {
        Box::new(Ending {
            reason,
            uncaught: false,
            value: None,
        })
    }

    /// The function returned.
    pub fn normal(value: Option<OwnedTerm>) -> Box<Ending> {
        Box::new(Ending {
            reason: OwnedTerm::atom(atoms::NORMAL),
            uncaught: false,
            value,
        })
    }

    /// An uncaught exception; `reason` is complete with its stack trace (or `{nocatch, Term}`).
    pub fn uncaught(reason: OwnedTerm) -> Box<Ending> {
        Box::new(Ending {
            reason,
            uncaught: true,
            value: None,
        })
    }
}

/// Is this the reason of a process that was done, or told to stop?
pub fn is_orderly(reason: Term<'_>) -> bool {
    let first = reason.as_tuple().and_then(|t| t.get(0));
    let is = |t: Term<'_>, a| t.is_atom(a);
    is(reason, atoms::NORMAL)
        || is(reason, atoms::SHUTDOWN)
        || is(reason, atoms::KILLED)
        || first.is_some_and(|t| is(t, atoms::SHUTDOWN))
        || is_purged(reason)
}

/// `{killed, {purge, Module, Version}}`: a forced reload killed it in old code.
fn is_purged(reason: Term<'_>) -> bool {
    let killed = reason.as_tuple().filter(|t| t.len() == 2);
    killed.is_some_and(|t| {
        let why = t.get(1).and_then(|why| why.as_tuple()?.get(0));
        t.get(0).is_some_and(|t| t.is_atom(atoms::KILLED))
            && why.is_some_and(|t| t.is_atom(atoms::PURGE))
    })
}

/// Ends the process whose run right is given.
pub fn terminate(
    vm: &Vm,
    process: &Process,
    mut right: RunRight<'_, Option<ProcessBody>>,
    ending: &Ending,
) {
    right.change_flags(flag::EXITING, flag::ACTIVE);
    let flags = right.flags();
    let body = right.take().expect("invariant: a tenant has a body");
    let pid = body.pid;
    if ending.uncaught {
        super::report::crash(vm, &body, &ending.reason);
    }
    if vm.code().is_watched() && !is_orderly(ending.reason.term()) {
        // Of a server that fails in a callback of old code, the behaviour's frames are current.
        let failed = body.if_extra(|extra| extra.old_frames.clone());
        for state in body.kept_states() {
            let old = failed.iter().find(|f| f.mfa.module == state.module);
            vm.code().keeper_ended(state.module, old.map(|f| f.version));
        }
    }
    if body.trace_flags.get() != 0 {
        crate::trace::points::process_event(vm, &body, atoms::EXIT, ending.reason.term());
    }
    let name = vm.registry_forget(pid, flags);
    if body.trace_flags.get() != 0 {
        if let Some(name) = name {
            let name = Term::atom(name);
            crate::trace::points::process_event(vm, &body, atoms::UNREGISTER, name);
        }
        crate::trace::scheduling::exited(vm, &body);
    }
    if body.has_flag(HOOKS) || vm.ets.any_given_away() {
        vm.run_exit_hooks(pid);
    }
    if flags & flag::TIMERS != 0 {
        vm.timers_forget(pid);
    }
    vm.cancel_receive_timer(&body);
    if vm.tracing.is_used() {
        crate::trace::endings::process_ended(vm, pid);
    }
    for signal in process.inbox.close() {
        refuse(vm, Peer::Process(pid), signal);
    }
    release_suspended(vm, &body);
    let relations = body.relations.borrow_mut().take();
    let standing = crate::trace::seq::take_standing(&body);
    // The body goes before others hear of the end: who is told of a death may count on its memory being free.
    drop(body);
    right.retire();
    vm.processes.dismiss();
    vm.free_slot(pid.slot());
    if let Some(mut relations) = relations {
        let links = relations.links.take_all();
        tell_links(vm, pid, links, &ending.reason, standing);
        for (reference, monitor) in relations.monitors.take_all() {
            vm.stop_watching(reference, monitor.watched);
        }
        for (reference, watcher) in relations.watchers.take_all() {
            match &watcher {
                Watcher::Process(_, _) => vm.tell_watcher(reference, &watcher, &ending.reason),
                Watcher::Host(wait) => wait.tell(Ended {
                    reason: ending.reason.clone(),
                    value: ending.value.clone(),
                    uncaught: ending.uncaught,
                }),
            }
        }
    }
}

fn tell_links(
    vm: &Vm,
    pid: Pid,
    links: Vec<(Peer, Link)>,
    reason: &OwnedTerm,
    mut standing: Option<Standing>,
) {
    for (peer, link) in links {
        match link {
            Link::Live => {
                let carried = match (&mut standing, peer) {
                    (Some(standing), Peer::Process(to)) => {
                        standing.exit_leaves(vm, pid, to, reason.term())
                    }
                    _ => Carried::Nothing,
                };
                let signal = ExitSignal {
                    from: Peer::Process(pid),
                    reason: reason.clone(),
                    linked: true,
                    carried,
                };
                vm.send_to_peer(peer, Signal::Exit(Box::new(signal)));
            }
            Link::Unlinking(_) => {}
        }
    }
}

/// Processes this one had suspended go on.
fn release_suspended(vm: &Vm, body: &ProcessBody) {
    let suspended = body.if_extra(|extra| std::mem::take(&mut extra.suspending));
    for (target, _) in suspended {
        let from = body.pid;
        let _gone = vm.signal(
            target,
            Signal::Errand(Box::new(move |_, process, body| {
                super::spawn::end_suspension(process, body, from)
            })),
        );
    }
}
