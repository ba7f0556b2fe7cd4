//! Options of sockets that the kernel keeps, by their names in Erlang.

use super::{Family, Socket, address};
use crate::heap::{Heap, Term};
use crate::vm::Vm;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

/// What became of an option.
pub enum Setting {
    Done(io::Result<()>),
    /// Not one of the kernel's.
    Unknown,
    /// The value is of another type.
    BadValue,
}

fn flag(term: Term<'_>, set: impl FnOnce(bool) -> io::Result<()>) -> Setting {
    if term.is_atom(crate::atoms::TRUE) {
        Setting::Done(set(true))
    } else if term.is_atom(crate::atoms::FALSE) {
        Setting::Done(set(false))
    } else {
        Setting::BadValue
    }
}

fn number(term: Term<'_>, set: impl FnOnce(u32) -> io::Result<()>) -> Setting {
    match term.as_small().and_then(|value| u32::try_from(value).ok()) {
        Some(value) => Setting::Done(set(value)),
        None => Setting::BadValue,
    }
}

/// Nothing to set for this kind of socket: OTP accepts and ignores it.
fn ignored(term: Term<'_>) -> Setting {
    number_or_flag(term)
}

fn number_or_flag(term: Term<'_>) -> Setting {
    if term.as_small().is_some() || term.as_atom().is_some() {
        Setting::Done(Ok(()))
    } else {
        Setting::BadValue
    }
}

/// Sets one.
pub fn set(vm: &Vm, socket: &Socket, name: &str, value: Term<'_>) -> Setting {
    let kernel = &socket.kernel;
    let tcp = !matches!(socket.role, super::Role::Datagram(_)) && socket.family != Family::Local;
    match name {
        "reuseaddr" => flag(value, |on| kernel.set_reuse_address(on)),
        "reuseport" | "reuseport_lb" => flag(value, |on| kernel.set_reuse_port(on)),
        "keepalive" => flag(value, |on| kernel.set_keepalive(on)),
        "broadcast" => flag(value, |on| kernel.set_broadcast(on)),
        "nodelay" if tcp => flag(value, |on| kernel.set_tcp_nodelay(on)),
        "nopush" if tcp => flag(value, |on| set_cork(kernel, on)),
        "nodelay" | "nopush" => ignored(value),
        "recbuf" => number(value, |size| kernel.set_recv_buffer_size(size as usize)),
        "sndbuf" => number(value, |size| kernel.set_send_buffer_size(size as usize)),
        "priority" => number(value, |value| set_priority(kernel, value)),
        "tos" if socket.family == Family::Inet => number(value, |tos| kernel.set_tos_v4(tos)),
        "ttl" if socket.family == Family::Inet => number(value, |ttl| kernel.set_ttl_v4(ttl)),
        "ttl" if socket.family == Family::Inet6 => {
            number(value, |ttl| kernel.set_unicast_hops_v6(ttl))
        }
        "tclass" if socket.family == Family::Inet6 => {
            number(value, |class| set_tclass(kernel, class))
        }
        "ipv6_v6only" if socket.family == Family::Inet6 => flag(value, |on| kernel.set_only_v6(on)),
        "ipv6_v6only" | "tos" | "tclass" | "ttl" => ignored(value),
        "linger" => linger(value).map_or(Setting::BadValue, |time| {
            Setting::Done(kernel.set_linger(time))
        }),
        "bind_to_device" => match value.as_binary() {
            Some(device) => Setting::Done(bind_device(kernel, &device)),
            None => Setting::BadValue,
        },
        "multicast_ttl" => number(value, |ttl| kernel.set_multicast_ttl_v4(ttl)),
        "multicast_loop" => flag(value, |on| kernel.set_multicast_loop_v4(on)),
        "multicast_if" => match address::ip_of(value) {
            Some(IpAddr::V4(ip)) => Setting::Done(kernel.set_multicast_if_v4(&ip)),
            Some(IpAddr::V6(_)) | None => Setting::BadValue,
        },
        "add_membership" => membership(vm, value, |group, local| {
            kernel.join_multicast_v4(&group, &local)
        }),
        "drop_membership" => membership(vm, value, |group, local| {
            kernel.leave_multicast_v4(&group, &local)
        }),
        _ => Setting::Unknown,
    }
}

#[cfg(target_os = "linux")]
fn set_cork(kernel: &socket2::Socket, on: bool) -> io::Result<()> {
    kernel.set_tcp_cork(on)
}

#[cfg(not(target_os = "linux"))]
fn set_cork(_: &socket2::Socket, _: bool) -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn bind_device(kernel: &socket2::Socket, device: &[u8]) -> io::Result<()> {
    kernel.bind_device((!device.is_empty()).then_some(device))
}

