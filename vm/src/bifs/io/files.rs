//! `prim_file`: open files.

use super::blocking::{blocking, bytes_or_eof, now_or_blocking, ok_or_error, value_or_error};
use super::streams::iodata;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Resource, ResourceBox, Term};
use crate::io::files::{From, OpenFile, OpenModes};
use crate::io::later::{self, Bounds};
use crate::io::library_tree;
use crate::io::text::text_of;
use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_file", "open", 2, open),
    BifRow::new("prim_file", "close", 1, close),
    BifRow::new("prim_file", "read", 2, read),
    BifRow::new("prim_file", "read_line", 1, read_line),
    BifRow::new("prim_file", "write", 2, write),
    BifRow::new("prim_file", "pread", 3, pread),
    BifRow::new("prim_file", "pwrite", 3, pwrite),
    BifRow::new("prim_file", "position", 2, position),
    BifRow::new("prim_file", "truncate", 1, truncate),
    BifRow::new("prim_file", "sync", 1, sync),
    BifRow::new("prim_file", "datasync", 1, datasync),
    BifRow::new("prim_file", "advise", 4, advise),
    BifRow::new("prim_file", "allocate", 3, allocate),
    BifRow::new("prim_file", "open_memory", 1, open_memory),
    BifRow::new("prim_file", "read_file", 1, read_file),
    BifRow::new("prim_file", "write_file", 2, write_file),
];

/// A path of text, or of any bytes when it is a binary; `None` if it is neither or holds a zero.
pub fn path(term: Term<'_>) -> Option<PathBuf> {
    let bytes = match (term.as_atom(), term.as_binary()) {
        (Some(_), _) => return None,
        (None, Some(raw)) => raw.to_vec(),
        (None, None) => text_of(term)?.into_bytes(),
    };
    (!bytes.contains(&0)).then(|| OsString::from_vec(bytes).into())
}

fn handle<'h>(term: Term<'h>) -> Result<Arc<ResourceBox>, Raise<'h>> {
    let resource: Resource = term
        .as_ref()
        .and_then(|reference| reference.resource())
        .ok_or_else(Raise::badarg)?;
    if resource.0.is::<OpenFile>() {
        Ok(resource)
    } else {
        Err(Raise::badarg())
    }
}

/// The open file behind a handle, on the thread that works with it.
fn file(resource: &ResourceBox) -> &OpenFile {
    resource
        .0
        .downcast_ref::<OpenFile>()
        .expect("invariant: checked when the handle was read")
}

fn modes<'h>(cx: &Cx<'h>, list: Term<'h>) -> Result<OpenModes, Raise<'h>> {
    let mut modes = OpenModes::default();
    let mut items = list.iter_list();
    for item in items.by_ref() {
        if let Some(size) = read_ahead(cx, item) {
            modes.read_ahead = Some(size);
        }
        if let Some(bounds) = delayed_write(item) {
            modes.delayed_write = Some(bounds);
        }
        // Modes of the layers above (raw, binary, {encoding, _} ...) mean nothing here.
        let Some(name) = item.as_atom() else { continue };
        match cx.atoms().text(name) {
            "read" => modes.read = true,
            "write" => modes.write = true,
            "append" => modes.append = true,
            "exclusive" => modes.exclusive = true,
            "directory" => modes.directory = true,
            "compressed" => modes.compressed = true,
            _ => {}
        }
    }
    modes.keep = modes.read && modes.write;
    if items.tail().is_nil() {
        Ok(modes)
    } else {
        Err(Raise::badarg())
    }
}

/// `read_ahead` or `{read_ahead, Size}`
fn read_ahead<'h>(cx: &Cx<'h>, mode: Term<'h>) -> Option<usize> {
    const USUAL: usize = 1 << 16;
    let is_it = |t: Term<'h>| {
        t.as_atom()
            .is_some_and(|a| cx.atoms().text(a) == "read_ahead")
    };
    match mode.as_tuple() {
        Some(pair) if pair.len() == 2 && pair.get(0).is_some_and(is_it) => {
            pair.get(1)?.as_usize().map(|size| size.clamp(1, 1 << 24))
        }
        _ => is_it(mode).then_some(USUAL),
    }
}

