//! Random bytes from the operating system, comparison in constant time, exclusive or.

use crate::bifs::data::{Answer, binary_arg, iodata_bytes, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("crypto", "strong_rand_bytes", 1, strong).long_if(weight::first_count),
    BifRow::new("crypto", "hash_equals", 2, equals),
    BifRow::new("crypto", "exor_native", 2, exor).long_if(weight::first),
];

/// More at a time is refused: the block is on the heap before it is asked for.
const MOST: usize = 1 << 30;

fn strong<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let n = a[0]
        .as_usize()
        .filter(|n| *n <= MOST)
        .ok_or_else(Raise::badarg)?;
    let mut bytes = vec![0; n];
    getrandom::fill(&mut bytes).map_err(|_| Raise::notsup())?;
    spend(cx, n);
    Ok(cx.heap().binary(&bytes))
}

/// Two binaries of equal length; the time does not tell where they differ.
fn equals<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let (one, two) = (binary_arg(a[0])?, binary_arg(a[1])?);
    if one.len() != two.len() {
        return Err(Raise::badarg());
    }
    let differing = one.iter().zip(two.iter()).fold(0, |d, (a, b)| d | (a ^ b));
    Ok(Term::bool(std::hint::black_box(differing) == 0))
}

fn exor<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let (one, two) = (iodata_bytes(a[0])?, iodata_bytes(a[1])?);
    if one.len() != two.len() {
        return Err(Raise::badarg());
    }
    spend(cx, one.len());
    let sum: Vec<u8> = one.iter().zip(&two).map(|(a, b)| a ^ b).collect();
    Ok(cx.heap().binary(&sum))
}
