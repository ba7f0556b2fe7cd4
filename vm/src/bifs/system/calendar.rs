//! Dates and times of day.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, Int, Term};
use crate::sched::calendar::{self, Date, Time};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "date", 0, date),
    BifRow::new("erlang", "time", 0, time),
    BifRow::new("erlang", "localtime", 0, localtime),
    BifRow::new("erlang", "universaltime", 0, universaltime),
    BifRow::new(
        "erlang",
        "localtime_to_universaltime",
        1,
        local_to_universal,
    ),
    BifRow::new(
        "erlang",
        "localtime_to_universaltime",
        2,
        local_to_universal,
    ),
    BifRow::new(
        "erlang",
        "universaltime_to_localtime",
        1,
        universal_to_local,
    ),
    BifRow::new(
        "erlang",
        "posixtime_to_universaltime",
        1,
        posix_to_universal,
    ),
    BifRow::new(
        "erlang",
        "universaltime_to_posixtime",
        1,
        universal_to_posix,
    ),
];

fn date_term<'h>(heap: &'h Heap, date: Date) -> Term<'h> {
    heap.tuple(&[
        heap.int(date.year),
        heap.int(i64::from(date.month)),
        heap.int(i64::from(date.day)),
    ])
}

fn time_term<'h>(heap: &'h Heap, time: Time) -> Term<'h> {
    heap.tuple(&[
        heap.int(i64::from(time.hour)),
        heap.int(i64::from(time.minute)),
        heap.int(i64::from(time.second)),
    ])
}

fn both<'h>(heap: &'h Heap, (date, time): (Date, Time)) -> Term<'h> {
    heap.tuple(&[date_term(heap, date), time_term(heap, time)])
}

fn seconds(cx: &Cx<'_>) -> i64 {
    cx.vm().clock.system_ns().div_euclid(1_000_000_000)
}

fn date<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(date_term(cx.heap(), calendar::local(seconds(cx)).0))
}

fn time<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(time_term(cx.heap(), calendar::local(seconds(cx)).1))
}

fn localtime<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(both(cx.heap(), calendar::local(seconds(cx))))
}

fn universaltime<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(both(cx.heap(), calendar::universal(seconds(cx))))
}

/// `{{Y, Mo, D}, {H, Mi, S}}`
fn parse(term: Term<'_>) -> Option<(Date, Time)> {
    fn three(term: Term<'_>) -> Option<[i64; 3]> {
        let tuple = term.as_tuple().filter(|tuple| tuple.len() == 3)?;
        Some([
            tuple.get(0)?.as_small()?,
            tuple.get(1)?.as_small()?,
            tuple.get(2)?.as_small()?,
        ])
    }
    let tuple = term.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let ([year, month, day], [hour, minute, second]) =
        (three(tuple.get(0)?)?, three(tuple.get(1)?)?);
    let byte = |value: i64| u8::try_from(value).ok();
    let date = Date {
        year,
        month: byte(month)?,
        day: byte(day)?,
    };
    let time = Time {
        hour: byte(hour)?,
        minute: byte(minute)?,
        second: byte(second)?,
    };
    ((-10_000_000..=10_000_000).contains(&year) && calendar::is_valid(date, time))
        .then_some((date, time))
}

/// Local times are known from 1902 on, as in Erlang/OTP.
fn representable<'h>(date: Date) -> Result<(), Raise<'h>> {
    (date.year >= 1902).then_some(()).ok_or_else(Raise::badarg)
}

fn local_to_universal<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (date, time) = parse(args[0]).ok_or_else(Raise::badarg)?;
    representable(date)?;
    let dst = match args.get(1).map(|term| term.as_atom()) {
        None | Some(Some(atoms::UNDEFINED)) => None,
        Some(Some(atoms::TRUE)) => Some(true),
        Some(Some(atoms::FALSE)) => Some(false),
        Some(_) => return Err(Raise::badarg()),
    };
    let seconds = calendar::local_to_seconds(date, time, dst);
    Ok(both(cx.heap(), calendar::universal(seconds)))
}

fn universal_to_local<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (date, time) = parse(args[0]).ok_or_else(Raise::badarg)?;
    representable(date)?;
    Ok(both(
        cx.heap(),
        calendar::local(calendar::seconds_of(date, time)),
    ))
}

fn posix_to_universal<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let seconds = Int::of(args[0])
        .and_then(|n| n.to_i64())
        .ok_or_else(Raise::badarg)?;
    Ok(both(cx.heap(), calendar::universal(seconds)))
}

fn universal_to_posix<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (date, time) = parse(args[0]).ok_or_else(Raise::badarg)?;
    Ok(cx.heap().int(calendar::seconds_of(date, time)))
}
