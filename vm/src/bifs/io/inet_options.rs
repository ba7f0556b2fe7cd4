//! `setopts` and `getopts` of sockets: the options the VM keeps, then those of the kernel.

use super::packet::framing_of;
use crate::atoms;
use crate::heap::{Heap, Term};
use crate::io::net::kernel::{self, Reading, Setting};
use crate::io::net::options::{Active, Options};
use crate::io::net::{Role, Socket};
use crate::io::packet::Framing;
use crate::io::ports::Head;
use crate::io::ports::port::{EINVAL, Fault};
use crate::native;
use crate::vm::Vm;
use std::os::fd::AsFd;

/// A buffer beyond this is refused; the kernel would refuse it too.
const MOST: usize = 1 << 30;

/// An option of the kernel has a few bytes; more than this is asked for by mistake.
const MOST_BYTES: usize = 1 << 16;

/// Applies a list of options in order, up to the first that fails. The port's head is there when it is open already.
pub fn set_all(
    vm: &Vm,
    socket: &mut Socket,
    head: Option<&Head>,
    list: Term<'_>,
) -> Result<(), Fault> {
    let mut items = list.iter_list();
    for item in items.by_ref() {
        set_one(vm, socket, head, item)?;
    }
    if items.tail().is_nil() {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

fn set_one(vm: &Vm, socket: &mut Socket, head: Option<&Head>, item: Term<'_>) -> Result<(), Fault> {
    if let Some(word) = item.as_atom() {
        return match vm.atoms().text(word) {
            "binary" => {
                socket.options.binary = true;
                Ok(())
            }
            "list" => {
                socket.options.binary = false;
                Ok(())
            }
            _ => Err(EINVAL),
        };
    }
    if let Some((level, name, value)) = by_number(vm, item) {
        let bytes = value.as_binary().ok_or(EINVAL)?;
        // What the kernel does not know changes nothing, as in OTP.
        let _ = native::sockets::set_option(socket.kernel.as_fd(), level, name, &bytes);
        return Ok(());
    }
    let pair = item.as_tuple().filter(|tuple| tuple.len() == 2);
    let (name, value) = pair
        .and_then(|pair| Some((pair.get(0)?.as_atom()?, pair.get(1)?)))
        .ok_or(EINVAL)?;
    let name = vm.atoms().text(name);
    if name == "active" {
        return set_active(vm, socket, head, value);
    }
    match set_own(vm, socket, name, value) {
        Some(true) => return Ok(()),
        Some(false) => return Err(EINVAL),
        None => {}
    }
    match kernel::set(vm, socket, name, value) {
        Setting::Done(outcome) => {
            outcome?;
            if name == "recbuf"
                && !socket.options.buffer_set
                && let Some(size) = value.as_usize()
            {
                // The user's buffer follows the kernel's, as in OTP.
                socket.options.buffer = socket.options.buffer.max(size);
            }
            Ok(())
        }
        Setting::Unknown | Setting::BadValue => Err(EINVAL),
    }
}

/// `{raw, Level, Name, Value}` or `{raw, {Level, Name, Value}}`; of the numbers 32 bits count.
fn by_number<'h>(vm: &Vm, item: Term<'h>) -> Option<(i32, i32, Term<'h>)> {
    let whole = item.as_tuple()?;
    let is_raw = |t: Term<'h>| t.as_atom().is_some_and(|a| vm.atoms().text(a) == "raw");
    if !whole.get(0).is_some_and(is_raw) {
        return None;
    }
    let (parts, from) = match whole.len() {
        4 => (whole, 1),
        2 => (whole.get(1)?.as_tuple().filter(|t| t.len() == 3)?, 0),
        _ => return None,
    };
    let number = |at: usize| parts.get(from + at)?.as_small().map(|n| n as i32);
    Some((number(0)?, number(1)?, parts.get(from + 2)?))
}

/// The bytes of an option by its number; a value says how many there may be, by itself or by its size. `None`: the kernel has no such option.
fn read_by_number<'h>(
    heap: &'h Heap,
    socket: &Socket,
    (level, name, value): (i32, i32, Term<'h>),
) -> Result<Option<Term<'h>>, Fault> {
    let size = match value.as_binary() {
        Some(bytes) => bytes.len(),
        None => value.as_usize().ok_or(EINVAL)?,
    };
    if size > MOST_BYTES {
        return Err(EINVAL);
    }
    let mut bytes = vec![0; size];
    let got = native::sockets::option(socket.kernel.as_fd(), level, name, &mut bytes);
    Ok(got.ok().map(|len| heap.binary(&bytes[..len])))
}