#[cfg(not(target_os = "linux"))]
fn bind_device(_: &socket2::Socket, _: &[u8]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn set_priority(kernel: &socket2::Socket, value: u32) -> io::Result<()> {
    kernel.set_priority(value)
}

#[cfg(not(target_os = "linux"))]
fn set_priority(_: &socket2::Socket, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn set_tclass(kernel: &socket2::Socket, class: u32) -> io::Result<()> {
    kernel.set_tclass_v6(class)
}

#[cfg(not(target_os = "linux"))]
fn set_tclass(_: &socket2::Socket, _: u32) -> io::Result<()> {
    Ok(())
}

/// `{Boolean, Seconds}`
fn linger(value: Term<'_>) -> Option<Option<Duration>> {
    let pair = value.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let seconds = u64::try_from(pair.get(1)?.as_small()?).ok()?;
    if pair.get(0)?.is_atom(crate::atoms::TRUE) {
        Some(Some(Duration::from_secs(seconds)))
    } else if pair.get(0)?.is_atom(crate::atoms::FALSE) {
        Some(None)
    } else {
        None
    }
}

/// `{Group, Interface}`
fn membership(
    vm: &Vm,
    value: Term<'_>,
    set: impl FnOnce(Ipv4Addr, Ipv4Addr) -> io::Result<()>,
) -> Setting {
    let ip = |term: Option<Term<'_>>| match address::host_of(vm, term?, Family::Inet) {
        Some(address::Host::Ip(IpAddr::V4(ip))) => Some(ip),
        Some(_) | None => None,
    };
    let Some(pair) = value.as_tuple().filter(|tuple| tuple.len() == 2) else {
        return Setting::BadValue;
    };
    match (ip(pair.get(0)), ip(pair.get(1))) {
        (Some(group), Some(local)) => Setting::Done(set(group, local)),
        (None, _) | (_, None) => Setting::BadValue,
    }
}

/// What reading one gave.
pub enum Reading<'h> {
    Value(Term<'h>),
    /// This kind of socket has it not: the answer leaves it out.
    Absent,
    Unknown,
}

/// Reads one.
pub fn get<'h>(heap: &'h Heap, socket: &Socket, name: &str) -> Reading<'h> {
    let kernel = &socket.kernel;
    let tcp = !matches!(socket.role, super::Role::Datagram(_)) && socket.family != Family::Local;
    let v4 = socket.family == Family::Inet;
    let v6 = socket.family == Family::Inet6;
    let flag = |got: io::Result<bool>| got.map(Term::bool);
    let int = |got: io::Result<u32>| got.map(|value| heap.int(i64::from(value)));
    let size = |got: io::Result<usize>| got.map(|value| heap.int(value as i64));
    let got = match name {
        "reuseaddr" => flag(kernel.reuse_address()),
        "reuseport" | "reuseport_lb" => flag(kernel.reuse_port()),
        "keepalive" => flag(kernel.keepalive()),
        "broadcast" => flag(kernel.broadcast()),
        "nodelay" if tcp => flag(kernel.tcp_nodelay()),
        "nopush" if tcp => flag(cork(kernel)),
        "recbuf" => size(kernel.recv_buffer_size()),
        "sndbuf" => size(kernel.send_buffer_size()),
        "priority" => int(priority(kernel)),
        "tos" if v4 => int(kernel.tos_v4()),
        "ttl" if v4 => int(kernel.ttl_v4()),
        "ttl" if v6 => int(kernel.unicast_hops_v6()),
        "tclass" if v6 => int(tclass(kernel)),
        "ipv6_v6only" if v6 => flag(kernel.only_v6()),
        "linger" => kernel.linger().map(|time| {
            let seconds = time.map_or(0, |time| time.as_secs());
            heap.tuple(&[Term::bool(time.is_some()), heap.uint(seconds)])
        }),
        "bind_to_device" => device(kernel).map(|name| heap.binary(&name)),
        "multicast_ttl" if v4 => int(kernel.multicast_ttl_v4()),
        "multicast_loop" if v4 => flag(kernel.multicast_loop_v4()),
        "multicast_if" if v4 => kernel
            .multicast_if_v4()
            .map(|ip| address::ip_term(heap, ip.into())),
        "nodelay" | "nopush" | "tos" | "ttl" | "tclass" | "ipv6_v6only" | "multicast_ttl"
        | "multicast_loop" | "multicast_if" => return Reading::Absent,
        _ => return Reading::Unknown,
    };
    got.map_or(Reading::Absent, Reading::Value)
}

#[cfg(target_os = "linux")]
fn cork(kernel: &socket2::Socket) -> io::Result<bool> {
    kernel.tcp_cork()
}

#[cfg(not(target_os = "linux"))]
fn cork(_: &socket2::Socket) -> io::Result<bool> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn priority(kernel: &socket2::Socket) -> io::Result<u32> {
    kernel.priority()
}

#[cfg(not(target_os = "linux"))]
fn priority(_: &socket2::Socket) -> io::Result<u32> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn tclass(kernel: &socket2::Socket) -> io::Result<u32> {
    kernel.tclass_v6()
}

#[cfg(not(target_os = "linux"))]
fn tclass(_: &socket2::Socket) -> io::Result<u32> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn device(kernel: &socket2::Socket) -> io::Result<Vec<u8>> {
    Ok(kernel.device()?.unwrap_or_default())
}

#[cfg(not(target_os = "linux"))]
fn device(_: &socket2::Socket) -> io::Result<Vec<u8>> {
    Err(io::ErrorKind::Unsupported.into())
}
