//! `memory/0,1`: what the VM counts, and what the operating system says.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Term, counted_bytes};
use crate::process::Process;
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "memory", 0, memory),
    BifRow::new("erlang", "memory", 1, memory_of),
];

/// Kinds in the order of OTP's answer.
const KINDS: [&str; 9] = [
    "total",
    "processes",
    "processes_used",
    "system",
    "atom",
    "atom_used",
    "binary",
    "code",
    "ets",
];

/// Resident bytes of the operating system's process, if it tells.
pub fn resident_bytes() -> Option<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// Code words of the current versions.
fn code_bytes(vm: &Vm) -> usize {
    let code = vm.code();
    let current = code.loaded().into_iter().filter_map(|m| code.current(m));
    current.map(|instance| instance.code_words() * 8).sum()
}

fn bytes(cx: &Cx<'_>, kind: &str) -> Option<usize> {
    let vm = cx.vm();
    let processes = vm.env.budget.used() + vm.processes.count() * size_of::<Process>();
    let atom = vm.atoms().count() as usize * 48;
    let total = resident_bytes()
        .unwrap_or(0)
        .max(processes + atom + counted_bytes());
    Some(match kind {
        "total" => total,
        "processes" | "processes_used" => processes,
        "system" => total - processes,
        "atom" | "atom_used" => atom,
        "ets" => vm.ets.totals().1 * 8,
        "code" => code_bytes(vm),
        "binary" => counted_bytes(),
        _ => return None,
    })
}

fn memory<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let mut pairs = Vec::with_capacity(KINDS.len());
    for kind in KINDS {
        let size = bytes(cx, kind).unwrap_or(0);
        pairs.push(heap.tuple(&[cx.atom_term(kind)?, heap.int(size as i64)]));
    }
    Ok(heap.list(&pairs))
}

fn memory_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let one = |kind: Term<'h>| {
        let name = kind.as_atom().ok_or_else(Raise::badarg)?;
        bytes(cx, cx.atoms().text(name))
            .map(|size| heap.int(size as i64))
            .ok_or_else(Raise::badarg)
    };
    if !args[0].is_list() {
        return one(args[0]);
    }
    args[0].list_len().ok_or_else(Raise::badarg)?;
    let pairs: Result<Vec<Term<'h>>, Raise<'h>> = args[0]
        .iter_list()
        .map(|kind| Ok(heap.tuple(&[kind, one(kind)?])))
        .collect();
    Ok(heap.list(&pairs?))
}
