//! Module `unicode_util`, many characters at a time: what the functions of `string` over whole texts are made of. Each call does a bounded part
//! and answers what is left.

use super::chardata::{Cursor, Next};
use super::util::{Chars, Read, cluster, failed, fold, next, read_cluster};
use crate::bifs::data::{Answer, pair};
use crate::bifs::{BifRow, Cx};
use crate::heap::Term;
use smallvec::SmallVec;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("unicode_util", "gcs", 1, gcs),
    BifRow::new("unicode_util", "count", 1, count),
    BifRow::new("unicode_util", "uppercases", 1, |cx, a| {
        let plain = |c: char| c.to_ascii_uppercase();
        cased(cx, a[0], plain, |c| c.to_uppercase().collect())
    }),
    BifRow::new("unicode_util", "lowercases", 1, |cx, a| {
        let plain = |c: char| c.to_ascii_lowercase();
        cased(cx, a[0], plain, |c| c.to_lowercase().collect())
    }),
    BifRow::new("unicode_util", "casefolds", 1, |cx, a| {
        cased(cx, a[0], |c| c.to_ascii_lowercase(), fold)
    }),
];

/// Characters or clusters in one call; each hundred costs a reduction.
const MOST: usize = 1_000;

fn charge(cx: &Cx<'_>, done: usize) {
    cx.bump(i64::try_from(done / 100).unwrap_or(i64::MAX));
}

/// `{Clusters, Rest}`; `{error, Rest}` when the first thing is no character.
fn gcs<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let mut cursor = Cursor::new(args[0]);
    let mut all: SmallVec<[Term<'h>; 64]> = SmallVec::new();
    while all.len() < MOST {
        let room = MOST - all.len();
        cursor.single(room, |c| all.push(cx.heap().int(c as i64)));
        match read_cluster(&mut cursor)? {
            Read::Cluster(one) => all.push(cluster(cx, &one)),
            Read::End => break,
            Read::Invalid if all.is_empty() => return Ok(failed(cx, &cursor)),
            Read::Invalid => break,
        }
    }
    charge(cx, all.len());
    Ok(pair(cx, cx.heap().list(&all), cursor.flat_rest(cx)))
}

/// `{HowManyClusters, Rest}`; `{error, Rest}` when the first thing is no character.
fn count<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let mut cursor = Cursor::new(args[0]);
    let mut done = 0;
    while done < MOST {
        done += cursor.single(MOST - done, drop);
        match read_cluster(&mut cursor)? {
            Read::Cluster(_) => done += 1,
            Read::End => break,
            Read::Invalid if done == 0 => return Ok(failed(cx, &cursor)),
            Read::Invalid => break,
        }
    }
    charge(cx, done);
    let done = cx.heap().int(done as i64);
    Ok(pair(cx, done, cursor.flat_rest(cx)))
}

/// `{Characters, Rest}`, each character in another case; `{error, Rest}` when the first thing is no character.
fn cased<'h>(
    cx: &Cx<'h>,
    text: Term<'h>,
    ascii: impl Fn(char) -> char,
    f: impl Fn(char) -> Chars,
) -> Answer<'h> {
    let mut cursor = Cursor::new(text);
    let mut all: SmallVec<[Term<'h>; 64]> = SmallVec::new();
    while all.len() < MOST {
        cursor.single(MOST - all.len(), |c| match c {
            '\0'..='\x7f' => all.push(cx.heap().int(ascii(c) as i64)),
            _ => all.extend(f(c).iter().map(|c| cx.heap().int(*c as i64))),
        });
        match next(&mut cursor)? {
            Next::Char(c) => all.extend(f(c).iter().map(|c| cx.heap().int(*c as i64))),
            Next::End => break,
            Next::Invalid | Next::Cut(..) if all.is_empty() => return Ok(failed(cx, &cursor)),
            Next::Invalid | Next::Cut(..) => break,
        }
    }
    charge(cx, all.len());
    Ok(pair(cx, cx.heap().list(&all), cursor.flat_rest(cx)))
}
