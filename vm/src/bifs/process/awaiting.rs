//! Waiting for a message whatever it is: what `prim_eval:'receive'/2` needs beside ordinary receives, for evaluated code decides by a fun.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new(
    "erts_internal",
    "await_message",
    1,
    await_message,
)];

/// `await_message(Known)`: `true` once the queue of the caller is longer than `Known`. Whatever wakes the process makes it ask again.
fn await_message<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let known = args[0].as_usize().ok_or_else(Raise::badarg)?;
    if cx.process().mailbox.borrow().len() > known {
        Ok(Term::atom(atoms::TRUE))
    } else {
        Err(Raise::wait(args))
    }
}
