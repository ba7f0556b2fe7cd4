//! Ports as programs see them: closing, commands, owners, data. Opening: [`super::port_open`]; questions: [`super::port_info`].

use super::blocking::blocking;
use super::transfer::bytes_of;
use super::waiting::{Stage, stage};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, OwnedTerm, Port, Term};
use crate::io::net::Role;
use crate::io::ports::port::{Device, State};
use crate::io::ports::{PortCell, Request, ties};
use crate::process::links::Peer;
use std::sync::Arc;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "port_close", 1, port_close),
    BifRow::new("erlang", "port_command", 2, port_command),
    BifRow::new("erlang", "port_command", 3, port_command_3),
    BifRow::new("erlang", "port_connect", 2, port_connect),
    BifRow::new("erlang", "port_control", 3, port_control),
    BifRow::new("erlang", "port_call", 2, port_call),
    BifRow::new("erlang", "port_call", 3, port_control),
    BifRow::new("erlang", "port_set_data", 2, port_set_data),
    BifRow::new("erlang", "port_get_data", 1, port_get_data),
];

/// Operations of a trace port.
const FLUSH: i64 = b'f' as i64;
const LISTEN_PORT: i64 = b'p' as i64;

type Answer<'h> = Result<Term<'h>, Raise<'h>>;

/// The port of an identifier or a registered name.
pub fn named_port<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Port, Raise<'h>> {
    match term.kind() {
        Kind::Port(port) => Ok(port),
        Kind::Atom(name) => match cx.vm().registry.whereis(name) {
            Some(Peer::Port(port)) => Ok(port),
            Some(Peer::Process(_)) | None => Err(Raise::badarg()),
        },
        _ => Err(Raise::badarg()),
    }
}

/// The open port that a term names by itself or by a registered name; `badarg` if there is none.
pub fn open_cell<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Arc<PortCell>, Raise<'h>> {
    let port = named_port(cx, term)?;
    let vm = cx.vm();
    vm.io.poller.touch(vm);
    vm.io.ports.find(port).ok_or_else(Raise::badarg)
}

/// `port_close(Port) -> true`
fn port_close<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let cell = open_cell(cx, args[0])?;
    let vm = cx.vm();
    let state = cell.state.lock();
    let asked = crate::io::ports::PortEvent::AskedToClose(cx.process().pid);
    vm.io.ports.tell(vm, cell.id, asked);
    vm.close_port(state, &OwnedTerm::atom(atoms::NORMAL));
    // The link's exit signal to oneself is handled before the next instruction.
    Err(Raise::signals(Term::TRUE))
}

fn port_command<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    command(cx, args, Busy::Wait)
}

/// What to do with a port whose queue is full.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Busy {
    Wait,
    /// `nosuspend`: answer `false`.
    Refuse,
    /// `force`: queue all the same.
    Force,
}

fn port_command_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let (mut force, mut nosuspend) = (false, false);
    let mut options = args[2].iter_list();
    for option in options.by_ref() {
        match option.as_atom() {
            Some(atoms::NOSUSPEND) => nosuspend = true,
            Some(name) if cx.atoms().text(name) == "force" => force = true,
            Some(_) | None => return Err(Raise::badarg()),
        }
    }
    if !options.tail().is_nil() {
        return Err(Raise::badarg());
    }
    let busy = match (force, nosuspend) {
        (true, _) => Busy::Force,
        (false, true) => Busy::Refuse,
        (false, false) => Busy::Wait,
    };
    command(cx, args, busy)
}

/// Whether the queue behind the port is full.
fn is_busy(device: &Device) -> bool {
    match device {
        Device::Socket(socket) => matches!(&socket.role, Role::Stream(stream) if stream.busy),
        Device::Program(program) => program.is_busy(),
        Device::Trace(_) | Device::Gone => false,
    }
}

fn wait_room(device: &mut Device, request: Request) {
    match device {
        Device::Socket(socket) => {
            if let Role::Stream(stream) = &mut socket.role {
                stream.wait_room(request);
            }
        }
        Device::Program(program) => program.wait_room(request),
        Device::Trace(_) | Device::Gone => {}
    }
}

fn command<'h>(cx: &Cx<'h>, args: &[Term<'h>], busy: Busy) -> Answer<'h> {
    if let Stage::Answered(Err(_)) = stage::<()>(cx, args)? {
        // It closed while we waited.
        return Ok(Term::TRUE);
    }
    let cell = open_cell(cx, args[0])?;
    let bytes = bytes_of(args[1]).ok_or_else(Raise::badarg)?;
    cx.bump(bytes.len() as i64 / 512 + 10);
    let vm = cx.vm();
    let mut state = cell.state.lock();
    if busy != Busy::Force && is_busy(&state.device) {
        if busy == Busy::Refuse {
            return Ok(Term::FALSE);
        }
        let request = Request::new(vm, cx.process(), cell.id, None);
        wait_room(&mut state.device, request);
        vm.tracing.system.busy_port(vm, cx.process().pid, cell.id);
        return Err(Raise::wait(args));
    }
    let State { head, device } = &mut *state;
    let from = cx.process().pid;
    vm.io.ports.tell(
        vm,
        cell.id,
        crate::io::ports::PortEvent::Received(from, &bytes),
    );
    match device {
        Device::Socket(socket) => {
            let outcome = socket.push(vm, head, &bytes);
            socket.reply_to_command(vm, head, from, outcome);
        }
        Device::Program(program) => {
            if busy == Busy::Force {
                return Err(Raise::notsup());
            }
            let after = program.push(vm, head, bytes.into_owned());
            vm.settle_here(state, after);
        }
        // Records come from trace points only.
        Device::Trace(_) => {}
        Device::Gone => return Err(Raise::badarg()),
    }
    Ok(Term::TRUE)
}

/// `port_connect(Port, Pid) -> true`
fn port_connect<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let port = named_port(cx, args[0])?;
    let pid = args[1].as_pid().ok_or_else(Raise::badarg)?;
    if ties::connect(cx.vm(), cx.process().pid, port, pid) {
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

/// Of all ports only trace ports have control functions: `$f` flushes, `$p` answers `<<0, Port:16>>`. For others `badarg`, as OTP does for such drivers.
fn port_control<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let cell = open_cell(cx, args[0])?;
    let writer = match &cell.state.lock().device {
        Device::Trace(writer) => Arc::clone(writer),
        Device::Socket(_) | Device::Program(_) | Device::Gone => return Err(Raise::badarg()),
    };
    let heap = cx.heap();
    match (args[1].as_small(), writer.listens_at) {
        (Some(FLUSH), _) => {
            blocking(cx, args, move || writer.flush())?;
            Ok(heap.list(&[heap.int(0)]))
        }
        (Some(LISTEN_PORT), Some(port)) => {
            let [high, low] = port.to_be_bytes();
            Ok(heap.binary(&[0, high, low]))
        }
        _ => Err(Raise::badarg()),
    }
}

/// `port_call(Port, Data)` is `port_call(Port, 0, Data)`.
fn port_call<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    port_control(cx, &[args[0], cx.heap().int(0), args[1]])
}

fn port_set_data<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let cell = open_cell(cx, args[0])?;
    cell.state.lock().head.data = Some(OwnedTerm::new(args[1]));
    Ok(Term::TRUE)
}

fn port_get_data<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let cell = open_cell(cx, args[0])?;
    let state = cell.state.lock();
    match &state.head.data {
        Some(data) => Ok(data.copy_to(cx.heap())),
        None => Ok(Term::atom(atoms::UNDEFINED)),
    }
}
