//! Work that may block: it runs on a dirty thread while the process waits, and its outcome becomes a term when the function is called again.

use crate::atoms;
use crate::bifs::{Cx, Raise};
use crate::heap::Term;
use crate::io::files::posix_name;
use crate::process::reply::Answer;
use std::io;

/// Runs `work` elsewhere; `Err` says that the process waits (hand it on), `Ok` is the outcome.
pub fn blocking<'h, T: Send + 'static>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Raise<'h>> {
    now_or_blocking(cx, args, || None, work)
}

/// The same; `now` is asked first, once, whether it need not wait.
pub fn now_or_blocking<'h, T: Send + 'static>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    now: impl FnOnce() -> Option<T>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Raise<'h>> {
    match cx.process().answer::<T>() {
        Answer::Ready(value) => Ok(value),
        Answer::Pending => Err(Raise::wait(args)),
        // The thread was lost with its job; there is nothing to wait for.
        Answer::Gone => Err(Raise::error_atom(atoms::SYSTEM_LIMIT)),
        Answer::Unasked => {
            if let Some(value) = now() {
                return Ok(value);
            }
            let reply = cx.process().ask(cx.vm());
            cx.vm().dirty.submit(move || reply.answer(work()));
            Err(Raise::wait(args))
        }
    }
}

/// `{error, Posix}`
pub fn error_term<'h>(cx: &Cx<'h>, error: &io::Error) -> Result<Term<'h>, Raise<'h>> {
    let name = if error.kind() == io::ErrorKind::Other && error.to_string() == "closed" {
        "einval"
    } else {
        posix_name(error)
    };
    Ok(cx
        .heap()
        .tuple(&[Term::atom(atoms::ERROR), cx.atom_term(name)?]))
}

/// `ok` or `{error, Posix}`
pub fn ok_or_error<'h>(cx: &Cx<'h>, outcome: io::Result<()>) -> Result<Term<'h>, Raise<'h>> {
    match outcome {
        Ok(()) => Ok(Term::atom(atoms::OK)),
        Err(error) => error_term(cx, &error),
    }
}

/// `{ok, Value}` or `{error, Posix}`
pub fn value_or_error<'h, T>(
    cx: &Cx<'h>,
    outcome: io::Result<T>,
    term: impl FnOnce(T) -> Result<Term<'h>, Raise<'h>>,
) -> Result<Term<'h>, Raise<'h>> {
    match outcome {
        Ok(value) => Ok(cx.heap().tuple(&[Term::atom(atoms::OK), term(value)?])),
        Err(error) => error_term(cx, &error),
    }
}

/// `{ok, Bytes}`, `eof` or `{error, Posix}`
pub fn bytes_or_eof<'h>(
    cx: &Cx<'h>,
    outcome: io::Result<Option<Vec<u8>>>,
) -> Result<Term<'h>, Raise<'h>> {
    match outcome {
        Ok(Some(bytes)) => {
            cx.vm().io.count_in(bytes.len());
            Ok(cx
                .heap()
                .tuple(&[Term::atom(atoms::OK), cx.heap().binary(&bytes)]))
        }
        Ok(None) => Ok(Term::atom(atoms::EOF)),
        Err(error) => error_term(cx, &error),
    }
}
