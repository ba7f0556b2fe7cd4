//! Module `erts_debug`: sizes of terms in words, identity.

use crate::bifs::data::Answer;
use crate::bifs::{BifRow, Cx};
use crate::heap::{Term, size_words};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_debug", "flat_size", 1, flat_size),
    BifRow::new("erts_debug", "same", 2, same),
];

/// Words that a copy takes, sharing not counted.
fn flat_size<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    Ok(cx.heap().int(size_words(a[0]) as i64))
}

/// Whether both are the very same words.
fn same<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    Ok(Term::bool(a[0].raw() == a[1].raw()))
}
