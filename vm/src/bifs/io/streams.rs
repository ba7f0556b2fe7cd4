//! `prim_io`: standard streams; `erlang:display`.

use super::blocking::{blocking, bytes_or_eof, ok_or_error};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::io::streams;
use crate::io::text::written;
use crate::process::reply::Answer;
use std::io;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_io", "write", 2, write),
    BifRow::new("prim_io", "read", 2, read),
    BifRow::new("prim_io", "isatty", 1, isatty),
    BifRow::new("prim_io", "winsize", 1, winsize),
    BifRow::new("erlang", "display", 1, display),
    BifRow::new("erlang", "display_string", 1, display_string),
];

/// The bytes of an iolist; `None` if it is none.
pub fn iodata(term: Term<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut stack = vec![term];
    while let Some(term) = stack.pop() {
        match term.kind() {
            Kind::Nil => {}
            Kind::Small(byte) => out.push(u8::try_from(byte).ok()?),
            Kind::Bits(_) => out.extend_from_slice(&term.as_binary()?),
            Kind::Cons(cell) => {
                stack.push(cell.tail());
                stack.push(cell.head());
            }
            _ => return None,
        }
    }
    Some(out)
}

/// `write(Fd, IoData) -> ok | {error, Posix}`. What a pipe takes at once is written here, the rest waits on a dirty thread. When nobody reads
/// standard output any more the program ends, as others do on such a signal.
fn write<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let descriptor = args[0].as_small().ok_or_else(Raise::badarg)?;
    let outcome = match cx.process().answer::<io::Result<()>>() {
        Answer::Ready(outcome) => outcome,
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => Err(io::ErrorKind::Interrupted.into()),
        Answer::Unasked => {
            let bytes = iodata(args[1]).ok_or_else(Raise::badarg)?;
            cx.vm().io.count_out(bytes.len());
            cx.bump(bytes.len() as i64 / 64);
            match streams::write_now(descriptor, &bytes) {
                Ok(written) if written < bytes.len() => {
                    let reply = cx.process().ask(cx.vm());
                    cx.vm().dirty.submit(move || {
                        reply.answer(streams::write(descriptor, &bytes[written..]));
                    });
                    return Err(Raise::wait(args));
                }
                Ok(_) => Ok(()),
                Err(error) => Err(error),
            }
        }
    };
    if let Err(error) = &outcome
        && descriptor == 1
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        cx.vm().halt(0);
        return Err(Raise::wait(args));
    }
    ok_or_error(cx, outcome)
}

/// `read(0, Most) -> {ok, Binary} | eof | {error, Posix}`
fn read<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let most = args[1]
        .as_usize()
        .filter(|_| args[0].as_small() == Some(0))
        .ok_or_else(Raise::badarg)?;
    let outcome = blocking(cx, args, move || streams::read(most))?;
    bytes_or_eof(cx, outcome)
}

fn isatty<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let descriptor = args[0].as_small().ok_or_else(Raise::badarg)?;
    Ok(Term::bool(streams::is_terminal(descriptor)))
}

/// `{Columns, Rows}` from the environment, or `{error, enotsup}`.
fn winsize<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    args[0].as_small().ok_or_else(Raise::badarg)?;
    let number = |name: &str| cx.vm().io.environment.get(name)?.parse::<i64>().ok();
    match (number("COLUMNS"), number("LINES")) {
        (Some(columns), Some(rows)) => Ok(cx
            .heap()
            .tuple(&[cx.heap().int(columns), cx.heap().int(rows)])),
        _ => Ok(cx
            .heap()
            .tuple(&[cx.atom_term("error")?, cx.atom_term("enotsup")?])),
    }
}

/// Past the io system, for debugging: a term to standard output, characters to standard error, as `erl` does.
fn display<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let text = written(cx.vm(), args[0]) + "\n";
    let _lost = streams::write(1, text.as_bytes());
    Ok(Term::TRUE)
}

fn display_string<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let text = match args[0].kind() {
        Kind::Nil | Kind::Cons(_) | Kind::Bits(_) => crate::io::text::text_of(args[0]),
        _ => None,
    };
    let text = text.ok_or_else(Raise::badarg)?;
    let _lost = streams::write(2, text.as_bytes());
    Ok(Term::TRUE)
}
