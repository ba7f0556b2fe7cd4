//! `open_port/2`: external programs and open descriptors.

use super::blocking::blocking;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::files::posix_name;
use crate::io::program::pipes::Pipe;
use crate::io::program::spawn::{self, Order, Started};
use crate::io::program::{Program, Settings, Shape};
use crate::io::text::text_of;
use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "open_port", 2, open_port)];

/// What the second argument says.
struct Options {
    shape: Shape,
    binary: bool,
    eof: bool,
    exit_status: bool,
    reads: Option<bool>,
    writes: Option<bool>,
    use_stdio: bool,
    stderr_to_stdout: bool,
    directory: Option<OsString>,
    environment: Vec<(OsString, Option<OsString>)>,
    args: Option<Vec<OsString>>,
    arg0: Option<OsString>,
}

/// A text of a program's world: characters in UTF-8, binaries as they are. No zero byte.
fn os_text(term: Term<'_>) -> Option<OsString> {
    let bytes = match term.as_binary() {
        Some(bytes) => bytes.into_owned(),
        None => text_of(term)?.into_bytes(),
    };
    (!bytes.contains(&0)).then(|| OsString::from_vec(bytes))
}

fn os_texts(list: Term<'_>) -> Option<Vec<OsString>> {
    let mut items = list.iter_list();
    let all = items.by_ref().map(os_text).collect::<Option<Vec<_>>>()?;
    items.tail().is_nil().then_some(all)
}

/// `[{Name, Value | false}]`
fn environment(list: Term<'_>) -> Option<Vec<(OsString, Option<OsString>)>> {
    let mut items = list.iter_list();
    let mut all = Vec::new();
    for item in items.by_ref() {
        let pair = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
        let name = os_text(pair.get(0)?)?;
        let value = pair.get(1)?;
        let value = if value.is_atom(atoms::FALSE) {
            None
        } else {
            Some(os_text(value)?)
        };
        all.push((name, value));
    }
    items.tail().is_nil().then_some(all)
}

impl Options {
    fn read(cx: &Cx<'_>, list: Term<'_>) -> Option<Options> {
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
                    options.pair(name, pair.get(1)?)?;
                }
            }
        }
        items.tail().is_nil().then_some(options)
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

    fn pair(&mut self, name: &str, value: Term<'_>) -> Option<()> {
        match name {
            "packet" => {
                let size = value.as_small().filter(|size| matches!(size, 1 | 2 | 4))?;
                self.shape = Shape::Packet(size as u8);
            }
            "line" => self.shape = Shape::Line(value.as_usize()?),
            "cd" => self.directory = Some(os_text(value)?),
            "env" => self.environment.extend(environment(value)?),
            "args" => self.args = Some(os_texts(value)?),
            "arg0" => self.arg0 = Some(os_text(value)?),
            "parallelism" | "busy_limits_port" | "busy_limits_msgq" => {}
            _ => return None,
        }
        Some(())
    }

    /// Both directions unless one is named.
    fn directions(&self) -> (bool, bool) {
        match (self.reads, self.writes) {
            (None, None) => (true, true),
            (reads, writes) => (reads.is_some(), writes.is_some()),
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            shape: self.shape,
            binary: self.binary,
            eof: self.eof,
            exit_status: self.exit_status,
        }
    }
}

/// A program started elsewhere, or why not.
type Start = io::Result<Started>;

fn failed<'h>(cx: &Cx<'h>, error: &io::Error) -> Raise<'h> {
    match cx.atom(posix_name(error)) {
        Ok(name) => Raise::error_atom(name),
        Err(raise) => raise,
    }
}

/// `open_port({spawn, Command} | {spawn_executable, File} | {fd, In, Out}, Options) -> Port`
fn open_port<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_tuple().ok_or_else(Raise::badarg)?;
    let options = Options::read(cx, args[1]).ok_or_else(Raise::badarg)?;
    let tag = name
        .get(0)
        .and_then(Term::as_atom)
        .ok_or_else(Raise::badarg)?;
    match (cx.atoms().text(tag), name.len()) {
        ("spawn", 2) => {
            let command = name.get(1).ok_or_else(Raise::badarg)?;
            let command = match command.as_atom() {
                Some(atom) => Some(OsString::from(cx.atoms().text(atom))),
                None if command.is_list() || command.as_binary().is_some() => os_text(command),
                None => None,
            };
            let command = command.ok_or_else(Raise::badarg)?;
            // Arguments of a command are part of its text.
            if options.args.is_some() || options.arg0.is_some() || command.is_empty() {
                return Err(Raise::badarg());
            }
            run(cx, args, options, Target::Shell(command))
        }
        ("spawn_executable", 2) => {
            let file = name.get(1).and_then(os_text).ok_or_else(Raise::badarg)?;
            run(cx, args, options, Target::File(file))
        }
        ("fd", 3) => {
            let number = |at: usize| name.get(at).and_then(Term::as_usize);
            let (input, output) = number(1).zip(number(2)).ok_or_else(Raise::badarg)?;
            descriptors(cx, &options, input, output)
        }
        _ => Err(Raise::badarg()),
    }
}