fn set_active(
    vm: &Vm,
    socket: &mut Socket,
    head: Option<&Head>,
    value: Term<'_>,
) -> Result<(), Fault> {
    let (active, over) = match value.as_small() {
        Some(more) => socket.options.active.more(more).ok_or(EINVAL)?,
        None if value.is_atom(atoms::TRUE) => (Active::On, false),
        None if value.is_atom(atoms::FALSE) => (Active::Off, false),
        None if value.is_atom(atoms::ONCE) => (Active::Once, false),
        None => return Err(EINVAL),
    };
    socket.options.active = active;
    if let Some(head) = head.filter(|_| over) {
        socket.tell_passive(vm, head);
    }
    Ok(())
}

fn as_bool(term: Term<'_>) -> Option<bool> {
    match term.as_atom()? {
        atoms::TRUE => Some(true),
        atoms::FALSE => Some(false),
        _ => None,
    }
}

fn put<T>(place: &mut T, value: Option<T>) -> Option<bool> {
    let good = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    Some(good)
}

/// `None`: not one of ours. `Some(false)`: a bad value.
fn set_own(vm: &Vm, socket: &mut Socket, name: &str, value: Term<'_>) -> Option<bool> {
    let options = &mut socket.options;
    let size = || value.as_usize().filter(|size| *size <= MOST);
    match name {
        "mode" => put(
            &mut options.binary,
            value
                .as_atom()
                .and_then(|mode| match vm.atoms().text(mode) {
                    "binary" => Some(true),
                    "list" => Some(false),
                    _ => None,
                }),
        ),
        "packet" => {
            let good = put(&mut options.framing, framing_of(vm, value));
            if let Role::Stream(stream) = &mut socket.role {
                stream.reframe();
            }
            good
        }
        "packet_size" => put(&mut options.limits.packet_size, size()),
        "line_delimiter" => put(
            &mut options.limits.delimiter,
            value.as_small().and_then(|byte| u8::try_from(byte).ok()),
        ),
        "header" => put(&mut options.header, size()),
        "buffer" => {
            options.buffer_set = true;
            put(&mut options.buffer, size().filter(|size| *size > 0))
        }
        "exit_on_close" => put(&mut options.exit_on_close, as_bool(value)),
        "high_watermark" => put(&mut options.high_watermark, size()),
        "low_watermark" => put(&mut options.low_watermark, size()),
        "high_msgq_watermark" => put(
            &mut options.high_msgq_watermark,
            size().filter(|size| *size > 0),
        ),
        "low_msgq_watermark" => put(
            &mut options.low_msgq_watermark,
            size().filter(|size| *size > 0),
        ),
        "send_timeout" => {
            let time = if value.is_atom(atoms::INFINITY) {
                Some(None)
            } else {
                value.as_usize().map(|ms| Some(ms as u64))
            };
            put(&mut options.send_timeout_ms, time)
        }
        "send_timeout_close" => put(&mut options.send_timeout_close, as_bool(value)),
        "show_econnreset" => put(&mut options.show_econnreset, as_bool(value)),
        "delay_send" => put(&mut options.delay_send, as_bool(value)),
        "read_packets" => put(&mut options.read_packets, size().filter(|size| *size > 0)),
        "deliver" => put(
            &mut options.deliver_port,
            value.as_atom().and_then(|how| match vm.atoms().text(how) {
                "term" => Some(false),
                "port" => Some(true),
                _ => None,
            }),
        ),
        _ => None,
    }
}

