//! Addresses between Erlang and the kernel: `{A, B, C, D}`, eight-tuples, `any`, `loopback`, `{local, Path}`.

use super::Family;
use crate::atoms;
use crate::heap::{Heap, Term};
use crate::vm::Vm;
use socket2::SockAddr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::ffi::OsStrExt;

/// An address without a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    Ip(IpAddr),
    Path(Vec<u8>),
}

/// Reads one. The words `any` and `loopback` take the family's form.
pub fn host_of(vm: &Vm, term: Term<'_>, family: Family) -> Option<Host> {
    if let Some(word) = term.as_atom() {
        let v6 = family == Family::Inet6;
        return match vm.atoms().text(word) {
            "any" if v6 => Some(Host::Ip(Ipv6Addr::UNSPECIFIED.into())),
            "any" => Some(Host::Ip(Ipv4Addr::UNSPECIFIED.into())),
            "loopback" if v6 => Some(Host::Ip(Ipv6Addr::LOCALHOST.into())),
            "loopback" => Some(Host::Ip(Ipv4Addr::LOCALHOST.into())),
            _ => None,
        };
    }
    let tuple = term.as_tuple()?;
    if tuple.len() == 2 && tuple.get(0)?.is_atom(atoms::LOCAL) {
        return local_path(tuple.get(1)?).map(Host::Path);
    }
    ip_of(term).map(Host::Ip)
}

/// A path of a local socket: a binary of bytes, or a text.
fn local_path(term: Term<'_>) -> Option<Vec<u8>> {
    match term.as_binary() {
        Some(bytes) => Some(bytes.into_owned()),
        None => crate::io::text::text_of(term).map(String::into_bytes),
    }
}

/// Four bytes or eight words.
pub fn ip_of(term: Term<'_>) -> Option<IpAddr> {
    let tuple = term.as_tuple()?;
    let part = |at: usize| tuple.get(at).and_then(Term::as_small);
    match tuple.len() {
        4 => {
            let mut bytes = [0; 4];
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::try_from(part(at)?).ok()?;
            }
            Some(IpAddr::V4(Ipv4Addr::from(bytes)))
        }
        8 => {
            let mut words = [0; 8];
            for (at, word) in words.iter_mut().enumerate() {
                *word = u16::try_from(part(at)?).ok()?;
            }
            Some(IpAddr::V6(Ipv6Addr::from(words)))
        }
        _ => None,
    }
}

/// An address as a tuple.
pub fn ip_term<'h>(heap: &'h Heap, ip: IpAddr) -> Term<'h> {
    match ip {
        IpAddr::V4(ip) => {
            let parts = ip.octets().map(|byte| heap.int(i64::from(byte)));
            heap.tuple(&parts)
        }
        IpAddr::V6(ip) => {
            let parts = ip.segments().map(|word| heap.int(i64::from(word)));
            heap.tuple(&parts)
        }
    }
}

/// For the kernel. `None`: the address is not one of the family's.
pub fn sock_addr(host: &Host, port: u16, family: Family) -> Option<SockAddr> {
    match (host, family) {
        (Host::Ip(IpAddr::V4(ip)), Family::Inet) => Some(SocketAddr::from((*ip, port)).into()),
        (Host::Ip(IpAddr::V6(ip)), Family::Inet6) => Some(SocketAddr::from((*ip, port)).into()),
        (Host::Ip(IpAddr::V4(ip)), Family::Inet6) => {
            Some(SocketAddr::from((ip.to_ipv6_mapped(), port)).into())
        }
        (Host::Path(path), Family::Local) => SockAddr::unix(std::ffi::OsStr::from_bytes(path)).ok(),
        (Host::Ip(_) | Host::Path(_), _) => None,
    }
}

/// The address and port of a peer: `{Ip, Port}` or `{{local, Path}, 0}`, in two parts.
pub fn parts<'h>(heap: &'h Heap, address: &SockAddr) -> (Term<'h>, Term<'h>) {
    match address.as_socket() {
        Some(address) => (
            ip_term(heap, address.ip()),
            heap.int(i64::from(address.port())),
        ),
        None => (local_term(heap, address), heap.int(0)),
    }
}

/// What `sockname/1` and `peername/1` answer: `{Ip, Port}` or `{local, Path}`.
pub fn name_term<'h>(heap: &'h Heap, address: &SockAddr) -> Term<'h> {
    match address.as_socket() {
        Some(address) => heap.tuple(&[
            ip_term(heap, address.ip()),
            heap.int(i64::from(address.port())),
        ]),
        None => local_term(heap, address),
    }
}

fn local_term<'h>(heap: &'h Heap, address: &SockAddr) -> Term<'h> {
    let path = match (address.as_pathname(), address.as_abstract_namespace()) {
        (Some(path), _) => path.as_os_str().as_bytes().to_vec(),
        (None, Some(name)) => [&[0], name].concat(),
        (None, None) => Vec::new(),
    };
    heap.tuple(&[Term::atom(atoms::LOCAL), heap.binary(&path)])
}