/// What to run.
enum Target {
    Shell(OsString),
    File(OsString),
}

fn run<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    options: Options,
    target: Target,
) -> Result<Term<'h>, Raise<'h>> {
    let name = match &target {
        Target::Shell(text) | Target::File(text) => text.to_string_lossy().into_owned(),
    };
    let own = cx.vm().io.environment.all();
    let started: Start = blocking(cx, args, move || start(options, own, target))?;
    let opened = match started {
        Ok(started) => started.open(cx.vm(), cx.process(), name),
        Err(error) => return Err(failed(cx, &error)),
    };
    match opened {
        Ok(cell) => Ok(Term::port(cell.id)),
        Err(fault) => Err(Raise::error(cx.atom_term(fault.0)?)),
    }
}

fn start(options: Options, own: Vec<(String, String)>, target: Target) -> Start {
    let mut environment: std::collections::BTreeMap<OsString, OsString> = own
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    for (name, value) in &options.environment {
        match value {
            Some(value) => environment.insert(name.clone(), value.clone()),
            None => environment.remove(name),
        };
    }
    let (reads, writes) = options.directions();
    let shell = matches!(target, Target::Shell(_));
    let (program, args) = match target {
        Target::Shell(command) => {
            let mut text = OsString::from("exec ");
            text.push(command);
            ("/bin/sh".into(), vec!["-c".into(), text])
        }
        Target::File(file) => {
            executable(&file)?;
            (file, options.args.clone().unwrap_or_default())
        }
    };
    spawn::start(&Order {
        program,
        // The shell names itself in its complaints.
        arg0: options.arg0.clone().or(shell.then(|| "sh".into())),
        args,
        environment: environment.into_iter().collect(),
        directory: options.directory.clone(),
        reads,
        writes,
        use_stdio: options.use_stdio,
        stderr_to_stdout: options.stderr_to_stdout,
        settings: options.settings(),
    })
}

/// A regular file that somebody may execute.
fn executable(file: &OsString) -> io::Result<()> {
    let data = std::fs::metadata(file)?;
    if data.is_file() && data.permissions().mode() & 0o111 != 0 {
        Ok(())
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// A descriptor of the operating system's process: a copy of a standard stream, or what the number names there.
fn descriptor(number: usize, write: bool) -> io::Result<OwnedFd> {
    match number {
        0 => Ok(rustix::io::dup(rustix::stdio::stdin())?),
        1 => Ok(rustix::io::dup(rustix::stdio::stdout())?),
        2 => Ok(rustix::io::dup(rustix::stdio::stderr())?),
        other => {
            let mut open = std::fs::OpenOptions::new();
            open.read(!write).write(write);
            Ok(open.open(format!("/dev/fd/{other}"))?.into())
        }
    }
}

fn descriptors<'h>(
    cx: &Cx<'h>,
    options: &Options,
    input: usize,
    output: usize,
) -> Result<Term<'h>, Raise<'h>> {
    let (reads, writes) = options.directions();
    let open = |wanted: bool, number: usize, write: bool| -> io::Result<Option<Pipe>> {
        wanted
            .then(|| descriptor(number, write).map(Pipe::shared))
            .transpose()
    };
    let pipes = open(reads, input, false).and_then(|i| Ok((i, open(writes, output, true)?)));
    let (input_pipe, output_pipe) = pipes.map_err(|error| failed(cx, &error))?;
    let program = Program::new(options.settings(), input_pipe, output_pipe);
    let name = format!("{input}/{output}");
    match spawn::open(cx.vm(), cx.process(), name, program) {
        Ok(cell) => Ok(Term::port(cell.id)),
        Err(fault) => Err(Raise::error(cx.atom_term(fault.0)?)),
    }
}
