//! Objects by key: `insert`, `lookup`, `delete/2`, `take`, `member`, and the steps of a traversal by key.

use super::access::{Want, bad, end_of_table, object, table};
use crate::atoms;
use crate::bifs::cx::LONG_STEPS;
use crate::bifs::erlang::lists::elements;
use crate::bifs::{BifRow, Cx, Raise, weight};
use crate::ets::{Kind, Position, Store, Table};
use crate::heap::{OwnedTerm, Term, eq_exact};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("ets", "insert", 2, insert),
    BifRow::new("ets", "insert_new", 2, insert_new),
    BifRow::new("ets", "lookup", 2, lookup),
    BifRow::new("ets", "lookup_element", 3, lookup_element),
    BifRow::new("ets", "lookup_element", 4, lookup_element_default),
    BifRow::new("ets", "member", 2, member),
    BifRow::new("ets", "delete", 2, delete),
    BifRow::new("ets", "delete_object", 2, delete_object),
    BifRow::new("ets", "take", 2, take),
    BifRow::new("ets", "first", 1, first),
    BifRow::new("ets", "next", 2, next),
    BifRow::new("ets", "last", 1, last),
    BifRow::new("ets", "prev", 2, prev),
    BifRow::new("ets", "first_lookup", 1, first_lookup),
    BifRow::new("ets", "next_lookup", 2, next_lookup),
    BifRow::new("ets", "last_lookup", 1, last_lookup),
    BifRow::new("ets", "prev_lookup", 2, prev_lookup),
    BifRow::new("ets", "slot", 2, slot),
];

/// One object or a list of them, all checked before any goes in.
fn objects<'h>(table: &Table, t: Term<'h>) -> Result<Vec<OwnedTerm>, Raise<'h>> {
    if t.is_list() {
        elements(t)?.into_iter().map(|e| object(table, e)).collect()
    } else {
        Ok(vec![object(table, t)?])
    }
}

fn insert<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if weight::second(args) {
        cx.long(args)?;
    }
    let found = table(cx, args[0], Want::Write)?;
    let all = objects(&found, args[1])?;
    cx.bump(all.len() as i64);
    all.into_iter().for_each(|o| found.insert(o));
    Ok(Term::bool(true))
}

/// All of a list go in, or none. Another process may put a key in between the look and the insertion of a list with several keys.
fn insert_new<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if weight::second(args) {
        cx.long(args)?;
    }
    let found = table(cx, args[0], Want::Write)?;
    let mut all = objects(&found, args[1])?;
    if let (1, Kind::Set | Kind::OrderedSet) = (all.len(), found.options.kind) {
        let Some(object) = all.pop() else {
            return Ok(Term::bool(true));
        };
        let key = OwnedTerm::new(found.key(&object));
        let put = found.replace(key.term(), |old| match old {
            Some(_) => (false, None),
            None => (true, Some(object)),
        });
        return Ok(Term::bool(put));
    }
    if all.iter().any(|o| found.contains(found.key(o))) {
        return Ok(Term::bool(false));
    }
    all.into_iter().for_each(|o| found.insert(o));
    Ok(Term::bool(true))
}

fn copies<'h>(cx: &Cx<'h>, objects: &[OwnedTerm]) -> Vec<Term<'h>> {
    objects.iter().map(|o| o.copy_to(cx.heap())).collect()
}

fn lookup<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let heap = cx.heap();
    found.get(args[1], |objects| {
        if are_large(objects) {
            cx.long(args)?;
        }
        Ok(match objects {
            [one] => heap.list(&[one.copy_to(heap)]),
            _ => heap.list(&copies(cx, objects)),
        })
    })
}

/// Whether it takes long to copy them out.
fn are_large(objects: &[OwnedTerm]) -> bool {
    objects.iter().map(OwnedTerm::words).sum::<usize>() > LONG_STEPS
}

/// The element, or all of them for bags; `None` without the key.
fn element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Option<Term<'h>>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let position = args[2]
        .as_usize()
        .filter(|p| *p >= 1)
        .ok_or_else(Raise::badarg)?;
    let single = matches!(found.options.kind, Kind::Set | Kind::OrderedSet);
    found.get(args[1], |objects| {
        if are_large(objects) {
            cx.long(args)?;
        }
        let mut values = Vec::with_capacity(objects.len());
        for object in objects {
            let value = object
                .term()
                .as_tuple()
                .and_then(|t| t.get(position - 1))
                .ok_or_else(Raise::badarg)?;
            values.push(cx.heap().copy_in(value));
        }
        Ok(match (values.first(), single) {
            (None, _) => None,
            (Some(value), true) => Some(*value),
            (Some(_), false) => Some(cx.heap().list(&values)),
        })
    })
}

