//! `open_port/2`: external programs and open descriptors.

use super::blocking::blocking;
use super::port_options::{Options, os_text};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::files::posix_name;
use crate::io::program::Program;
use crate::io::program::pipes::Pipe;
use crate::io::program::spawn::{self, Order, Started};
use rustix::io::Errno;
use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "open_port", 2, open_port)];

/// A program started elsewhere, or why not.
type Start = io::Result<Started>;

fn failed<'h>(cx: &Cx<'h>, error: &io::Error) -> Raise<'h> {
    match cx.atom(posix_name(error)) {
        Ok(name) => Raise::error_atom(name),
        Err(raise) => raise,
    }
}

/// What the first argument names.
enum Named {
    Run(Target),
    Descriptors(i64, i64),
    /// A file, read and written as it is: the kind of ports that was there first.
    File(OsString),
}

/// `open_port({spawn, Command} | {spawn_executable, File} | {fd, In, Out} | File, Options) -> Port`
fn open_port<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let named = args[0].as_tuple().is_some() || args[0].as_atom().is_some() || args[0].is_list();
    if !named {
        return Err(Raise::badarg());
    }
    let bad_options = || -> Raise<'h> {
        match cx.atom("erl_erts_errors") {
            Ok(module) => Raise::badarg().with_info(module, cx.atom("badopt").ok()),
            Err(full) => full,
        }
    };
    let options = Options::read(cx, args[1]).ok_or_else(bad_options)?;
    let named = name(cx, args[0]).ok_or_else(Raise::badarg)?;
    if options.directory == Some(None) {
        return Err(Raise::badarg());
    }
    match named {
        Named::Run(target) => {
            // Arguments of a command are part of its text.
            let has_arguments = options.args.is_some() || options.arg0.is_some();
            if has_arguments && matches!(target, Target::Shell(_)) {
                return Err(Raise::badarg());
            }
            run(cx, args, options, target)
        }
        Named::Descriptors(input, output) => {
            if options.is_for_programs() {
                return Err(Raise::badarg());
            }
            let number = |n: i64| usize::try_from(n).ok().filter(|n| *n <= i32::MAX as usize);
            let Some((input, output)) = number(input).zip(number(output)) else {
                return Err(Raise::error_atom(cx.atom("einval")?));
            };
            descriptors(cx, &options, input, output)
        }
        Named::File(name) => {
            if options.is_for_programs() {
                return Err(Raise::badarg());
            }
            plain_file(cx, &options, &name)
        }
    }
}

fn name(cx: &Cx<'_>, term: Term<'_>) -> Option<Named> {
    let Some(tuple) = term.as_tuple() else {
        // No deep list here.
        let flat = !term.is_nil() && term.iter_list().all(|c| c.as_small().is_some());
        return os_text(cx, term).filter(|_| flat).map(Named::File);
    };
    let tag = cx.atoms().text(tuple.get(0)?.as_atom()?);
    let text = || {
        let text = tuple.get(1).filter(|text| !text.is_nil())?;
        os_text(cx, text)
    };
    match (tag, tuple.len()) {
        ("spawn", 2) => text().map(|text| Named::Run(Target::Shell(text))),
        ("spawn_executable", 2) => text().map(|text| Named::Run(Target::File(text))),
        ("fd", 3) => {
            let number = |at| tuple.get(at).and_then(Term::as_small);
            number(1)
                .zip(number(2))
                .map(|(input, output)| Named::Descriptors(input, output))
        }
        _ => None,
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
    let directory = options.directory.clone().flatten();
    let lost = directory
        .as_ref()
        .and_then(|at| unreachable(at.as_ref()).map(|error| (at, error)));
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
    // A program that cannot begin where it was told to ends with the number of the error, as one that `erl` starts, and its
    // complaint goes where this VM's own do.
    let stderr_to_stdout = options.stderr_to_stdout && lost.is_none();
    let (program, args, directory) = match lost {
        Some((at, error)) => complaint(at, error),
        None => (program, args, directory),
    };
    spawn::start(&Order {
        program,
        // The shell names itself in its complaints.
        arg0: options.arg0.clone().or(shell.then(|| "sh".into())),
        args,
        environment: environment.into_iter().collect(),
        directory,
        reads,
        writes,
        use_stdio: options.use_stdio,
        stderr_to_stdout,
        settings: options.settings(),
    })
}

/// Why no program can work in that directory.
fn unreachable(directory: &Path) -> Option<Errno> {
    rustix::fs::access(directory, rustix::fs::Access::EXEC_OK)
        .and_then(|()| rustix::fs::stat(directory))
        .map_or_else(Some, |stat| {
            let kind = rustix::fs::FileType::from_raw_mode(stat.st_mode);
            (kind != rustix::fs::FileType::Directory).then_some(Errno::NOTDIR)
        })
}

type Command = (OsString, Vec<OsString>, Option<OsString>);

fn complaint(at: &OsString, error: Errno) -> Command {
    let script = r#"echo "spawn: Could not cd to $1" >&2; exit "$2""#;
    let args = [
        "-c".into(),
        script.into(),
        "sh".into(),
        at.clone(),
        error.raw_os_error().to_string().into(),
    ];
    ("/bin/sh".into(), args.to_vec(), None)
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
    opened(
        cx,
        options,
        format!("{input}/{output}"),
        input_pipe,
        output_pipe,
    )
}

fn opened<'h>(
    cx: &Cx<'h>,
    options: &Options,
    name: String,
    input: Option<Pipe>,
    output: Option<Pipe>,
) -> Result<Term<'h>, Raise<'h>> {
    let program = Program::new(options.settings(), input, output);
    match spawn::open(cx.vm(), cx.process(), name, program) {
        Ok(cell) => Ok(Term::port(cell.id)),
        Err(fault) => Err(Raise::error(cx.atom_term(fault.0)?)),
    }
}

/// What is only written is emptied first. Whatever goes wrong is `einval`.
fn plain_file<'h>(cx: &Cx<'h>, options: &Options, name: &OsString) -> Result<Term<'h>, Raise<'h>> {
    let (reads, writes) = options.directions();
    let mut how = std::fs::OpenOptions::new();
    how.read(reads)
        .write(writes)
        .create(writes)
        .truncate(writes && !reads);
    let file = how.open(name).and_then(|file| {
        let file = OwnedFd::from(file);
        Ok((file.try_clone()?, file))
    });
    let Ok((input, output)) = file else {
        return Err(Raise::error_atom(cx.atom("einval")?));
    };
    let input = reads.then(|| Pipe::shared(input));
    let output = writes.then(|| Pipe::shared(output));
    opened(
        cx,
        options,
        name.to_string_lossy().into_owned(),
        input,
        output,
    )
}
