//! `erlang:system_monitor/0,1,2`, `erlang:system_profile/0,2`, and what `trace:system/3` stands on.

use std::sync::Arc;

use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::trace::flags;
use crate::trace::system::{Bounds, Profile, wants};
use crate::trace::tracer::Tracer;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "system_monitor", 0, monitor_0),
    BifRow::new("erlang", "system_monitor", 1, monitor_1),
    BifRow::new("erlang", "system_monitor", 2, monitor_2),
    BifRow::new("erlang", "system_profile", 0, profile_0),
    BifRow::new("erlang", "system_profile", 2, profile_2),
    BifRow::new("erts_internal", "trace_system", 3, session_system),
];

/// The smallest heap that counts as large, in words.
const LEAST_LARGE_HEAP: usize = 16 * 1024;

type Answer<'h> = Result<Term<'h>, Raise<'h>>;

fn monitor_0<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let vm = cx.vm();
    let Some((tracer, bounds)) = vm.tracing.system.of(None) else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    let dead = |pid| vm.processes.get(pid).is_none();
    if tracer.pid().is_some_and(dead) {
        vm.tracing.system.remove(None);
        return Ok(Term::atom(atoms::UNDEFINED));
    }
    let who = super::info::tracer_term(cx, &tracer);
    Ok(cx.heap().tuple(&[who, bounds_term(cx, &bounds)]))
}

fn bounds_term<'h>(cx: &Cx<'h>, bounds: &Bounds) -> Term<'h> {
    let heap = cx.heap();
    let pair = |name, n: u64| heap.tuple(&[Term::atom(name), heap.uint(n)]);
    let mut all = Vec::new();
    all.extend(
        bounds
            .busy_dist_port
            .then_some(Term::atom(atoms::BUSY_DIST_PORT)),
    );
    all.extend(bounds.busy_port.then_some(Term::atom(atoms::BUSY_PORT)));
    all.extend(bounds.large_heap.map(|n| pair(atoms::LARGE_HEAP, n as u64)));
    all.extend(
        bounds
            .long_schedule_ms
            .map(|n| pair(atoms::LONG_SCHEDULE, n)),
    );
    all.extend(bounds.long_gc_ms.map(|n| pair(atoms::LONG_GC, n)));
    all.extend(bounds.long_message_queue.map(|(disable, enable)| {
        let both = heap.tuple(&[heap.uint(disable as u64), heap.uint(enable as u64)]);
        heap.tuple(&[Term::atom(atoms::LONG_MESSAGE_QUEUE), both])
    }));
    heap.list(&all)
}

/// One bound; `None` if there is no such.
fn bound(bounds: &mut Bounds, name: atoms::Atom, value: Term<'_>) -> Option<()> {
    let number = || value.as_usize();
    // A bound of 0 is none, as in OTP.
    let some = |n: usize| Some(n as u64).filter(|n| *n > 0);
    match name {
        atoms::LONG_GC => bounds.long_gc_ms = some(number()?),
        atoms::LONG_SCHEDULE => bounds.long_schedule_ms = some(number()?),
        atoms::LARGE_HEAP => bounds.large_heap = Some(number()?.max(LEAST_LARGE_HEAP)),
        atoms::BUSY_PORT | atoms::BUSY_DIST_PORT => {
            let on = match value.as_atom()? {
                atoms::TRUE => true,
                atoms::FALSE => false,
                _ => return None,
            };
            if name == atoms::BUSY_PORT {
                bounds.busy_port = on;
            } else {
                bounds.busy_dist_port = on;
            }
        }
        atoms::LONG_MESSAGE_QUEUE => {
            let pair = value.as_tuple().filter(|pair| pair.len() == 2)?;
            let (disable, enable) = (pair.get(0)?.as_usize()?, pair.get(1)?.as_usize()?);
            if disable >= enable || enable == 0 {
                return None;
            }
            bounds.long_message_queue = Some((disable, enable));
        }
        _ => return None,
    }
    Some(())
}

fn monitor_1<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    if args[0].is_atom(atoms::UNDEFINED) {
        return set_monitor(cx, args[0], Term::NIL);
    }
    let pair = args[0]
        .as_tuple()
        .filter(|pair| pair.len() == 2)
        .ok_or_else(Raise::badarg)?;
    match (pair.get(0), pair.get(1)) {
        (Some(who), Some(options)) => set_monitor(cx, who, options),
        _ => Err(Raise::badarg()),
    }
}

fn monitor_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    set_monitor(cx, args[0], args[1])
}

