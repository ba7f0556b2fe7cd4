//! `prim_file:read_file_info`, `read_link_info`, `write_file_info`: the `#file_info{}` record with times in POSIX seconds.

use super::blocking::{blocking, ok_or_error, value_or_error};
use super::files::path;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::library_tree::{self, Node};
use rustix::fs::Access;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_file", "read_file_info", 1, read_file_info),
    BifRow::new("prim_file", "read_link_info", 1, read_link_info),
    BifRow::new("prim_file", "set_mode", 2, set_mode),
    BifRow::new("prim_file", "set_owner", 3, set_owner),
    BifRow::new("prim_file", "set_times", 3, set_times),
];

fn kind(data: &Metadata) -> &'static str {
    let kind = data.file_type();
    if kind.is_file() {
        "regular"
    } else if kind.is_dir() {
        "directory"
    } else if kind.is_symlink() {
        "symlink"
    } else if kind.is_char_device() || kind.is_block_device() {
        "device"
    } else {
        "other"
    }
}

/// What this process may do with it.
fn access(path: &Path) -> &'static str {
    let may = |how: Access| rustix::fs::access(path, how).is_ok();
    match (may(Access::READ_OK), may(Access::WRITE_OK)) {
        (true, true) => "read_write",
        (true, false) => "read",
        (false, true) => "write",
        (false, false) => "none",
    }
}

/// `{file_info, Size, Type, Access, ATime, MTime, CTime, Mode, Links, MajorDev, MinorDev, Inode, Uid, Gid}`
fn record<'h>(cx: &Cx<'h>, data: &Metadata, access: &str) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    Ok(heap.tuple(&[
        cx.atom_term("file_info")?,
        heap.uint(data.size()),
        cx.atom_term(kind(data))?,
        cx.atom_term(access)?,
        heap.int(data.atime()),
        heap.int(data.mtime()),
        heap.int(data.ctime()),
        heap.int(i64::from(data.mode())),
        heap.uint(data.nlink()),
        heap.uint(data.dev()),
        heap.uint(data.rdev()),
        heap.uint(data.ino()),
        heap.int(i64::from(data.uid())),
        heap.int(i64::from(data.gid())),
    ]))
}

/// The record of a file or directory of the library's tree. It has no times.
fn virtual_record<'h>(cx: &Cx<'h>, node: &Node) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let (size, kind, mode) = match node {
        Node::File(bytes) => (bytes.len() as u64, "regular", 0o100_444),
        Node::Directory(_) => (0, "directory", 0o040_555),
    };
    let zero = heap.int(0);
    let (name, kind, access) = (
        cx.atom_term("file_info")?,
        cx.atom_term(kind)?,
        cx.atom_term("read")?,
    );
    let (size, mode, one) = (heap.uint(size), heap.int(mode), heap.int(1));
    Ok(heap.tuple(&[
        name, size, kind, access, zero, zero, zero, mode, one, zero, zero, zero, zero, zero,
    ]))
}

fn read_file_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    if let Some(node) = library_tree::look_up(cx.vm().options.image.as_ref(), &path) {
        return value_or_error(cx, node, |node| virtual_record(cx, &node));
    }
    let outcome: io::Result<(Metadata, &str)> = blocking(cx, args, move || {
        Ok((std::fs::metadata(&path)?, access(&path)))
    })?;
    value_or_error(cx, outcome, |(data, access)| record(cx, &data, access))
}

fn read_link_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    if let Some(node) = library_tree::look_up(cx.vm().options.image.as_ref(), &path) {
        return value_or_error(cx, node, |node| virtual_record(cx, &node));
    }
    let outcome: io::Result<(Metadata, &str)> = blocking(cx, args, move || {
        Ok((std::fs::symlink_metadata(&path)?, access(&path)))
    })?;
    value_or_error(cx, outcome, |(data, access)| record(cx, &data, access))
}

fn set_mode<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let mode = args[1]
        .as_usize()
        .and_then(|mode| u32::try_from(mode).ok())
        .ok_or_else(Raise::badarg)?;
    let outcome = blocking(cx, args, move || {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode & 0o7777))
    })?;
    ok_or_error(cx, outcome)
}

/// Owner and group; -1 leaves one alone.
fn set_owner<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let id = |term: Term<'h>| {
        term.as_small()
            .ok_or_else(Raise::badarg)
            .map(|id| u32::try_from(id).ok())
    };
    let (uid, gid) = (id(args[1])?, id(args[2])?);
    let outcome = blocking(cx, args, move || std::os::unix::fs::chown(path, uid, gid))?;
    ok_or_error(cx, outcome)
}

/// `set_times(Path, ATime, MTime)` in POSIX seconds.
fn set_times<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let seconds = |term: Term<'h>| term.as_usize().ok_or_else(Raise::badarg);
    let (accessed, modified) = (seconds(args[1])?, seconds(args[2])?);
    let at = |seconds: usize| UNIX_EPOCH + Duration::from_secs(seconds as u64);
    let outcome = blocking(cx, args, move || {
        let times = std::fs::FileTimes::new()
            .set_accessed(at(accessed))
            .set_modified(at(modified));
        std::fs::File::open(path)?.set_times(times)
    })?;
    ok_or_error(cx, outcome)
}
