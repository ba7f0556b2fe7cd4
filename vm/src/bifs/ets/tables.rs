//! Tables as a whole: `new`, `delete/1`, `info`, `rename`, `whereis`, `give_away`, `setopts`, `safe_fixtable`, `all`.

use std::sync::Arc;

use super::access::{Want, bad, find, handle, table};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::ets::{Access, Kind, Options, Table};
use crate::heap::{Heap, OwnedTerm, Pid, Term};
use crate::process::body::process_flag;
use crate::vm::Vm;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("ets", "new", 2, new),
    BifRow::new("ets", "delete", 1, delete),
    BifRow::new("ets", "delete_all_objects", 1, delete_all_objects),
    BifRow::new("ets", "info", 1, info),
    BifRow::new("ets", "info", 2, info_item),
    BifRow::new("ets", "rename", 2, rename),
    BifRow::new("ets", "whereis", 1, whereis),
    BifRow::new("ets", "give_away", 3, give_away),
    BifRow::new("ets", "setopts", 2, setopts),
    BifRow::new("ets", "safe_fixtable", 2, safe_fixtable),
    BifRow::new("ets", "all", 0, all),
];

/// Called for a process that owned tables or fixed some, when it ends: heirs are told.
pub fn process_exited(vm: &Vm, pid: Pid) {
    let ended = vm.ets.process_exited(pid, |p| vm.processes.is_alive(p));
    for table in ended.gone {
        free(vm, table);
    }
    for inheritance in ended.inherited {
        transfer(
            vm,
            &inheritance.table,
            pid,
            inheritance.heir,
            inheritance.data.term(),
        );
    }
}

/// Objects that are freed where the table is deleted; more of them are freed aside.
const FEW: usize = 1000;

/// Frees what a deleted table holds.
fn free(vm: &Vm, table: Arc<Table>) {
    if table.len() <= FEW {
        table.clear();
    } else {
        vm.dirty.submit(move || table.clear());
    }
}

/// Tells the new owner of a table: `{'ETS-TRANSFER', Table, From, Data}`. The message is put together on a heap of its own.
fn transfer(vm: &Vm, table: &Table, from: Pid, to: Pid, data: Term<'_>) {
    let heap = Heap::new(&vm.env, crate::heap::HeapOptions::default());
    let id = if table.is_named() {
        Term::atom(table.name())
    } else {
        heap.reference(table.id, None)
    };
    let message = heap.tuple(&[
        Term::atom(atoms::BIG_ETS_TRANSFER),
        id,
        Term::pid(from),
        heap.copy_in(data),
    ]);
    vm.send_message(to, message);
    if !vm.processes.is_alive(to) {
        // It ended meanwhile, perhaps before the table was its own.
        process_exited(vm, to);
    }
}

fn new<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let options = options(args[1])?;
    let named = options.named;
    let me = cx.process().pid;
    let table = Arc::new(Table::new(
        cx.heap().env().fresh_ref(),
        name,
        me,
        options,
        &cx.heap().env().atoms,
    ));
    if !cx.vm().ets.add(&table) {
        return Err(bad(atoms::ALREADY_EXISTS));
    }
    cx.process().set_flag(process_flag::HOOKS, true);
    Ok(if named { args[0] } else { handle(cx, &table) })
}

fn options<'h>(list: Term<'h>) -> Result<Options, Raise<'h>> {
    let mut options = Options {
        kind: Kind::Set,
        access: Access::Protected,
        named: false,
        keypos: 1,
        heir: None,
        write_concurrency: atoms::FALSE,
        read_concurrency: false,
        decentralized_counters: false,
        compressed: false,
    };
    let mut iter = list.iter_list();
    for option in iter.by_ref() {
        one_option(&mut options, option)?;
    }
    if iter.tail().is_nil() {
        Ok(options)
    } else {
        Err(Raise::badarg())
    }
}

