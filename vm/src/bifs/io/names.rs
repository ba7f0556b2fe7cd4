//! `prim_inet`: names of hosts and services, interfaces. What asks the system's resolver runs on a dirty thread.

use super::blocking::blocking;
use super::waiting::{fault_term, ok};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::net::address::{ip_of, ip_term};
use crate::io::ports::port::{EINVAL, Fault};
use crate::io::text::text_of;
use nix::net::if_::InterfaceFlags;
use std::collections::BTreeMap;
use std::net::{IpAddr, ToSocketAddrs};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_inet", "getaddrs", 2, getaddrs),
    BifRow::new("prim_inet", "gethostbyaddr", 1, gethostbyaddr),
    BifRow::new("prim_inet", "gethostname", 0, gethostname),
    BifRow::new("prim_inet", "getifaddrs", 0, getifaddrs),
    BifRow::new("prim_inet", "parse_address", 1, parse_address),
    BifRow::new("prim_inet", "ntoa", 1, ntoa),
];

type Answer<'h> = Result<Term<'h>, Raise<'h>>;

const NXDOMAIN: Fault = Fault("nxdomain");

/// `getaddrs(Name, inet | inet6) -> {ok, [Address]} | {error, nxdomain}`
fn getaddrs<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let name = text_of(args[0])
        .filter(|name| !name.contains('\0'))
        .ok_or_else(Raise::badarg)?;
    let family = args[1].as_atom().ok_or_else(Raise::badarg)?;
    let v6 = cx.atoms().text(family) == "inet6";
    let found: Vec<IpAddr> = blocking(cx, args, move || {
        let mut all: Vec<IpAddr> = Vec::new();
        for address in (name.as_str(), 0).to_socket_addrs().into_iter().flatten() {
            let ip = address.ip();
            if ip.is_ipv6() == v6 && !all.contains(&ip) {
                all.push(ip);
            }
        }
        all
    })?;
    if found.is_empty() {
        return fault_term(cx, NXDOMAIN);
    }
    let heap = cx.heap();
    let list = heap.list_from(found.into_iter().map(|ip| ip_term(heap, ip)));
    Ok(ok(cx, list))
}

/// `gethostbyaddr(Address) -> {ok, Name} | {error, nxdomain}`
fn gethostbyaddr<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let Some(ip) = ip_of(args[0]) else {
        return fault_term(cx, EINVAL);
    };
    let found: Option<String> = blocking(cx, args, move || {
        // Without a name the resolver answers the address in digits.
        dns_lookup::lookup_addr(&ip)
            .ok()
            .filter(|name| name.parse::<IpAddr>().is_err())
    })?;
    match found {
        Some(name) => Ok(ok(cx, cx.heap().string(&name))),
        None => fault_term(cx, NXDOMAIN),
    }
}

fn gethostname<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let system = rustix::system::uname();
    let name = system.nodename().to_string_lossy();
    Ok(ok(cx, cx.heap().string(&name)))
}

/// One interface: its flags and its addresses.
#[derive(Default)]
struct Interface {
    flags: Vec<&'static str>,
    /// Address, mask, broadcast address or the other end.
    addresses: Vec<(IpAddr, Option<IpAddr>, Option<IpAddr>, Option<IpAddr>)>,
    hardware: Option<[u8; 6]>,
}

fn ip(address: Option<&nix::sys::socket::SockaddrStorage>) -> Option<IpAddr> {
    let address = address?;
    address
        .as_sockaddr_in()
        .map(|v4| IpAddr::V4(v4.ip()))
        .or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
}

fn interfaces() -> Result<BTreeMap<String, Interface>, Fault> {
    let mut all: BTreeMap<String, Interface> = BTreeMap::new();
    let listed = nix::ifaddrs::getifaddrs()
        .map_err(|errno| Fault::from(std::io::Error::from_raw_os_error(errno as i32)))?;
    for found in listed {
        let interface = all.entry(found.interface_name.clone()).or_default();
        interface.flags = flags(found.flags);
        if let Some(address) = ip(found.address.as_ref()) {
            let other = found
                .flags
                .contains(InterfaceFlags::IFF_POINTOPOINT)
                .then(|| ip(found.destination.as_ref()))
                .flatten();
            let broadcast = found
                .flags
                .contains(InterfaceFlags::IFF_BROADCAST)
                .then(|| ip(found.broadcast.as_ref()))
                .flatten();
            let mask = ip(found.netmask.as_ref());
            interface.addresses.push((address, mask, broadcast, other));
        }
        interface.hardware = hardware(found.address.as_ref()).or(interface.hardware);
    }
    Ok(all)
}