/// `delayed_write` or `{delayed_write, Size, Milliseconds}`
fn delayed_write(mode: Term<'_>) -> Option<Bounds> {
    let is_it = |t: Term<'_>| t.is_atom(atoms::DELAYED_WRITE);
    let Some(three) = mode.as_tuple().filter(|t| t.len() == 3) else {
        return is_it(mode).then_some(Bounds::USUAL);
    };
    is_it(three.get(0)?).then_some(())?;
    let (size, ms) = (three.get(1)?.as_usize()?, three.get(2)?.as_usize()?);
    Some(Bounds {
        size: size.min(1 << 24),
        delay: Duration::from_millis(ms as u64),
    })
}

/// `open(Path, Modes) -> {ok, Handle} | {error, Posix}`
fn open<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let modes = modes(cx, args[1])?;
    let image = cx.vm().options.image.clone();
    let outcome: io::Result<OpenFile> = blocking(cx, args, move || {
        if modes.write || modes.append || modes.exclusive {
            library_tree::refuse(&path)?;
        }
        match library_tree::read(image.as_ref(), &path) {
            Some(bytes) => OpenFile::in_memory_to_read(&bytes?),
            None => OpenFile::open(&path, modes),
        }
    })?;
    value_or_error(cx, outcome, |file| {
        let resource: Resource = Arc::new(ResourceBox(Box::new(file)));
        Ok(cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource))
    })
}

fn close<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let outcome = blocking(cx, args, move || file(&handle).close())?;
    ok_or_error(cx, outcome)
}

fn read<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (handle, most) = (
        handle(args[0])?,
        args[1].as_usize().ok_or_else(Raise::badarg)?,
    );
    let again = Arc::clone(&handle);
    let now = || file(&handle).read_now(most);
    let outcome = now_or_blocking(cx, args, now, move || file(&again).read(most))?;
    spent(cx, &outcome);
    bytes_or_eof(cx, outcome)
}

/// `read_line(Handle) -> {ok, Bytes} | eof | {error, Posix}`; a line ends with one character.
fn read_line<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let again = Arc::clone(&handle);
    let now = || file(&handle).read_line_now();
    let mut outcome = now_or_blocking(cx, args, now, move || file(&again).read_line())?;
    spent(cx, &outcome);
    if let Ok(Some(line)) = &mut outcome
        && line.ends_with(b"\r\n")
    {
        line.truncate(line.len() - 2);
        line.push(b'\n');
    }
    bytes_or_eof(cx, outcome)
}

/// Reading in place is work of the process.
fn spent(cx: &Cx<'_>, outcome: &io::Result<Option<Vec<u8>>>) {
    let bytes = outcome.as_ref().ok().and_then(Option::as_ref);
    cx.bump(1 + bytes.map_or(0, Vec::len) as i64 / 64);
}

/// The bytes to be written; none when they have been, and only the outcome is to be told.
fn output<'h>(cx: &Cx<'h>, data: Term<'h>) -> Result<Vec<u8>, Raise<'h>> {
    if cx.process().asked() {
        return Ok(Vec::new());
    }
    let bytes = iodata(data).ok_or_else(Raise::badarg)?;
    cx.vm().io.count_out(bytes.len());
    Ok(bytes)
}

fn write<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (handle, bytes) = (handle(args[0])?, output(cx, args[1])?);
    if !cx.process().asked()
        && let Some(first) = file(&handle).keep(&bytes)
    {
        if let Some(delay) = first {
            later::write_after(&handle, delay);
        }
        cx.bump(1 + bytes.len() as i64 / 64);
        return ok_or_error(cx, Ok(()));
    }
    let outcome = blocking(cx, args, move || file(&handle).write(&bytes))?;
    ok_or_error(cx, outcome)
}

fn pread<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let (at, most) = (
        args[1].as_usize().ok_or_else(Raise::badarg)?,
        args[2].as_usize().ok_or_else(Raise::badarg)?,
    );
    let again = Arc::clone(&handle);
    let now = || file(&handle).pread_now(at as u64, most);
    let work = move || file(&again).pread(at as u64, most);
    let outcome = now_or_blocking(cx, args, now, work)?;
    spent(cx, &outcome);
    bytes_or_eof(cx, outcome)
}

