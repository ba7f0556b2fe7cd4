//! References, pids and funs as text and as data.

use crate::bifs::data::{Answer, byte_list};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Fun, Kind, Pid, Port, RefId, Term};
use transom_pretty::{Encoding, atom_text};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "pid_to_list", 1, pid_to_list),
    BifRow::new("erlang", "list_to_pid", 1, list_to_pid),
    BifRow::new("erlang", "port_to_list", 1, port_to_list),
    BifRow::new("erlang", "list_to_port", 1, list_to_port),
    BifRow::new("erlang", "ref_to_list", 1, ref_to_list),
    BifRow::new("erlang", "list_to_ref", 1, list_to_ref),
    BifRow::new("erlang", "fun_to_list", 1, fun_to_list),
];

fn pid_to_list<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let p = a[0].as_pid().ok_or_else(Raise::badarg)?;
    Ok(cx.heap().string(&p.to_string()))
}

/// The numbers between `prefix` and `>`, parted by dots.
fn numbers<'h, const N: usize>(t: Term<'h>, prefix: &str) -> Result<[u64; N], Raise<'h>> {
    let bytes = byte_list(t)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Raise::badarg())?;
    let inner = text
        .strip_prefix(prefix)
        .and_then(|s| s.strip_suffix('>'))
        .ok_or_else(Raise::badarg)?;
    let all: Option<Vec<u64>> = inner
        .split('.')
        .map(|d| {
            d.parse()
                .ok()
                .filter(|_| d.bytes().all(|c| c.is_ascii_digit()))
        })
        .collect();
    all.and_then(|v| v.try_into().ok())
        .ok_or_else(Raise::badarg)
}

pub(in crate::bifs) fn list_to_pid<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let [node, slot, serial] = numbers::<3>(a[0], "<")?;
    if node != 0 || slot >= 1 << 28 || serial >= 1 << 28 {
        return Err(Raise::badarg());
    }
    Ok(Term::pid(Pid::new(slot as u32, serial as u32)))
}

fn port_to_list<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[0].kind() {
        Kind::Port(p) => Ok(cx.heap().string(&p.to_string())),
        _ => Err(Raise::badarg()),
    }
}

pub(in crate::bifs) fn list_to_port<'h>(_: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let [node, n] = numbers::<2>(a[0], "#Port<")?;
    if node != 0 {
        Err(Raise::badarg())
    } else {
        Ok(Term::port(Port::new(n)))
    }
}

fn ref_to_list<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let n = a[0].as_ref().ok_or_else(Raise::badarg)?.id().numbers();
    Ok(cx
        .heap()
        .string(&format!("#Ref<0.{}.{}.{}>", n[0], n[1], n[2])))
}

pub(in crate::bifs) fn list_to_ref<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let [node, x, y, z] = numbers::<4>(a[0], "#Ref<")?;
    let small = |n: u64| u32::try_from(n).map_err(|_| Raise::badarg());
    if node != 0 || x >= 1 << 14 || z >= 1 << 18 {
        return Err(Raise::badarg());
    }
    Ok(cx
        .heap()
        .reference(RefId::from_numbers([small(x)?, small(y)?, small(z)?]), None))
}

fn fun_arg<'h>(t: Term<'h>) -> Result<Fun<'h>, Raise<'h>> {
    t.as_fun().ok_or_else(Raise::badarg)
}

fn fun_to_list<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let f = fun_arg(a[0])?;
    let name = |x| atom_text(cx.atoms().text(x), Encoding::Unicode);
    let text = match (f.info(), f.export()) {
        (Some(i), _) => format!("#Fun<{}.{}.{}>", name(i.module), i.index, i.old_uniq),
        (None, Some((m, n))) => format!("fun {}:{}/{}", name(m), name(n), f.arity()),
        (None, None) => unreachable!("a fun is local or external"),
    };
    Ok(cx.heap().string(&text))
}
