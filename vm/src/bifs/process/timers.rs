//! `send_after`, `start_timer`, `cancel_timer`, `read_timer`.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Term};
use crate::sched::clock::{MONOTONIC_START, NS_PER_TICK};
use crate::sched::timers::Receiver;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "send_after", 3, send_after),
    BifRow::new("erlang", "send_after", 4, send_after),
    BifRow::new("erlang", "start_timer", 3, start_timer),
    BifRow::new("erlang", "start_timer", 4, start_timer),
    BifRow::new("erlang", "cancel_timer", 1, cancel_timer),
    BifRow::new("erlang", "cancel_timer", 2, cancel_timer),
    BifRow::new("erlang", "read_timer", 1, read_timer),
    BifRow::new("erlang", "read_timer", 2, read_timer),
];

/// The first and the last millisecond that the clock can tell, as `system_info` has them.
const FIRST_MS: i64 = MONOTONIC_START.div_euclid(1_000_000);
const LAST_MS: i64 = i64::MAX / 1_000_000;

/// The value of one boolean option in a list that may hold only the options named.
fn flag<'h>(
    list: Option<&Term<'h>>,
    wanted: &[atoms::Atom],
) -> Result<Vec<Option<bool>>, Raise<'h>> {
    let mut found = vec![None; wanted.len()];
    let Some(list) = list else { return Ok(found) };
    let mut items = list.iter_list();
    for item in items.by_ref() {
        let tuple = item
            .as_tuple()
            .filter(|tuple| tuple.len() == 2)
            .ok_or_else(Raise::badarg)?;
        let key = tuple
            .get(0)
            .and_then(Term::as_atom)
            .ok_or_else(Raise::badarg)?;
        let value = tuple.get(1).ok_or_else(Raise::badarg)?;
        let at = wanted
            .iter()
            .position(|name| *name == key)
            .ok_or_else(Raise::badarg)?;
        found[at] = Some(match value.as_atom() {
            Some(atoms::TRUE) => true,
            Some(atoms::FALSE) => false,
            _ => return Err(Raise::badarg()),
        });
    }
    if items.tail().is_nil() {
        Ok(found)
    } else {
        Err(Raise::badarg())
    }
}

/// The tick at which a timer is due, and where its message goes.
fn parse<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<(u64, Receiver), Raise<'h>> {
    let abs = cx.atom("abs")?;
    let absolute = flag(args.get(3), &[abs])?[0] == Some(true);
    let to = match args[1].kind() {
        Kind::Pid(pid) => Receiver::Process(pid),
        Kind::Atom(name) => Receiver::Name(name),
        _ => return Err(Raise::badarg()),
    };
    let time = args[0].as_small().ok_or_else(Raise::badarg)?;
    if absolute {
        if !(FIRST_MS..=LAST_MS).contains(&time) {
            return Err(Raise::badarg());
        }
        let since_start = time
            .saturating_mul(NS_PER_TICK)
            .saturating_sub(MONOTONIC_START);
        let ticks = (since_start.max(0) as u64).div_ceil(NS_PER_TICK as u64);
        return Ok((ticks, to));
    }
    let now_ms = cx.vm().clock.monotonic_ns() / 1_000_000;
    if !(0..=LAST_MS - now_ms).contains(&time) {
        return Err(Raise::badarg());
    }
    Ok((cx.vm().clock.due_in_ms(time as u64), to))
}

fn send_after<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (due, to) = parse(cx, args)?;
    let id = cx.heap().env().fresh_ref();
    cx.vm()
        .start_message_timer(id.0, due, to, OwnedTerm::new(args[2]));
    Ok(cx.heap().reference(id, None))
}

fn start_timer<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (due, to) = parse(cx, args)?;
    let heap = cx.heap();
    let id = heap.env().fresh_ref();
    let reference = heap.reference(id, None);
    let message = heap.tuple(&[Term::atom(atoms::TIMEOUT), reference, args[2]]);
    cx.vm()
        .start_message_timer(id.0, due, to, OwnedTerm::new(message));
    Ok(reference)
}

/// Milliseconds left until a tick, or `false`.
fn left<'h>(cx: &Cx<'h>, due: Option<u64>) -> Term<'h> {
    match due {
        Some(due) => {
            let ns = (due as i64).saturating_mul(NS_PER_TICK) - cx.vm().clock.since_start_ns();
            cx.heap().int(ns.max(0) / NS_PER_TICK)
        }
        None => Term::FALSE,
    }
}

fn answer<'h>(
    cx: &Cx<'h>,
    tag: atoms::Atom,
    reference: Term<'h>,
    result: Term<'h>,
    options: &[Option<bool>],
) -> Term<'h> {
    let (is_async, info) = (
        options[0] == Some(true),
        options.get(1).copied().flatten() != Some(false),
    );
    if !info {
        return Term::atom(atoms::OK);
    }
    if is_async {
        let heap = cx.heap();
        let message = heap.tuple(&[Term::atom(tag), reference, result]);
        cx.vm().send_message(cx.process().pid, message);
        return Term::atom(atoms::OK);
    }
    result
}

fn cancel_timer<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let options = flag(args.get(1), &[atoms::ASYNC, atoms::INFO])?;
    let reference = args[0].as_ref().ok_or_else(Raise::badarg)?;
    let due = cx.vm().cancel_message_timer(reference.id().0);
    let tag = cx.atom("cancel_timer")?;
    Ok(answer(cx, tag, args[0], left(cx, due), &options))
}

fn read_timer<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let options = flag(args.get(1), &[atoms::ASYNC])?;
    let reference = args[0].as_ref().ok_or_else(Raise::badarg)?;
    let due = cx.vm().read_message_timer(reference.id().0);
    let tag = cx.atom("read_timer")?;
    Ok(answer(cx, tag, args[0], left(cx, due), &options))
}