fn one_option<'h>(options: &mut Options, option: Term<'h>) -> Result<(), Raise<'h>> {
    if let Some(word) = option.as_atom() {
        match word {
            atoms::SET => options.kind = Kind::Set,
            atoms::ORDERED_SET => options.kind = Kind::OrderedSet,
            atoms::BAG => options.kind = Kind::Bag,
            atoms::DUPLICATE_BAG => options.kind = Kind::DuplicateBag,
            atoms::PUBLIC => options.access = Access::Public,
            atoms::PROTECTED => options.access = Access::Protected,
            atoms::PRIVATE => options.access = Access::Private,
            atoms::NAMED_TABLE => options.named = true,
            atoms::COMPRESSED => options.compressed = true,
            _ => return Err(Raise::badarg()),
        }
        return Ok(());
    }
    let parts: Vec<Term<'h>> = option
        .as_tuple()
        .ok_or_else(Raise::badarg)?
        .iter()
        .collect();
    let key = parts
        .first()
        .and_then(|k| k.as_atom())
        .ok_or_else(Raise::badarg)?;
    match (key, &parts[1..]) {
        (atoms::KEYPOS, [n]) => {
            options.keypos = n.as_usize().filter(|n| *n >= 1).ok_or_else(Raise::badarg)?
        }
        (atoms::HEIR, _) => options.heir = heir(&parts)?,
        (atoms::WRITE_CONCURRENCY, [v]) => {
            options.write_concurrency = v
                .as_atom()
                .filter(|a| [atoms::TRUE, atoms::FALSE, atoms::AUTO].contains(a))
                .ok_or_else(Raise::badarg)?;
        }
        (atoms::READ_CONCURRENCY, [v]) => options.read_concurrency = boolean(*v)?,
        (atoms::DECENTRALIZED_COUNTERS, [v]) => options.decentralized_counters = boolean(*v)?,
        _ => return Err(Raise::badarg()),
    }
    Ok(())
}

/// `{heir, none}` or `{heir, Pid, Data}`.
fn heir<'h>(parts: &[Term<'h>]) -> Result<Option<(Pid, OwnedTerm)>, Raise<'h>> {
    match &parts[1..] {
        [none] if none.is_atom(atoms::NONE) => Ok(None),
        [pid, data] => Ok(Some((
            pid.as_pid().ok_or_else(Raise::badarg)?,
            OwnedTerm::new(*data),
        ))),
        _ => Err(Raise::badarg()),
    }
}

fn boolean<'h>(t: Term<'h>) -> Result<bool, Raise<'h>> {
    match t.as_atom() {
        Some(atoms::TRUE) => Ok(true),
        Some(atoms::FALSE) => Ok(false),
        _ => Err(Raise::badarg()),
    }
}

fn delete<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    cx.vm().ets.remove(&found);
    free(cx.vm(), Arc::clone(&found));
    Ok(Term::bool(true))
}

fn delete_all_objects<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    if found.len() > FEW {
        cx.long(args)?;
    }
    found.clear();
    Ok(Term::bool(true))
}

fn rename<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Write)?;
    let name = args[1].as_atom().ok_or_else(Raise::badarg)?;
    if !cx.vm().ets.rename(&found, name) {
        return Err(bad(atoms::ALREADY_EXISTS));
    }
    Ok(if found.is_named() { args[1] } else { args[0] })
}

fn whereis<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    args[0].as_atom().ok_or_else(Raise::badarg)?;
    Ok(match find(cx, args[0]) {
        Some(found) => cx.heap().reference(found.id, None),
        None => Term::atom(atoms::UNDEFINED),
    })
}

fn give_away<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Nothing)?;
    let me = cx.process().pid;
    if found.owner() != me {
        return Err(bad(atoms::NOT_OWNER));
    }
    let to = args[1].as_pid().ok_or_else(Raise::badarg)?;
    if to == me || !cx.vm().processes.is_alive(to) {
        return Err(bad(if to == me {
            atoms::OWNER
        } else {
            atoms::BADPID
        }));
    }
    cx.vm().ets.set_owner(&found, to);
    transfer(cx.vm(), &found, me, to, args[2]);
    Ok(Term::bool(true))
}

fn setopts<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Own)?;
    let list = if args[1].as_tuple().is_some() {
        cx.heap().list(&[args[1]])
    } else {
        args[1]
    };
    for option in crate::bifs::erlang::lists::elements(list)? {
        let parts: Vec<Term<'h>> = option
            .as_tuple()
            .ok_or_else(Raise::badarg)?
            .iter()
            .collect();
        match parts.first().and_then(|k| k.as_atom()) {
            Some(atoms::HEIR) => found.set_heir(heir(&parts)?),
            _ => return Err(Raise::badarg()),
        }
    }
    Ok(Term::bool(true))
}

fn safe_fixtable<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let found = table(cx, args[0], Want::Read)?;
    let me = cx.process().pid;
    if boolean(args[1])? {
        cx.process().set_flag(process_flag::HOOKS, true);
        let clock = &cx.vm().clock;
        cx.vm()
            .ets
            .fix(&found, me, clock.monotonic_ns(), clock.system_ns());
    } else {
        cx.vm().ets.unfix(&found, me);
    }
    Ok(Term::bool(true))
}

