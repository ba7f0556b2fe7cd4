//! The natives of `sets` and `dict`: questions about the keys of two maps, which walk the smaller one and stop as soon as they know. The Erlang
//! side (`stdlib/src/sets.erl`) gives them maps and nothing else.

use crate::bifs::data::Answer;
use crate::bifs::{BifRow, Cx, Raise, weight};
use crate::heap::{Map, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("sets", "has_common_key", 2, has_common_key).long_if(weight::either_map),
    BifRow::new("sets", "has_all_keys", 2, has_all_keys).long_if(weight::either_map),
    BifRow::new("sets", "common_keys", 2, |cx, args| {
        let (a, b) = maps(args)?;
        Ok(kept(cx, a, |key| b.contains(key)))
    })
    .long_if(weight::either_map),
    BifRow::new("sets", "other_keys", 2, |cx, args| {
        let (a, b) = maps(args)?;
        Ok(kept(cx, a, |key| !b.contains(key)))
    })
    .long_if(weight::either_map),
];

fn maps<'h>(args: &[Term<'h>]) -> Result<(Map<'h>, Map<'h>), Raise<'h>> {
    match (args[0].as_map(), args[1].as_map()) {
        (Some(a), Some(b)) => Ok((a, b)),
        _ => Err(Raise::badarg()),
    }
}

/// Is a key of one map in the other?
fn has_common_key<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let (a, b) = maps(args)?;
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut seen = 0;
    let found = small.iter().any(|(key, _)| {
        seen += 1;
        large.contains(key)
    });
    cx.bump(seen / 5);
    Ok(Term::bool(found))
}

/// Are all keys of the first map in the second?
fn has_all_keys<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let (a, b) = maps(args)?;
    if a.len() > b.len() {
        return Ok(Term::bool(false));
    }
    let mut seen = 0;
    let all = a.iter().all(|(key, _)| {
        seen += 1;
        b.contains(key)
    });
    cx.bump(seen / 5);
    Ok(Term::bool(all))
}

/// The pairs of a map whose keys are wanted; the map itself if that are all.
fn kept<'h>(cx: &Cx<'h>, map: Map<'h>, is_wanted: impl Fn(Term<'h>) -> bool) -> Term<'h> {
    let pairs: Vec<_> = map.iter().filter(|(key, _)| is_wanted(*key)).collect();
    cx.bump((map.len() + pairs.len()) as i64 / 5);
    match pairs.len() == map.len() {
        true => map.term(),
        false => cx.heap().map_from_pairs(&pairs),
    }
}
