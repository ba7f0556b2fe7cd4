//! `prim_file`: names, directories, links, the current directory; `prim_os:cmd`.

use super::blocking::{blocking, ok_or_error, value_or_error};
use super::files::path;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::library_tree::{self, Node};
use crate::io::text::text_of;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_file", "list_dir", 1, list_dir),
    BifRow::new("prim_file", "make_dir", 1, make_dir),
    BifRow::new("prim_file", "del_dir", 1, del_dir),
    BifRow::new("prim_file", "del_file", 1, del_file),
    BifRow::new("prim_file", "rename", 2, rename),
    BifRow::new("prim_file", "make_link", 2, make_link),
    BifRow::new("prim_file", "make_symlink", 2, make_symlink),
    BifRow::new("prim_file", "read_link", 1, read_link),
    BifRow::new("prim_file", "get_cwd", 0, get_cwd),
    BifRow::new("prim_file", "set_cwd", 1, set_cwd),
    BifRow::new("prim_os", "cmd", 1, cmd),
];

/// Runs an operation on one path.
fn on_path<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    work: impl FnOnce(PathBuf) -> io::Result<()> + Send + 'static,
) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let outcome = blocking(cx, args, move || {
        library_tree::refuse(&path)?;
        work(path)
    })?;
    ok_or_error(cx, outcome)
}

/// Runs an operation on two paths.
fn on_two<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    work: impl FnOnce(PathBuf, PathBuf) -> io::Result<()> + Send + 'static,
) -> Result<Term<'h>, Raise<'h>> {
    let (from, to) = (
        path(args[0]).ok_or_else(Raise::badarg)?,
        path(args[1]).ok_or_else(Raise::badarg)?,
    );
    let outcome = blocking(cx, args, move || work(from, to))?;
    ok_or_error(cx, outcome)
}

/// A name as text, as its bytes when it is none.
fn named<'h>(cx: &Cx<'h>, name: &OsStr) -> Term<'h> {
    match name.to_str() {
        Some(text) => cx.heap().string(text),
        None => cx.heap().binary(name.as_bytes()),
    }
}

fn list_dir<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let image = cx.vm().options.image.clone();
    let outcome: io::Result<Vec<OsString>> = blocking(cx, args, move || {
        match library_tree::look_up(image.as_ref(), &path).transpose()? {
            Some(Node::Directory(names)) => {
                return Ok(names.into_iter().map(OsString::from).collect());
            }
            Some(Node::File(_)) => return Err(io::ErrorKind::NotADirectory.into()),
            None => {}
        }
        std::fs::read_dir(path)?
            .map(|entry| Ok(entry?.file_name()))
            .collect()
    })?;
    value_or_error(cx, outcome, |names| {
        Ok(cx
            .heap()
            .list_from(names.iter().map(|name| named(cx, name))))
    })
}

fn make_dir<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_path(cx, args, std::fs::create_dir)
}

fn del_dir<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_path(cx, args, std::fs::remove_dir)
}

/// A directory answers `eperm`, as unlink does.
fn del_file<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_path(cx, args, |path| {
        if std::fs::symlink_metadata(&path)?.is_dir() {
            return Err(io::Error::from_raw_os_error(1));
        }
        std::fs::remove_file(path)
    })
}

fn rename<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_two(cx, args, std::fs::rename)
}

fn make_link<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_two(cx, args, std::fs::hard_link)
}

fn make_symlink<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    on_two(cx, args, std::os::unix::fs::symlink)
}

fn read_link<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    let outcome = blocking(cx, args, move || std::fs::read_link(path))?;
    value_or_error(cx, outcome, |target| Ok(named(cx, target.as_os_str())))
}

fn get_cwd<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    value_or_error(cx, std::env::current_dir(), |dir| {
        Ok(cx.heap().string(&dir.to_string_lossy()))
    })
}

/// The current directory belongs to the whole operating system process.
fn set_cwd<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let path = path(args[0]).ok_or_else(Raise::badarg)?;
    ok_or_error(cx, std::env::set_current_dir(path))
}

/// `cmd(Command) -> {Status, Output}`: a shell command's exit status and what it wrote, errors included.
fn cmd<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let command = text_of(args[0])
        .filter(|command| !command.contains('\0'))
        .ok_or_else(Raise::badarg)?;
    let environment = cx.vm().io.environment.all();
    let outcome: io::Result<(i32, Vec<u8>)> = blocking(cx, args, move || {
        // The shell itself joins its errors to its output, in the order they are written.
        let wrapped = format!("exec 2>&1\n({command}\n) </dev/null");
        let done = Command::new("/bin/sh")
            .arg("-c")
            .arg(wrapped)
            .env_clear()
            .envs(environment)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        Ok((done.status.code().unwrap_or(255), done.stdout))
    })?;
    let heap = cx.heap();
    match outcome {
        Ok((status, output)) => {
            Ok(heap.tuple(&[heap.int(i64::from(status)), heap.binary(&output)]))
        }
        Err(error) => super::blocking::error_term(cx, &error),
    }
}
