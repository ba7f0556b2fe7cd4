//! The options of `open_port/2`, and the texts that name programs, directories and variables.

use crate::atoms;
use crate::bifs::Cx;
use crate::heap::{Kind, Term};
use crate::io::program::{Settings, Shape};
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// What the second argument says.
pub(super) struct Options {
    pub(super) shape: Shape,
    pub(super) binary: bool,
    pub(super) eof: bool,
    pub(super) exit_status: bool,
    pub(super) reads: Option<bool>,
    pub(super) writes: Option<bool>,
    pub(super) use_stdio: bool,
    pub(super) stderr_to_stdout: bool,
    /// `Some(None)`: what was given is no text.
    pub(super) directory: Option<Option<OsString>>,
    pub(super) environment: Vec<(OsString, Option<OsString>)>,
    pub(super) args: Option<Vec<OsString>>,
    pub(super) arg0: Option<OsString>,
}

/// A text of a program's world: an atom, a list of characters that may hold more such lists, or a binary as it is. No zero byte.
pub(super) fn os_text(cx: &Cx<'_>, term: Term<'_>) -> Option<OsString> {
    let bytes = match term.kind() {
        Kind::Atom(name) => cx.atoms().text(name).as_bytes().to_vec(),
        Kind::Bits(_) => term.as_binary()?.into_owned(),
        _ => characters(term)?,
    };
    (!bytes.contains(&0)).then(|| OsString::from_vec(bytes))
}

/// A list of characters and more such lists, in UTF-8.
fn characters(list: Term<'_>) -> Option<Vec<u8>> {
    let mut text = String::new();
    let mut todo: Vec<Term<'_>> = vec![list];
    while let Some(list) = todo.pop() {
        let Some(cell) = list.as_cons() else {
            if list.is_nil() {
                continue;
            }
            return None;
        };
        todo.push(cell.tail());
        match cell.head().as_small() {
            Some(code) => text.push(u32::try_from(code).ok().and_then(char::from_u32)?),
            None => todo.push(cell.head()),
        }
    }
    Some(text.into_bytes())
}

fn os_texts(cx: &Cx<'_>, list: Term<'_>) -> Option<Vec<OsString>> {
    let mut items = list.iter_list();
    let all = items
        .by_ref()
        .map(|item| os_text(cx, item))
        .collect::<Option<Vec<_>>>()?;
    items.tail().is_nil().then_some(all)
}

/// Names and values of the environment are lists.
fn variable(text: Term<'_>) -> Option<OsString> {
    characters(text)
        .filter(|bytes| !bytes.contains(&0))
        .map(OsString::from_vec)
}

/// `[{Name, Value | false}]`
fn environment(list: Term<'_>) -> Option<Vec<(OsString, Option<OsString>)>> {
    let mut items = list.iter_list();
    let mut all = Vec::new();
    for item in items.by_ref() {
        let pair = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
        let name = variable(pair.get(0)?).filter(|name| !name.as_bytes().contains(&b'='))?;
        let value = pair.get(1)?;
        let value = if value.is_atom(atoms::FALSE) {
            None
        } else {
            Some(variable(value)?)
        };
        all.push((name, value));
    }
    items.tail().is_nil().then_some(all)
}

impl Options {
    /// `None` for a list that is none, or holds what is not known.
    pub(super) fn read(cx: &Cx<'_>, list: Term<'_>) -> Option<Options> {
        let mut options = Options {
            shape: Shape::Stream,
            binary: false,
            eof: false,
            exit_status: false,
            reads: None,
            writes: None,
            use_stdio: true,
            stderr_to_stdout: false,
            directory: None,
            environment: Vec::new(),
            args: None,
            arg0: None,
        };
        let mut items = list.iter_list();
        for item in items.by_ref() {
            match item.as_atom() {
                Some(word) => options.word(cx.atoms().text(word))?,
                None => {
                    let pair = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
                    let name = cx.atoms().text(pair.get(0)?.as_atom()?);
                    options.pair(cx, name, pair.get(1)?)?;
                }
            }
        }
        let good = items.tail().is_nil() && (options.use_stdio || !options.stderr_to_stdout);
        good.then_some(options)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        match word {
            "stream" => self.shape = Shape::Stream,
            "use_stdio" => self.use_stdio = true,
            "nouse_stdio" => self.use_stdio = false,
            "hide" | "overlapped_io" => {}
            "exit_status" => self.exit_status = true,
            "binary" => self.binary = true,
            "in" => self.reads = Some(true),
            "out" => self.writes = Some(true),
            "eof" => self.eof = true,
            "stderr_to_stdout" => self.stderr_to_stdout = true,
            _ => return None,
        }
        Some(())
    }

    fn pair(&mut self, cx: &Cx<'_>, name: &str, value: Term<'_>) -> Option<()> {
        match name {
            "packet" => {
                let size = value.as_small().filter(|size| matches!(size, 1 | 2 | 4))?;
                self.framed(Shape::Packet(size as u8))?;
            }
            "line" => {
                let longest = value.as_usize().filter(|longest| *longest > 0)?;
                self.framed(Shape::Line(longest))?;
            }
            "cd" => self.directory = Some(os_text(cx, value)),
            "env" => self.environment.extend(environment(value)?),
            "args" => self.args = Some(os_texts(cx, value)?),
            "arg0" => self.arg0 = Some(os_text(cx, value)?),
            "parallelism" => {
                let on = value.as_atom()?;
                (on == atoms::TRUE || on == atoms::FALSE).then_some(())?;
            }
            "busy_limits_port" | "busy_limits_msgq" => limits(cx, value)?,
            _ => return None,
        }
        Some(())
    }

    /// Packets and lines exclude each other.
    fn framed(&mut self, shape: Shape) -> Option<()> {
        let other = matches!(
            (self.shape, shape),
            (Shape::Packet(_), Shape::Line(_)) | (Shape::Line(_), Shape::Packet(_))
        );
        self.shape = shape;
        (!other).then_some(())
    }

    /// Some of them only a program can have.
    pub(super) fn is_for_programs(&self) -> bool {
        self.args.is_some() || self.arg0.is_some() || self.exit_status
    }

    /// Both directions unless one is named.
    pub(super) fn directions(&self) -> (bool, bool) {
        match (self.reads, self.writes) {
            (None, None) => (true, true),
            (reads, writes) => (reads.is_some(), writes.is_some()),
        }
    }

    pub(super) fn settings(&self) -> Settings {
        Settings {
            shape: self.shape,
            binary: self.binary,
            eof: self.eof,
            exit_status: self.exit_status,
        }
    }
}

/// `{Low, High}` or `disabled`. They are taken, and the bounds stay as they are.
fn limits(cx: &Cx<'_>, value: Term<'_>) -> Option<()> {
    if let Some(word) = value.as_atom() {
        return (cx.atoms().text(word) == "disabled").then_some(());
    }
    let pair = value.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let good = |at| pair.get(at)?.as_usize().filter(|bound| *bound > 0);
    good(0).zip(good(1)).map(|_| ())
}