fn all<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let tables: Vec<Term<'h>> = cx.vm().ets.all().iter().map(|t| handle(cx, t)).collect();
    Ok(cx.heap().list(&tables))
}

// ---- info

const ITEMS: &[Atom] = &[
    atoms::ID,
    atoms::DECENTRALIZED_COUNTERS,
    atoms::READ_CONCURRENCY,
    atoms::WRITE_CONCURRENCY,
    atoms::COMPRESSED,
    atoms::MEMORY,
    atoms::OWNER,
    atoms::HEIR,
    atoms::NAME,
    atoms::SIZE,
    atoms::NODE,
    atoms::NAMED_TABLE,
    atoms::TYPE,
    atoms::KEYPOS,
    atoms::PROTECTION,
];

fn item<'h>(cx: &Cx<'h>, table: &Table, item: Atom) -> Option<Term<'h>> {
    let heap = cx.heap();
    let options = &table.options;
    Some(match item {
        atoms::ID => heap.reference(table.id, None),
        atoms::DECENTRALIZED_COUNTERS => Term::bool(options.decentralized_counters),
        atoms::READ_CONCURRENCY => Term::bool(options.read_concurrency),
        atoms::WRITE_CONCURRENCY => Term::atom(options.write_concurrency),
        atoms::COMPRESSED => Term::bool(options.compressed),
        atoms::MEMORY => heap.int(table.memory_words() as i64),
        atoms::OWNER => Term::pid(table.owner()),
        atoms::HEIR => table.heir().map_or(Term::atom(atoms::NONE), Term::pid),
        atoms::NAME => Term::atom(table.name()),
        atoms::SIZE => heap.int(table.len() as i64),
        atoms::NODE => cx.atom_term(&cx.vm().options.node).ok()?,
        atoms::NAMED_TABLE => Term::bool(table.is_named()),
        atoms::TYPE => Term::atom(match options.kind {
            Kind::Set => atoms::SET,
            Kind::OrderedSet => atoms::ORDERED_SET,
            Kind::Bag => atoms::BAG,
            Kind::DuplicateBag => atoms::DUPLICATE_BAG,
        }),
        atoms::KEYPOS => heap.int(options.keypos as i64),
        atoms::PROTECTION => Term::atom(match options.access {
            Access::Public => atoms::PUBLIC,
            Access::Protected => atoms::PROTECTED,
            Access::Private => atoms::PRIVATE,
        }),
        atoms::FIXED => Term::bool(!table.fixations().is_empty()),
        atoms::SAFE_FIXED => {
            let us = table.fixed_at().1 / 1_000;
            let parts = [
                us / 1_000_000_000_000,
                us / 1_000_000 % 1_000_000,
                us % 1_000_000,
            ];
            fixations(heap, table, heap.tuple(&parts.map(|n| heap.int(n))))
        }
        item if cx.atoms().text(item) == "safe_fixed_monotonic_time" => {
            fixations(heap, table, heap.int(table.fixed_at().0))
        }
        _ => return None,
    })
}

/// `{Since, [{Pid, Times}]}`, or false for a table that nobody has fixed.
fn fixations<'h>(heap: &'h Heap, table: &Table, since: Term<'h>) -> Term<'h> {
    let who: Vec<Term<'h>> = table
        .fixations()
        .iter()
        .map(|(p, n)| heap.tuple(&[Term::pid(*p), heap.int(*n as i64)]))
        .collect();
    if who.is_empty() {
        return Term::bool(false);
    }
    heap.tuple(&[since, heap.list(&who)])
}

/// Is this something that could be a table at all? If not, badarg; if it is gone, `undefined`.
fn possible<'h>(t: Term<'h>) -> Result<(), Raise<'h>> {
    match t.as_atom().is_some() || t.as_ref().is_some() {
        true => Ok(()),
        false => Err(Raise::badarg()),
    }
}

fn info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    possible(args[0])?;
    let Some(found) = find(cx, args[0]) else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    let items: Vec<Term<'h>> = ITEMS
        .iter()
        .filter_map(|i| Some(cx.heap().tuple(&[Term::atom(*i), item(cx, &found, *i)?])))
        .collect();
    Ok(cx.heap().list(&items))
}

fn info_item<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    possible(args[0])?;
    let wanted = args[1].as_atom().ok_or_else(Raise::badarg)?;
    match find(cx, args[0]) {
        Some(found) => item(cx, &found, wanted).ok_or_else(Raise::badarg),
        None => Ok(Term::atom(atoms::UNDEFINED)),
    }
}
