//! Map instructions. Reading takes no memory; building goes through the heap's own functions, outside the reserve.

use super::conditions::map as is_map;
use super::errors;
use super::frame::{Frame, a, b};
use super::machine::{Flow, Machine};
use crate::atoms;
use crate::heap::{Heap, Map, Term, Word};

/// Pairs up to which an update may be one of values alone.
const MOST_UPDATES: usize = 8;

fn as_map(heap: &Heap, w: Word) -> Map<'_> {
    Frame::term(heap, w)
        .as_map()
        .expect("invariant: the verifier proved a map")
}

/// `GetMapElement1`
#[inline(always)]
pub(super) fn get_one(heap: &Heap, f: &mut Frame, w: u64) {
    match find(heap, f.r(a(w)), f.operand(1)) {
        Some(v) => {
            f.set_r(b(w), v);
            f.step(2);
        }
        None => f.fail(w),
    }
}

#[inline(never)]
fn find(heap: &Heap, map: Word, key: Word) -> Option<Word> {
    heap.map_value(map, key)
}

/// `GetMapElements`: all or nothing is written.
#[inline(never)]
pub(super) fn get_many(heap: &Heap, f: &mut Frame, w: u64) {
    let n = usize::from(b(w));
    let map = f.r(a(w));
    let mut values: smallvec::SmallVec<[Word; 8]> = smallvec::SmallVec::new();
    for i in 0..n {
        match find(heap, map, f.operand(1 + 2 * i)) {
            Some(v) => values.push(v),
            None => return f.fail(w),
        }
    }
    for (i, v) in values.into_iter().enumerate() {
        f.set_operand(2 + 2 * i, v);
    }
    f.step(1 + 2 * n);
}

/// `HasMapFields`
#[inline(never)]
pub(super) fn has_fields(heap: &Heap, f: &mut Frame, w: u64) {
    let n = usize::from(b(w));
    let map = f.r(a(w));
    if (0..n).all(|i| find(heap, map, f.operand(1 + i)).is_some()) {
        f.step(1 + n);
    } else {
        f.fail(w);
    }
}

/// `PutMapAssoc`, `PutMapExact`
#[inline(never)]
pub(super) fn put(m: &mut Machine<'_>, f: &mut Frame, w: u64, exact: bool) -> Flow {
    let fail = f.ext(1) as i64;
    let n = f.ext(2) as usize;
    let src = f.r(b(w));
    if !is_map(src) {
        if fail != 0 {
            f.jump(fail);
            return Flow::Go;
        }
        return errors::error_value(m, f, atoms::BADMAP, src);
    }
    f.spill(&m.body.heap);
    let answer = match update_values(&m.body.heap, f, src, n) {
        Some(v) => Ok(v),
        None => build(&m.body.heap, f, src, n, exact),
    };
    m.after_allocation(f);
    match answer {
        Ok(v) => {
            f.set_r(a(w), v);
            f.step(3 + 2 * n);
            Flow::Go
        }
        Err(_) if fail != 0 => {
            f.jump(fail);
            Flow::Go
        }
        Err(key) => errors::error_value(m, f, atoms::BADKEY, key),
    }
}

/// A small map with other values for keys it has, which is what most updates are; none for any other update.
fn update_values(heap: &Heap, f: &Frame, src: Word, n: usize) -> Option<Word> {
    let mut pairs = [(Word::NIL, Word::NIL); MOST_UPDATES];
    let pairs = pairs.get_mut(..n)?;
    for (i, pair) in pairs.iter_mut().enumerate() {
        *pair = (f.operand(3 + 2 * i), f.operand(4 + 2 * i));
    }
    heap.flat_with_values(src, pairs)
}

/// The new map, or the key that is missing.
fn build(heap: &Heap, f: &Frame, src: Word, n: usize, exact: bool) -> Result<Word, Word> {
    let map = as_map(heap, src);
    let mut pairs: smallvec::SmallVec<[(Term<'_>, Term<'_>); 8]> = smallvec::SmallVec::new();
    for i in 0..n {
        let key = Frame::term(heap, f.operand(3 + 2 * i));
        if exact && map.get(key).is_none() {
            return Err(key.raw());
        }
        pairs.push((key, Frame::term(heap, f.operand(4 + 2 * i))));
    }
    let new = match &pairs[..] {
        [(k, v)] => heap.map_put(map, *k, *v),
        all => heap.map_put_all(map, all),
    };
    Ok(new.raw())
}