fn pwrite<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let (at, bytes) = (
        args[1].as_usize().ok_or_else(Raise::badarg)?,
        output(cx, args[2])?,
    );
    let outcome = blocking(cx, args, move || file(&handle).pwrite(at as u64, &bytes))?;
    ok_or_error(cx, outcome)
}

/// `bof`, `cur`, `eof`, `{bof|cur|eof, Offset}` or an offset.
fn place<'h>(cx: &Cx<'h>, term: Term<'h>) -> Option<From> {
    let (from, offset) = match (term.as_small(), term.as_tuple()) {
        (Some(offset), _) => ("bof", offset),
        (None, Some(pair)) if pair.len() == 2 => (
            cx.atoms().text(pair.get(0)?.as_atom()?),
            pair.get(1)?.as_small()?,
        ),
        _ => (cx.atoms().text(term.as_atom()?), 0),
    };
    match from {
        "bof" => u64::try_from(offset).ok().map(From::Start),
        "cur" => Some(From::Current(offset)),
        "eof" => Some(From::End(offset)),
        _ => None,
    }
}

/// `position(Handle, Location) -> {ok, Position} | {error, Posix}`
fn position<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let Some(to) = place(cx, args[1]) else {
        return Ok(cx
            .heap()
            .tuple(&[cx.atom_term("error")?, cx.atom_term("einval")?]));
    };
    let outcome = blocking(cx, args, move || file(&handle).position(to))?;
    value_or_error(cx, outcome, |at| Ok(cx.heap().uint(at)))
}

fn truncate<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let outcome = blocking(cx, args, move || file(&handle).truncate())?;
    ok_or_error(cx, outcome)
}

fn sync<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let outcome = blocking(cx, args, move || file(&handle).sync())?;
    ok_or_error(cx, outcome)
}

fn datasync<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let outcome = blocking(cx, args, move || file(&handle).datasync())?;
    ok_or_error(cx, outcome)
}

fn einval<'h>(cx: &Cx<'h>) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx
        .heap()
        .tuple(&[cx.atom_term("error")?, cx.atom_term("einval")?]))
}

/// Offset and length.
fn span<'h>(offset: Term<'h>, length: Term<'h>) -> Result<(u64, u64), Raise<'h>> {
    let number = |term: Term<'h>| term.as_usize().ok_or_else(Raise::badarg);
    Ok((number(offset)? as u64, number(length)? as u64))
}

/// `advise(Handle, Offset, Length, Advice) -> ok | {error, Posix}`
fn advise<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let (offset, length) = span(args[1], args[2])?;
    let how = cx
        .atoms()
        .text(args[3].as_atom().ok_or_else(Raise::badarg)?);
    match file(&handle).advise(offset, length, how) {
        Ok(false) => einval(cx),
        Ok(true) => ok_or_error(cx, Ok(())),
        Err(error) => ok_or_error(cx, Err(error)),
    }
}

/// `allocate(Handle, Offset, Length) -> ok | {error, Posix}`
fn allocate<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let handle = handle(args[0])?;
    let (offset, length) = span(args[1], args[2])?;
    let outcome = blocking(cx, args, move || file(&handle).allocate(offset, length))?;
    ok_or_error(cx, outcome)
}

/// `open_memory(Content) -> {ok, Handle} | {error, Posix}`
fn open_memory<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let content = iodata(args[0]).ok_or_else(Raise::badarg)?;
    let outcome = OpenFile::in_memory(&content);
    value_or_error(cx, outcome, |file| {
        let resource: Resource = Arc::new(ResourceBox(Box::new(file)));
        Ok(cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource))
    })
}

fn read_file<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let image = cx.vm().options.image.clone();
    let outcome = blocking(cx, args, move || {
        library_tree::read(image.as_ref(), &path).unwrap_or_else(|| std::fs::read(&path))
    })?;
    value_or_error(cx, outcome, |bytes| {
        cx.vm().io.count_in(bytes.len());
        Ok(cx.heap().binary(&bytes))
    })
}

fn write_file<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (path, bytes) = (
        path(args[0]).ok_or_else(Raise::badarg)?,
        output(cx, args[1])?,
    );
    let outcome = blocking(cx, args, move || {
        library_tree::refuse(&path)?;
        std::fs::write(path, bytes)
    })?;
    ok_or_error(cx, outcome)
}
