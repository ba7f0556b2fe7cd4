//! Changes in place: `update_counter/3,4`, `update_element/3,4`. The object is replaced under its lock, so counters never lose an update.

use super::access::{Want, bad, object, table};
use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise};
use crate::ets::{Kind, Table};
use crate::heap::{self, OwnedTerm, Term, cmp};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("ets", "update_counter", 3, update_counter),
    BifRow::new("ets", "update_counter", 4, update_counter_default),
    BifRow::new("ets", "update_element", 3, update_element),
    BifRow::new("ets", "update_element", 4, update_element_default),
];

/// One step: add to the element at a position; beyond the threshold it is set.
struct Step<'h> {
    position: usize,
    increment: Term<'h>,
    limit: Option<(Term<'h>, Term<'h>)>,
}

fn is_integer(t: Term<'_>) -> bool {
    matches!(t.kind(), heap::Kind::Small(_) | heap::Kind::Big(_))
}

fn step<'h>(t: Term<'h>) -> Result<Step<'h>, Raise<'h>> {
    let parts: Vec<Term<'h>> = t.as_tuple().ok_or_else(Raise::badarg)?.iter().collect();
    let integers = parts.len() > 1 && parts.iter().all(|p| is_integer(*p));
    let position = parts.first().and_then(|p| p.as_usize()).filter(|p| *p >= 1);
    match (integers, position, &parts[..]) {
        (true, Some(position), [_, increment]) => Ok(Step {
            position,
            increment: *increment,
            limit: None,
        }),
        (true, Some(position), [_, increment, threshold, set]) => Ok(Step {
            position,
            increment: *increment,
            limit: Some((*threshold, *set)),
        }),
        _ => Err(Raise::badarg()),
    }
}

/// Steps, and whether one number or a list of them is the answer.
fn steps<'h>(table: &Table, t: Term<'h>) -> Result<(Vec<Step<'h>>, bool), Raise<'h>> {
    if is_integer(t) {
        return Ok((
            vec![Step {
                position: table.options.keypos + 1,
                increment: t,
                limit: None,
            }],
            false,
        ));
    }
    if t.is_list() {
        return Ok((
            elements(t)?
                .into_iter()
                .map(step)
                .collect::<Result<_, _>>()?,
            true,
        ));
    }
    Ok((vec![step(t)?], false))
}

/// One small step without a threshold, as a 0-based place and what to add: the common case, done where the object lies.
fn plain_step(table: &Table, t: Term<'_>) -> Option<(usize, i64)> {
    let (index, by) = match t.as_tuple() {
        None => (table.options.keypos, t.as_small()?),
        Some(step) if step.len() == 2 => (
            step.get(0)?.as_usize()?.checked_sub(1)?,
            step.get(1)?.as_small()?,
        ),
        Some(_) => return None,
    };
    (index != table.key_index()).then_some((index, by))
}

fn single<'h>(found: &Table) -> Result<(), Raise<'h>> {
    match found.options.kind {
        Kind::Set | Kind::OrderedSet => Ok(()),
        Kind::Bag | Kind::DuplicateBag => Err(Raise::badarg()),
    }
}

fn update_counter<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    counter(cx, args, None)
}

fn update_counter_default<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    counter(cx, args, Some(args[3]))
}

fn counter<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    default: Option<Term<'h>>,
) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    single(&found)?;
    if let Some(default) = default {
        object(&found, default)?;
    }
    if let Some((index, by)) = plain_step(&found, args[2])
        && let Some(sum) = found.add_small(args[1], index, by)
    {
        return Ok(cx.heap().int(sum));
    }
    let (steps, many) = steps(&found, args[2])?;
    let values = found.replace(args[1], |old| {
        let start = match (old, default) {
            (Some(old), _) => old.copy_to(cx.heap()),
            (None, Some(default)) => with_key(cx, &found, default, args[1]),
            (None, None) => return (Err(bad(atoms::BADKEY)), None),
        };
        match add(cx, &found, start, &steps) {
            Ok((values, new)) => (Ok(values), Some(OwnedTerm::new(new))),
            Err(raise) => (Err(raise), None),
        }
    })?;
    Ok(if many {
        cx.heap().list(&values)
    } else {
        values[0]
    })
}

/// The default object under the key that was asked for.
fn with_key<'h>(cx: &Cx<'h>, table: &Table, default: Term<'h>, key: Term<'h>) -> Term<'h> {
    let mut parts: Vec<Term<'h>> = default
        .as_tuple()
        .into_iter()
        .flat_map(|t| t.iter())
        .collect();
    parts[table.key_index()] = key;
    cx.heap().tuple(&parts)
}

fn add<'h>(
    cx: &Cx<'h>,
    table: &Table,
    start: Term<'h>,
    steps: &[Step<'h>],
) -> Result<(Vec<Term<'h>>, Term<'h>), Raise<'h>> {
    let mut parts: Vec<Term<'h>> = start
        .as_tuple()
        .into_iter()
        .flat_map(|t| t.iter())
        .collect();
    let mut values = Vec::with_capacity(steps.len());
    for step in steps {
        let index = step.position - 1;
        if index >= parts.len() || index == table.key_index() {
            return Err(bad(if index == table.key_index() {
                atoms::KEYPOS
            } else {
                atoms::POSITION
            }));
        }
        if !is_integer(parts[index]) {
            return Err(Raise::badarg());
        }
        let sum = cx
            .heap()
            .int_add(parts[index], step.increment)
            .ok_or_else(Raise::badarg)?
            .map_err(|_| Raise::system_limit())?;
        let upward = cmp(cx.atoms(), step.increment, cx.heap().int(0)).is_ge();
        parts[index] = match step.limit {
            Some((threshold, set)) if upward && cmp(cx.atoms(), sum, threshold).is_gt() => set,
            Some((threshold, set)) if !upward && cmp(cx.atoms(), sum, threshold).is_lt() => set,
            _ => sum,
        };
        values.push(parts[index]);
    }
    Ok((values, cx.heap().tuple(&parts)))
}

fn update_element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    elements_of(cx, args, None)
}

fn update_element_default<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    elements_of(cx, args, Some(args[3]))
}

fn elements_of<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    default: Option<Term<'h>>,
) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    single(&found)?;
    let list = if args[2].is_list() {
        elements(args[2])?
    } else {
        vec![args[2]]
    };
    let mut changes = Vec::with_capacity(list.len());
    for change in list {
        match change
            .as_tuple()
            .map(|t| (t.len(), t.get(0).and_then(|p| p.as_usize()), t.get(1)))
        {
            Some((2, Some(position), Some(value))) if position >= 1 => {
                if position == found.options.keypos {
                    return Err(bad(atoms::KEYPOS));
                }
                changes.push((position - 1, value));
            }
            _ => return Err(Raise::badarg()),
        }
    }
    if let Some(default) = default {
        object(&found, default)?;
    }
    found.replace(args[1], |old| {
        let start = match (old, default) {
            (Some(old), _) => old.copy_to(cx.heap()),
            (None, Some(default)) => with_key(cx, &found, default, args[1]),
            (None, None) => return (Ok(Term::bool(false)), None),
        };
        let mut parts: Vec<Term<'h>> = start
            .as_tuple()
            .into_iter()
            .flat_map(|t| t.iter())
            .collect();
        for (index, value) in &changes {
            match parts.get_mut(*index) {
                Some(slot) => *slot = *value,
                None => return (Err(bad(atoms::POSITION)), None),
            }
        }
        (
            Ok(Term::bool(true)),
            Some(OwnedTerm::new(cx.heap().tuple(&parts))),
        )
    })
}
