//! `prim_channel`: the owner's side of a channel to the embedding program ([`crate::io::channels`]).

use std::sync::Arc;

use super::streams::iodata;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::channels::{Channel, Written};
use crate::process::body::process_flag;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_channel", "own", 1, own),
    BifRow::new("prim_channel", "write", 3, write),
    BifRow::new("prim_channel", "ack", 2, ack),
    BifRow::new("prim_channel", "close", 1, close),
    BifRow::new("prim_channel", "count", 0, count),
];

fn channel<'h>(cx: &Cx<'h>, id: Term<'h>) -> Result<Option<Arc<Channel>>, Raise<'h>> {
    let id = id.as_usize().ok_or_else(Raise::badarg)?;
    Ok(cx.vm().io.channels.get(id as u64))
}

/// `own(Id) -> boolean()`: the caller gets the messages of the channel, and its end closes the channel.
fn own<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.process().set_flag(process_flag::HOOKS, true);
    let found = channel(cx, args[0])?;
    Ok(Term::bool(found.is_some_and(|c| c.own(cx.process().pid))))
}

/// `write(Id, Kind, IoData) -> ok | busy | closed`: `busy` took nothing, and `{channel, Id, ready}` will follow.
fn write<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let kind = args[1].as_usize().and_then(|kind| u8::try_from(kind).ok());
    let kind = kind.ok_or_else(Raise::badarg)?;
    let bytes = iodata(args[2]).ok_or_else(Raise::badarg)?;
    cx.bump(bytes.len() as i64 / 64);
    let count = bytes.len();
    let written = channel(cx, args[0])?.map_or(Written::Closed, |c| c.write(kind, bytes));
    match written {
        Written::Queued => {
            cx.vm().io.count_out(count);
            Ok(Term::atom(atoms::OK))
        }
        Written::Busy => cx.atom_term("busy"),
        Written::Closed => cx.atom_term("closed"),
    }
}

/// `ack(Id, Bytes) -> ok`: a frame of so many bytes has been dealt with.
fn ack<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let bytes = args[1].as_usize().ok_or_else(Raise::badarg)?;
    if let Some(channel) = channel(cx, args[0])? {
        cx.vm().io.count_in(bytes);
        channel.acknowledge(bytes);
    }
    Ok(Term::atom(atoms::OK))
}

/// `close(Id) -> ok`: the peer gets what was written, then the end.
fn close<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if let Some(channel) = channel(cx, args[0])? {
        channel.finish();
    }
    Ok(Term::atom(atoms::OK))
}

/// `count() -> integer()`: open channels of the VM.
fn count<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(cx.vm().io.channels.count() as i64))
}
