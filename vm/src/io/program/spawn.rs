//! Starting external programs.

use super::pipes::Pipe;
use super::{Program, Settings};
use crate::atoms;
use crate::heap::OwnedTerm;
use crate::io::poller::Part;
use crate::io::ports::PortCell;
use crate::io::ports::port::{Device, Fault};
use crate::process::ProcessBody;
use crate::vm::Vm;
use command_fds::{CommandFdExt, FdMapping};
use mio::Interest;
use rustix::process::{Pid as OsPid, PidfdFlags, pidfd_open};
use std::ffi::OsString;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// What to run.
#[derive(Clone, Debug)]
pub struct Order {
    pub program: OsString,
    pub arg0: Option<OsString>,
    pub args: Vec<OsString>,
    pub environment: Vec<(OsString, OsString)>,
    pub directory: Option<OsString>,
    /// The program's output is read, its input is written.
    pub reads: bool,
    pub writes: bool,
    /// Descriptors 0 and 1, else 3 and 4.
    pub use_stdio: bool,
    pub stderr_to_stdout: bool,
    pub settings: Settings,
}

/// A program that has started.
pub struct Started {
    program: Program,
}

/// Starts it. This blocks until the program's image is loaded: not for a scheduler.
pub fn start(order: &Order) -> io::Result<Started> {
    let mut command = Command::new(&order.program);
    command
        .args(&order.args)
        .env_clear()
        .envs(order.environment.iter().cloned());
    if let Some(arg0) = &order.arg0 {
        command.arg0(arg0);
    }
    if let Some(directory) = &order.directory {
        command.current_dir(directory);
    }
    let (mut input, mut output) = (None, None);
    let mut mappings = Vec::new();
    if order.reads {
        let (ours, theirs) = io::pipe()?;
        input = Some(Pipe::own(ours.into())?);
        if order.stderr_to_stdout {
            command.stderr(Stdio::from(OwnedFd::from(theirs.try_clone()?)));
        }
        if order.use_stdio {
            command.stdout(Stdio::from(OwnedFd::from(theirs)));
        } else {
            mappings.push(FdMapping {
                parent_fd: theirs.into(),
                child_fd: 4,
            });
        }
    }
    if order.writes {
        let (theirs, ours) = io::pipe()?;
        output = Some(Pipe::own(ours.into())?);
        if order.use_stdio {
            command.stdin(Stdio::from(OwnedFd::from(theirs)));
        } else {
            mappings.push(FdMapping {
                parent_fd: theirs.into(),
                child_fd: 3,
            });
        }
    }
    if !mappings.is_empty() {
        command
            .fd_mappings(mappings)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    }
    let child = command.spawn()?;
    let pid = i32::try_from(child.id()).ok().and_then(OsPid::from_raw);
    let mut program = Program::new(order.settings, input, output);
    program.os_pid = i32::try_from(child.id()).ok();
    program.child = pid;
    program.end = pid.and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    Ok(Started { program })
}

impl Started {
    /// Opens a port of the running process for it.
    pub fn open(self, vm: &Vm, body: &ProcessBody, name: String) -> Result<Arc<PortCell>, Fault> {
        open(vm, body, name, self.program)
    }
}

/// Opens a port and has its descriptors watched.
pub fn open(
    vm: &Vm,
    body: &ProcessBody,
    name: String,
    program: Program,
) -> Result<Arc<PortCell>, Fault> {
    let cell = vm
        .open_port(body, name, |_| Device::Program(Box::new(program)))
        .ok_or(Fault("system_limit"))?;
    let watched = watch(vm, &cell);
    match watched {
        Ok(()) => Ok(cell),
        Err(error) => {
            vm.close_port(cell.state.lock(), &OwnedTerm::atom(atoms::NORMAL));
            Err(error.into())
        }
    }
}

fn watch(vm: &Vm, cell: &Arc<PortCell>) -> io::Result<()> {
    let mut state = cell.state.lock();
    let Device::Program(program) = &mut state.device else {
        unreachable!("invariant: made just above");
    };
    let mut always_ready = false;
    if let Some(input) = program.input() {
        always_ready = !watched(vm, cell, input, Part::Main, Interest::READABLE)?;
    }
    if let Some(output) = program.output() {
        watched(vm, cell, output, Part::Output, Interest::WRITABLE)?;
    }
    match (&program.end, program.child) {
        (Some(end), _) => {
            vm.io
                .poller
                .watch(vm, end.as_fd(), cell.id, Part::Exit, Interest::READABLE)?;
        }
        (None, Some(pid)) => wait_elsewhere(vm, cell, pid)?,
        (None, None) => {}
    }
    if always_ready {
        program.always_ready();
        vm.io.poller.start(vm)?;
        vm.io.poller.kick(cell.id);
    }
    Ok(())
}

/// Has the kernel something to watch? Regular files and devices like `/dev/null` are always ready.
fn watched(
    vm: &Vm,
    cell: &Arc<PortCell>,
    pipe: &Pipe,
    part: Part,
    interest: Interest,
) -> io::Result<bool> {
    if pipe.is_file() {
        return Ok(false);
    }
    let watched = vm
        .io
        .poller
        .watch(vm, pipe.descriptor(), cell.id, part, interest);
    match watched {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
        other => other.map(|()| true),
    }
}

/// Where the kernel has no descriptors for processes, a thread waits for this one.
fn wait_elsewhere(vm: &Vm, cell: &Arc<PortCell>, pid: OsPid) -> io::Result<()> {
    let (weak, cell) = (vm.weak(), cell.clone());
    std::thread::Builder::new()
        .name("transom-wait".into())
        .spawn(move || {
            let waited = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty());
            let status = match waited {
                Ok(Some((_, status))) => status
                    .exit_status()
                    .or_else(|| status.terminating_signal().map(|signal| 128 + signal)),
                Ok(None) | Err(_) => None,
            };
            if let Device::Program(program) = &mut cell.state.lock().device {
                program.ended_with(status.unwrap_or(255));
            }
            if let Some(vm) = weak.upgrade() {
                vm.port_ready(
                    cell.id,
                    Part::Exit,
                    crate::io::poller::Readiness {
                        readable: true,
                        writable: false,
                        read_closed: false,
                    },
                );
            }
        })
        .map(drop)
}
