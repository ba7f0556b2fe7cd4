//! Module `maps`: the functions that see a map's inside. The rest is Erlang.

use super::erlang::maps::{badkey, map};
use crate::atoms;
use crate::bifs::erlang::lists::elements;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use smallvec::SmallVec;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("maps", "find", 2, find),
    BifRow::new("maps", "from_keys", 2, from_keys).long_if(weight::first_list),
    BifRow::new("maps", "from_list", 1, from_list).long_if(weight::first_list),
    BifRow::new("maps", "get", 2, get),
    BifRow::new("maps", "is_key", 2, is_key),
    BifRow::new("maps", "keys", 1, keys).long_if(weight::first_map),
    BifRow::new("maps", "merge", 2, merge).long_if(weight::either_map),
    BifRow::new("maps", "pairs_behind", 2, pairs_behind),
    BifRow::new("maps", "pairs_of", 2, pairs_of).long_if(weight::first_list),
    BifRow::new("maps", "put", 3, put),
    BifRow::new("maps", "remove", 2, remove),
    BifRow::new("maps", "size", 1, size),
    BifRow::new("maps", "take", 2, take),
    BifRow::new("maps", "to_list", 1, to_list).long_if(weight::first_map),
    BifRow::new("maps", "update", 3, update),
    BifRow::new("maps", "values", 1, values).long_if(weight::first_map),
];

fn find<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(match map(cx, args[1])?.get(args[0]) {
        Some(value) => cx.heap().tuple(&[Term::atom(atoms::OK), value]),
        None => Term::atom(atoms::ERROR),
    })
}

fn get<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    map(cx, args[1])?
        .get(args[0])
        .ok_or_else(|| badkey(cx, args[0]))
}

fn is_key<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(map(cx, args[1])?.contains(args[0])))
}

fn size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(map(cx, args[0])?.len() as i64))
}

/// What small maps are made of lies on the stack on its way.
const FEW: usize = 32;
type Few<'h> = SmallVec<[Term<'h>; FEW]>;

/// `pairs_of(Keys, Map)`: the map of these keys, as far as they are there. The list is a proper one.
fn pairs_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[1])?;
    let keys = args[0].iter_list();
    let pairs: SmallVec<[_; FEW]> = keys.filter_map(|key| Some((key, m.get(key)?))).collect();
    spend(cx, pairs.len());
    Ok(cx.heap().map_from_pairs(&pairs))
}

/// Building costs reductions by the pair.
fn spend(cx: &Cx<'_>, pairs: usize) {
    cx.bump(pairs as i64 / 5);
}

fn from_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut pairs: SmallVec<[_; FEW]> = SmallVec::new();
    let mut list = args[0].iter_list();
    for element in list.by_ref() {
        match element.as_tuple().map(|t| (t.len(), t.get(0), t.get(1))) {
            Some((2, Some(key), Some(value))) => pairs.push((key, value)),
            _ => return Err(Raise::badarg()),
        }
    }
    if !list.tail().is_nil() {
        return Err(Raise::badarg());
    }
    spend(cx, pairs.len());
    Ok(cx.heap().map_from_pairs(&pairs))
}

fn from_keys<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pairs: Vec<_> = elements(args[0])?
        .into_iter()
        .map(|k| (k, args[1]))
        .collect();
    spend(cx, pairs.len());
    Ok(cx.heap().map_from_pairs(&pairs))
}

fn keys<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let keys: Few<'h> = map(cx, args[0])?.iter().map(|(k, _)| k).collect();
    spend(cx, keys.len());
    Ok(cx.heap().list(&keys))
}

fn values<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let values: Few<'h> = map(cx, args[0])?.iter().map(|(_, v)| v).collect();
    spend(cx, values.len());
    Ok(cx.heap().list(&values))
}

/// The pairs in the map's own order. What is no map is `badmap`, also for iterators: the Erlang side knows those.
fn to_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].as_map().is_none() && args[0].as_cons().is_some() {
        let module = cx.atom("maps")?;
        let function = cx.atom("iterator_to_list")?;
        return Err(Raise::trap(module, function, args));
    }
    let pairs: Few<'h> = map(cx, args[0])?
        .iter()
        .map(|(k, v)| cx.heap().tuple(&[k, v]))
        .collect();
    spend(cx, pairs.len());
    Ok(cx.heap().list(&pairs))
}

/// Pairs that an iterator takes at a time: the first few, then more.
const FIRST_PAIRS: usize = 8;
const MORE_PAIRS: usize = 64;

/// `pairs_behind(Map, {more} | {more, Key})`: some pairs from the start or behind a key; the list ends in `{more, LastKey}` if others follow.
fn pairs_behind<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[0])?;
    let place = args[1].as_tuple().ok_or_else(Raise::badarg)?;
    let mut pairs: Vec<(Term<'h>, Term<'h>)> = match place.get(1) {
        None => m.iter().take(FIRST_PAIRS).collect(),
        Some(key) => m
            .iter_behind(key)
            .ok_or_else(Raise::badarg)?
            .take(MORE_PAIRS)
            .collect(),
    };
    let limit = if place.len() < 2 {
        FIRST_PAIRS
    } else {
        MORE_PAIRS
    };
    spend(cx, pairs.len());
    let mut list = match pairs.last() {
        Some((key, _)) if pairs.len() == limit => {
            let more = place.get(0).ok_or_else(Raise::badarg)?;
            cx.heap().tuple(&[more, *key])
        }
        _ => Term::NIL,
    };
    while let Some((key, value)) = pairs.pop() {
        list = cx.heap().cons(cx.heap().tuple(&[key, value]), list);
    }
    Ok(list)
}

fn merge<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    // The first argument that is no map is the one the error names.
    let (a, b) = (map(cx, args[0])?, map(cx, args[1])?);
    if args[0].raw() == args[1].raw() {
        return Ok(args[0]);
    }
    spend(cx, a.len() + b.len());
    Ok(cx.heap().map_merge(a, b))
}

fn put<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[2])?;
    Ok(cx.heap().map_put(m, args[0], args[1]))
}

fn remove<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[1])?;
    Ok(cx.heap().map_remove(m, args[0]))
}

fn take<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[1])?;
    Ok(match cx.heap().map_take(m, args[0]) {
        Some((rest, value)) => cx.heap().tuple(&[value, rest]),
        None => Term::atom(atoms::ERROR),
    })
}

fn update<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let m = map(cx, args[2])?;
    if !m.contains(args[0]) {
        return Err(badkey(cx, args[0]));
    }
    Ok(cx.heap().map_put(m, args[0], args[1]))
}