fn lookup_element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    element(cx, args)?.ok_or_else(|| bad(atoms::BADKEY))
}

fn lookup_element_default<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(element(cx, args)?.unwrap_or(args[3]))
}

fn member<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(
        table(cx, args[0], Want::Read)?.contains(args[1]),
    ))
}

fn delete<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    table(cx, args[0], Want::Write)?.take(args[1]);
    Ok(Term::bool(true))
}

fn delete_object<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    let object = object(&found, args[1])?;
    let key = OwnedTerm::new(found.key(&object));
    found.delete_object(object.term(), key.term());
    Ok(Term::bool(true))
}

fn take<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    let gone = found.take(args[1]);
    Ok(cx.heap().list(&copies(cx, &gone)))
}

// ---- walking by key

/// The first key of a walk, with its objects when they are wanted.
fn edge<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    reverse: bool,
    with_objects: bool,
) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let mut position = match found.store() {
        Store::Ordered(_) => Position::Ordered(None, reverse),
        Store::Hash(_) => found.start(false),
    };
    let mut key = None;
    found.walk(&mut position, 1, |object| {
        key.get_or_insert_with(|| cx.heap().copy_in(found.key(object)));
    });
    Ok(answer(cx, &found, key, with_objects))
}

fn answer<'h>(cx: &Cx<'h>, table: &Table, key: Option<Term<'h>>, with_objects: bool) -> Term<'h> {
    match key {
        None => end_of_table(),
        Some(key) if with_objects => {
            let objects = table.get(key, |objects| cx.heap().list(&copies(cx, objects)));
            cx.heap().tuple(&[key, objects])
        }
        Some(key) => key,
    }
}

/// The key behind (or before) the given one. In an ordered table the key need not be there; in a hash table only while the table is fixed.
fn neighbour<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    reverse: bool,
    with_objects: bool,
) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let key = match found.store() {
        Store::Ordered(tree) => {
            let mut key = None;
            tree.walk(None, Some(args[1]), reverse, 1, |object| {
                key = Some(cx.heap().copy_in(found.key(object)));
            });
            key
        }
        Store::Hash(store) => store
            .after(
                args[1],
                || !found.is_fixed(),
                |objects| {
                    objects
                        .and_then(|o| o.first())
                        .map(|o| cx.heap().copy_in(found.key(o)))
                },
            )
            .map_err(|()| bad(atoms::BADKEY))?,
    };
    Ok(answer(cx, &found, key, with_objects))
}

fn first<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    edge(cx, args, false, false)
}
fn last<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    edge(cx, args, true, false)
}
fn next<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    neighbour(cx, args, false, false)
}
fn prev<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    neighbour(cx, args, true, false)
}
fn first_lookup<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    edge(cx, args, false, true)
}
fn last_lookup<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    edge(cx, args, true, true)
}
fn next_lookup<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    neighbour(cx, args, false, true)
}
fn prev_lookup<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    neighbour(cx, args, true, true)
}

/// The objects of the N-th key of the walk; `'$end_of_table'` right behind the last one.
fn slot<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let wanted = args[1].as_usize().ok_or_else(Raise::badarg)?;
    let mut position = found.start(false);
    let (mut at, mut last): (usize, Option<OwnedTerm>) = (0, None);
    let mut objects: Vec<Term<'h>> = Vec::new();
    loop {
        let more = found.walk(&mut position, 100, |object| {
            let key = found.key(object);
            if last.as_ref().is_some_and(|l| !eq_exact(l.term(), key)) {
                at += 1;
            }
            last = Some(OwnedTerm::new(key));
            if at == wanted {
                objects.push(object.copy_to(cx.heap()));
            }
        });
        if !more || at > wanted {
            break;
        }
    }
    // A hash table has a slot, empty or not.
    let keys = if last.is_some() { at + 1 } else { 0 };
    let least = usize::from(found.options.kind != Kind::OrderedSet);
    if keys == 0 && wanted < least {
        return Ok(Term::NIL);
    }
    let keys = keys.max(least);
    match objects.is_empty() {
        false => Ok(cx.heap().list(&objects)),
        true if wanted == keys => Ok(end_of_table()),
        true => Err(Raise::badarg()),
    }
}
