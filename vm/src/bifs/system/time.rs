//! Monotonic and system time, their units, unique integers, fresh references.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, Int, IntResult, Kind, MIN_SMALL, Term};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "monotonic_time", 0, monotonic_time),
    BifRow::new("erlang", "monotonic_time", 1, monotonic_time),
    BifRow::new("erlang", "system_time", 0, system_time),
    BifRow::new("erlang", "system_time", 1, system_time),
    BifRow::new("erlang", "time_offset", 0, time_offset),
    BifRow::new("erlang", "time_offset", 1, time_offset),
    BifRow::new("erlang", "convert_time_unit", 3, convert_time_unit),
    BifRow::new("erlang", "timestamp", 0, timestamp),
    BifRow::new("erlang", "now", 0, now),
    BifRow::new("erlang", "unique_integer", 0, unique_integer),
    BifRow::new("erlang", "unique_integer", 1, unique_integer),
    BifRow::new("erlang", "make_ref", 0, make_ref),
    BifRow::new("os", "system_time", 0, os_system_time),
    BifRow::new("os", "system_time", 1, os_system_time),
    BifRow::new("os", "timestamp", 0, os_timestamp),
    BifRow::new("os", "perf_counter", 0, perf_counter),
    BifRow::new("os", "perf_counter", 1, perf_counter),
];

const NS_PER_SECOND: i64 = 1_000_000_000;

/// Any 128-bit integer as a term.
pub fn wide<'h>(heap: &'h Heap, value: i128) -> Term<'h> {
    match i64::try_from(value) {
        Ok(small) => heap.int(small),
        Err(_) => {
            let size = value.unsigned_abs();
            heap.big(value < 0, &[size as u64, (size >> 64) as u64])
        }
    }
}

/// An integer term of at most 127 bits.
fn narrow(term: Term<'_>) -> Option<i128> {
    match term.kind() {
        Kind::Small(value) => Some(i128::from(value)),
        Kind::Big(big) => {
            let limbs = big.limbs();
            let size = match limbs {
                [low] => u128::from(*low),
                [low, high] => u128::from(*low) | (u128::from(*high) << 64),
                _ => return None,
            };
            let size = i128::try_from(size).ok()?;
            Some(if big.is_negative() { -size } else { size })
        }
        _ => None,
    }
}

/// Parts of a second that a unit counts: an integer of any size.
fn unit<'h>(cx: &Cx<'h>, term: Term<'h>) -> Option<Term<'h>> {
    if let Some(parts) = Int::of(term) {
        return (!parts.is_negative() && !parts.limbs().is_empty()).then_some(term);
    }
    let parts = match cx.atoms().text(term.as_atom()?) {
        "second" | "seconds" => 1,
        "millisecond" | "milli_seconds" => 1_000,
        "microsecond" | "micro_seconds" => 1_000_000,
        "nanosecond" | "nano_seconds" | "native" | "perf_counter" => NS_PER_SECOND,
        _ => return None,
    };
    Some(cx.heap().int(parts))
}

/// A time in parts of a second, as other parts; rounded down.
fn convert<'h>(
    heap: &'h Heap,
    time: Term<'h>,
    from: Term<'h>,
    to: Term<'h>,
) -> Result<Term<'h>, Raise<'h>> {
    if let (Some(time), Some(from), Some(to)) = (narrow(time), narrow(from), narrow(to))
        && let Some(scaled) = time.checked_mul(to)
    {
        return Ok(wide(heap, scaled.div_euclid(from)));
    }
    let integer = |result: IntResult<'h>| {
        let found = result.ok_or_else(Raise::badarg)?;
        found.map_err(|_| Raise::system_limit())
    };
    let scaled = integer(heap.int_mul(time, to))?;
    let below = integer(heap.int_rem(scaled, from))?;
    let quotient = integer(heap.int_div(scaled, from))?;
    if Int::of(below).is_some_and(|below| below.is_negative()) {
        return integer(heap.int_sub(quotient, heap.int(1)));
    }
    Ok(quotient)
}

/// Nanoseconds in the unit of the first argument, if there is one; rounded down.
fn in_unit<'h>(cx: &Cx<'h>, ns: i64, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let Some(wanted) = args.first() else {
        return Ok(cx.heap().int(ns));
    };
    let parts = unit(cx, *wanted).ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    convert(heap, heap.int(ns), heap.int(NS_PER_SECOND), parts)
}

fn monotonic_time<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    in_unit(cx, cx.vm().clock.monotonic_ns(), args)
}

fn system_time<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    in_unit(cx, cx.vm().clock.system_ns(), args)
}

fn time_offset<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    in_unit(cx, cx.vm().clock.offset_ns(), args)
}

fn os_system_time<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    in_unit(cx, cx.vm().clock.os_system_ns(), args)
}

fn perf_counter<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    in_unit(cx, cx.vm().clock.since_start_ns(), args)
}

fn convert_time_unit<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Int::of(args[0]).ok_or_else(Raise::badarg)?;
    let from = unit(cx, args[1]).ok_or_else(Raise::badarg)?;
    let to = unit(cx, args[2]).ok_or_else(Raise::badarg)?;
    convert(cx.heap(), args[0], from, to)
}

/// `{MegaSeconds, Seconds, MicroSeconds}`
fn split<'h>(heap: &'h Heap, micros: i64) -> Term<'h> {
    let seconds = micros.div_euclid(1_000_000);
    heap.tuple(&[
        heap.int(seconds / 1_000_000),
        heap.int(seconds % 1_000_000),
        heap.int(micros.rem_euclid(1_000_000)),
    ])
}

fn timestamp<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(split(cx.heap(), cx.vm().clock.system_ns() / 1_000))
}

fn os_timestamp<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(split(cx.heap(), cx.vm().clock.os_system_ns() / 1_000))
}

/// Never the same twice.
fn now<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(split(cx.heap(), cx.vm().clock.unique_micros()))
}

fn unique_integer<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (positive, monotonic) = (cx.atom("positive")?, cx.atom("monotonic")?);
    let mut wants_positive = false;
    if let Some(options) = args.first() {
        let mut items = options.iter_list();
        for item in items.by_ref() {
            match item.as_atom() {
                Some(name) if name == positive => wants_positive = true,
                // One counter serves all: what it gives is monotonic in any case.
                Some(name) if name == monotonic => {}
                Some(_) | None => return Err(Raise::badarg()),
            }
        }
        if !items.tail().is_nil() {
            return Err(Raise::badarg());
        }
    }
    let number = cx.heap().env().next_unique() as i64;
    Ok(cx.heap().int(if wants_positive {
        number
    } else {
        MIN_SMALL + number
    }))
}

fn make_ref<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().make_ref())
}