/// The values of a list of names; those the socket cannot have are left out.
pub fn get_all<'h>(
    vm: &Vm,
    heap: &'h Heap,
    socket: &Socket,
    list: Term<'h>,
) -> Result<Term<'h>, Fault> {
    let mut found = Vec::new();
    let mut items = list.iter_list();
    for item in items.by_ref() {
        if let Some(numbers) = by_number(vm, item) {
            if let Some(bytes) = read_by_number(heap, socket, numbers)? {
                let raw = vm.atoms().intern("raw").map_or(Term::NIL, Term::atom);
                let (level, name) = (i64::from(numbers.0), i64::from(numbers.1));
                found.push(heap.tuple(&[raw, heap.int(level), heap.int(name), bytes]));
            }
            continue;
        }
        let name = item.as_atom().ok_or(EINVAL)?;
        let text = vm.atoms().text(name);
        let value = match get_own(vm, heap, socket, text) {
            Some(value) => value,
            None => match kernel::get(heap, socket, text) {
                Reading::Value(value) => value,
                Reading::Absent => continue,
                Reading::Unknown => return Err(EINVAL),
            },
        };
        found.push(heap.tuple(&[item, value]));
    }
    if items.tail().is_nil() {
        Ok(heap.list(&found))
    } else {
        Err(EINVAL)
    }
}

fn get_own<'h>(vm: &Vm, heap: &'h Heap, socket: &Socket, name: &str) -> Option<Term<'h>> {
    let word = |text: &str| vm.atoms().intern(text).map_or(Term::NIL, Term::atom);
    let Options {
        active,
        binary,
        framing,
        limits,
        header,
        buffer,
        buffer_set: _,
        exit_on_close,
        high_watermark,
        low_watermark,
        high_msgq_watermark,
        low_msgq_watermark,
        send_timeout_ms,
        send_timeout_close,
        show_econnreset,
        delay_send,
        deliver_port,
        read_packets,
    } = &socket.options;
    let int = |value: usize| heap.int(value as i64);
    Some(match name {
        "active" => active_term(vm, heap, *active),
        "mode" => word(if *binary { "binary" } else { "list" }),
        "packet" => framing_term(vm, heap, *framing),
        "packet_size" => int(limits.packet_size),
        "header" => int(*header),
        "buffer" => int(*buffer),
        "exit_on_close" => Term::bool(*exit_on_close),
        "high_watermark" => int(*high_watermark),
        "low_watermark" => int(*low_watermark),
        "high_msgq_watermark" => int(*high_msgq_watermark),
        "low_msgq_watermark" => int(*low_msgq_watermark),
        "send_timeout" => send_timeout_ms.map_or(word("infinity"), |ms| heap.uint(ms)),
        "send_timeout_close" => Term::bool(*send_timeout_close),
        "show_econnreset" => Term::bool(*show_econnreset),
        "delay_send" => Term::bool(*delay_send),
        "deliver" => word(if *deliver_port { "port" } else { "term" }),
        "read_packets" => int(*read_packets),
        "line_delimiter" => heap.int(i64::from(limits.delimiter)),
        _ => return None,
    })
}

/// `true`, `false`, `once` or a count.
pub fn active_term<'h>(vm: &Vm, heap: &'h Heap, active: Active) -> Term<'h> {
    match active {
        Active::On => Term::TRUE,
        Active::Off => Term::FALSE,
        Active::Once => vm.atoms().intern("once").map_or(Term::NIL, Term::atom),
        Active::Count(left) => heap.int(i64::from(left)),
    }
}

fn framing_term<'h>(vm: &Vm, heap: &'h Heap, framing: Framing) -> Term<'h> {
    let name = match framing {
        Framing::Raw => return heap.int(0),
        Framing::Length(size) => return heap.int(i64::from(size)),
        Framing::Asn1 => "asn1",
        Framing::Cdr => "cdr",
        Framing::SunRm => "sunrm",
        Framing::Fcgi => "fcgi",
        Framing::Tpkt => "tpkt",
        Framing::Tls => "ssl_tls",
        Framing::Line => "line",
        Framing::Http { binary, headers } => match (binary, headers) {
            (false, false) => "http",
            (true, false) => "http_bin",
            (false, true) => "httph",
            (true, true) => "httph_bin",
        },
    };
    vm.atoms().intern(name).map_or(Term::NIL, Term::atom)
}