fn set_monitor<'h>(cx: &Cx<'h>, who: Term<'h>, options: Term<'h>) -> Answer<'h> {
    let old = monitor_0(cx, &[])?;
    let vm = cx.vm();
    if who.is_atom(atoms::UNDEFINED) {
        vm.tracing.system.remove(None);
        return Ok(old);
    }
    let pid = who.as_pid().ok_or_else(Raise::badarg)?;
    let mut bounds = Bounds::default();
    for option in elements(options)? {
        let read = match option.kind() {
            Kind::Atom(name @ (atoms::BUSY_PORT | atoms::BUSY_DIST_PORT)) => {
                bound(&mut bounds, name, Term::TRUE)
            }
            Kind::Tuple(pair) if pair.len() == 2 => match (pair.get(0), pair.get(1)) {
                (Some(name), Some(value)) => name
                    .as_atom()
                    .and_then(|name| bound(&mut bounds, name, value)),
                _ => None,
            },
            _ => None,
        };
        read.ok_or_else(Raise::badarg)?;
    }
    if vm.processes.get(pid).is_none() {
        return Err(Raise::badarg());
    }
    vm.tracing.set_used();
    vm.tracing
        .system
        .set(None, &vm.tracing.process_tracer(pid), bounds);
    Ok(old)
}

/// `trace_system(Session, Event, Bound | true | false)`: `ok`.
fn session_system<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let session = super::session(cx, args[0])?;
    let tracer = session.tracer.clone().ok_or_else(Raise::badarg)?;
    let name = args[1].as_atom().ok_or_else(Raise::badarg)?;
    let system = &cx.vm().tracing.system;
    let mut bounds = system
        .of(Some(session.id))
        .map_or_else(Bounds::default, |(_, bounds)| bounds);
    if args[2].is_atom(atoms::FALSE) {
        match name {
            atoms::LONG_GC => bounds.long_gc_ms = None,
            atoms::LONG_SCHEDULE => bounds.long_schedule_ms = None,
            atoms::LARGE_HEAP => bounds.large_heap = None,
            atoms::LONG_MESSAGE_QUEUE => bounds.long_message_queue = None,
            atoms::BUSY_PORT => bounds.busy_port = false,
            atoms::BUSY_DIST_PORT => bounds.busy_dist_port = false,
            _ => return Err(Raise::badarg()),
        }
    } else {
        bound(&mut bounds, name, args[2]).ok_or_else(Raise::badarg)?;
    }
    cx.vm().tracing.set_used();
    system.set(Some(&session), &tracer, bounds);
    Ok(Term::atom(atoms::OK))
}

fn profile_0<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let profile = cx.vm().tracing.system.profile();
    Ok(profile_term(cx, profile.as_ref()))
}

fn profile_term<'h>(cx: &Cx<'h>, profile: Option<&Profile>) -> Term<'h> {
    let Some(profile) = profile else {
        return Term::atom(atoms::UNDEFINED);
    };
    let named = [
        (profile.wants & wants::SCHEDULER != 0, atoms::SCHEDULER),
        (profile.exclusive, atoms::EXCLUSIVE),
        (
            profile.wants & wants::RUNNABLE_PORTS != 0,
            atoms::RUNNABLE_PORTS,
        ),
        (
            profile.wants & wants::RUNNABLE_PROCS != 0,
            atoms::RUNNABLE_PROCS,
        ),
    ];
    let words: Vec<Term<'h>> = named
        .into_iter()
        .filter_map(|(on, name)| on.then_some(Term::atom(name)))
        .collect();
    let heap = cx.heap();
    heap.tuple(&[
        super::info::tracer_term(cx, &profile.tracer),
        heap.list(&words),
    ])
}

fn profile_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let vm = cx.vm();
    if args[0].is_atom(atoms::UNDEFINED) {
        let old = vm.tracing.system.set_profile(None);
        return Ok(profile_term(cx, old.as_ref()));
    }
    let tracer: Arc<Tracer> = super::sessions::simple_tracer(cx, args[0])?;
    if tracer
        .pid()
        .is_some_and(|pid| vm.processes.get(pid).is_none())
    {
        return Err(Raise::badarg());
    }
    let mut profile = Profile {
        tracer,
        wants: 0,
        exclusive: false,
        stamp: 0,
    };
    for option in elements(args[1])? {
        match option.as_atom().ok_or_else(Raise::badarg)? {
            atoms::RUNNABLE_PROCS => profile.wants |= wants::RUNNABLE_PROCS,
            atoms::RUNNABLE_PORTS => profile.wants |= wants::RUNNABLE_PORTS,
            atoms::SCHEDULER => profile.wants |= wants::SCHEDULER,
            atoms::EXCLUSIVE => profile.exclusive = true,
            atoms::TIMESTAMP => profile.stamp = flags::TIMESTAMP,
            atoms::MONOTONIC_TIMESTAMP => profile.stamp = flags::MONOTONIC_TIMESTAMP,
            atoms::STRICT_MONOTONIC_TIMESTAMP => {
                profile.stamp = flags::STRICT_MONOTONIC_TIMESTAMP;
            }
            _ => return Err(Raise::badarg()),
        }
    }
    vm.tracing.set_used();
    let old = vm.tracing.system.set_profile(Some(profile));
    Ok(profile_term(cx, old.as_ref()))
}