#[cfg(target_os = "linux")]
fn hardware(address: Option<&nix::sys::socket::SockaddrStorage>) -> Option<[u8; 6]> {
    address?.as_link_addr()?.addr()
}

#[cfg(not(target_os = "linux"))]
fn hardware(_: Option<&nix::sys::socket::SockaddrStorage>) -> Option<[u8; 6]> {
    None
}

fn flags(bits: InterfaceFlags) -> Vec<&'static str> {
    [
        (InterfaceFlags::IFF_UP, "up"),
        (InterfaceFlags::IFF_BROADCAST, "broadcast"),
        (InterfaceFlags::IFF_LOOPBACK, "loopback"),
        (InterfaceFlags::IFF_POINTOPOINT, "pointtopoint"),
        (InterfaceFlags::IFF_RUNNING, "running"),
        (InterfaceFlags::IFF_MULTICAST, "multicast"),
    ]
    .into_iter()
    .filter(|(flag, _)| bits.contains(*flag))
    .map(|(_, name)| name)
    .collect()
}

/// `getifaddrs() -> {ok, [{Name, [{flags, [..]}, {addr, A}, {netmask, M}, {broadaddr | dstaddr, B} ..., {hwaddr, H}]}]}`
fn getifaddrs<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    let all = match interfaces() {
        Ok(all) => all,
        Err(fault) => return fault_term(cx, fault),
    };
    let heap = cx.heap();
    let mut list = Vec::new();
    for (name, interface) in &all {
        let mut items = Vec::new();
        let mut put = |key: &str, value: Term<'h>| -> Result<(), Raise<'h>> {
            items.push(heap.tuple(&[cx.atom_term(key)?, value]));
            Ok(())
        };
        let flags: Vec<Term<'h>> = interface
            .flags
            .iter()
            .map(|flag| cx.atom_term(flag))
            .collect::<Result<_, _>>()?;
        put("flags", heap.list(&flags))?;
        for (address, mask, broadcast, other) in &interface.addresses {
            put("addr", ip_term(heap, *address))?;
            if let Some(mask) = mask {
                put("netmask", ip_term(heap, *mask))?;
            }
            if let Some(broadcast) = broadcast {
                put("broadaddr", ip_term(heap, *broadcast))?;
            }
            if let Some(other) = other {
                put("dstaddr", ip_term(heap, *other))?;
            }
        }
        if let Some(hardware) = interface.hardware {
            let bytes: Vec<Term<'h>> = hardware
                .iter()
                .map(|byte| heap.int(i64::from(*byte)))
                .collect();
            put("hwaddr", heap.list(&bytes))?;
        }
        list.push(heap.tuple(&[heap.string(name), heap.list(&items)]));
    }
    Ok(ok(cx, heap.list(&list)))
}

/// `parse_address(String) -> {ok, Address} | {error, einval}`: the strict forms of both families.
fn parse_address<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let parsed = text_of(args[0]).and_then(|text| {
        // An address may be followed by the zone it is valid in.
        let bare = match text.split_once('%') {
            Some((bare, zone)) if !zone.is_empty() && bare.contains(':') => bare.to_owned(),
            Some(_) | None => text,
        };
        bare.parse::<IpAddr>().ok()
    });
    match parsed {
        Some(ip) => Ok(ok(cx, ip_term(cx.heap(), ip))),
        None => fault_term(cx, EINVAL),
    }
}

/// `ntoa(Address) -> String | {error, einval}`
fn ntoa<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    match ip_of(args[0]) {
        Some(ip) => Ok(cx.heap().string(&ip.to_string())),
        None => Ok(cx
            .heap()
            .tuple(&[Term::atom(atoms::ERROR), cx.atom_term("einval")?])),
    }
}
