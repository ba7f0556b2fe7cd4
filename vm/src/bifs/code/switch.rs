//! What a reload of several modules needs beyond OTP's loader: one step that loads, deletes and swaps modules together, `on_load`
//! functions run before it, and the files of loaded versions.

use super::loading::{self, ON_LOAD_CELL, Preparation, Settled, settling};
use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::{ModuleInstance, Step, constants};
use crate::heap::Term;
use std::sync::Arc;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "switch_code", 3, switch_code),
    BifRow::new("erts_internal", "prepared_on_load", 1, prepared_on_load),
    BifRow::new("erts_internal", "call_prepared", 3, call_prepared),
    BifRow::new("erts_internal", "module_bytes", 2, module_bytes),
    BifRow::new("erts_internal", "module_vsn", 2, module_vsn),
    BifRow::new("erts_internal", "module_records", 2, module_records),
    BifRow::new("erts_internal", "prepared_records", 2, prepared_records),
    BifRow::new("erts_internal", "prepared_exports", 3, prepared_exports),
];

fn atoms_of<'h>(cx: &Cx<'h>, list: Term<'h>) -> Result<Vec<Atom>, Raise<'h>> {
    if list.list_len().is_none() {
        return Err(badarg(cx));
    }
    list.iter_list().map(|t| atom_arg(cx, t)).collect()
}

/// `switch_code(Prepared, Swap, Delete)`: prepared code becomes current, current and old code change roles, current code becomes old, all
/// in one step: `true`, or `{Reason, Modules}` and nothing has changed. `on_load` functions are not run.
fn switch_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if loading::settled(cx, args)? == Settled::Yes {
        return Ok(Term::atom(atoms::TRUE));
    }
    if args[0].list_len().is_none() {
        return Err(badarg(cx));
    }
    let prepared = args[0]
        .iter_list()
        .map(|t| loading::prepared(t).ok_or_else(|| badarg(cx)));
    let step = Step {
        load: prepared.collect::<Result<Vec<_>, _>>()?,
        swap: atoms_of(cx, args[1])?,
        delete: atoms_of(cx, args[2])?,
        only_if_absent: false,
    };
    match loading::publish(cx, step, args)? {
        Ok(()) => {
            for t in args[0].iter_list() {
                drop(loading::with(t, Preparation::take));
            }
            Err(settling(args))
        }
        Err((reason, modules)) => {
            let modules = cx.heap().list_from(modules.into_iter().map(Term::atom));
            Ok(cx.heap().tuple(&[Term::atom(reason), modules]))
        }
    }
}

/// Runs the `on_load` function of prepared code that nobody else can call; `ok` when it has none.
fn prepared_on_load<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let instance = loading::prepared(args[0]).ok_or_else(|| badarg(cx))?;
    let Some(function) = instance.meta.on_load else {
        return Ok(Term::atom(atoms::OK));
    };
    instance.enter();
    let name = cx.atom(ON_LOAD_CELL)?;
    let cell = cx.vm().code().cells().ensure(instance.module, name, 0);
    cell.set_all(instance.entry_address(function.index()));
    Err(Raise::trap(instance.module, name, &[]))
}

/// `call_prepared(Prepared, Function, Args)`: calls an exported function of prepared code, through a cell of its own that nobody else knows.
/// Fully-qualified calls in it lead to the current version, as always. `undef` when it has no such function.
fn call_prepared<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let instance = loading::prepared(args[0]).ok_or_else(|| badarg(cx))?;
    let name = atom_arg(cx, args[1])?;
    let arity = args[2].list_len().ok_or_else(|| badarg(cx))?;
    let found = instance
        .exports
        .iter()
        .find(|e| e.cell.name == name && usize::from(e.cell.arity) == arity);
    let Some(export) = found else {
        return Err(Raise::error_atom(atoms::UNDEF));
    };
    instance.enter();
    let entry = instance.entry_address(export.function as usize);
    let hidden = cx.atom(&format!("-prepared-{}-", cx.atoms().text(name)))?;
    let cell = cx
        .vm()
        .code()
        .cells()
        .ensure(instance.module, hidden, export.cell.arity);
    cell.set_all(entry);
    let args: Vec<Term<'h>> = args[2].iter_list().collect();
    Err(Raise::trap(instance.module, hidden, &args))
}

/// Does prepared code export that function?
fn prepared_exports<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let instance = loading::prepared(args[0]).ok_or_else(|| badarg(cx))?;
    let name = atom_arg(cx, args[1])?;
    let arity = args[2].as_small().ok_or_else(|| badarg(cx))?;
    let found = instance
        .exports
        .iter()
        .any(|e| e.cell.name == name && i64::from(e.cell.arity) == arity);
    Ok(Term::atom(Atom::from_bool(found)))
}

fn version<'h>(
    cx: &Cx<'h>,
    module: Atom,
    which: Term<'h>,
) -> Result<Option<Arc<ModuleInstance>>, Raise<'h>> {
    match cx.atoms().text(atom_arg(cx, which)?) {
        "current" => Ok(cx.vm().code().current(module)),
        "old" => Ok(cx.vm().code().old(module)),
        _ => Err(badarg(cx)),
    }
}

/// `module_vsn(Module, current | old)`: the `vsn` attribute of that version, `undefined` without one.
fn module_vsn<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let undefined = Term::atom(atoms::UNDEFINED);
    let Some(i) = version(cx, atom_arg(cx, args[0])?, args[1])? else {
        return Ok(undefined);
    };
    let attributes = constants::build(
        cx.heap(),
        &i.atoms,
        cx.vm().code().cells(),
        &i.meta.attributes,
    );
    let vsn = attributes.iter_list().find_map(|t| {
        let pair = t.as_tuple()?;
        let key = pair.get(0)?.as_atom()?;
        (cx.atoms().text(key) == "vsn")
            .then(|| pair.get(1))
            .flatten()
    });
    Ok(vsn.unwrap_or(undefined))
}

/// The fields of a record as `Field` or `{Field, Default}`.
fn fields<'h>(cx: &Cx<'h>, i: &ModuleInstance, record: Atom) -> Term<'h> {
    let found = i
        .meta
        .records
        .iter()
        .find(|r| i.atoms[r.name.index()] == record);
    let fields = found.into_iter().flat_map(|r| &r.fields).map(|f| {
        let name = Term::atom(i.atoms[f.name.index()]);
        match &f.default {
            Some(d) => {
                let d = constants::build(cx.heap(), &i.atoms, cx.vm().code().cells(), d);
                cx.heap().tuple(&[name, d])
            }
            None => name,
        }
    });
    cx.heap().list_from(fields)
}

/// The fields of a record in prepared code.
fn prepared_records<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let instance = loading::prepared(args[0]).ok_or_else(|| badarg(cx))?;
    Ok(fields(cx, &instance, atom_arg(cx, args[1])?))
}

/// `module_records(Module, Record)`: `{Old, Current}`, the fields of that record in both versions as `Field` or `{Field, Default}`;
/// `[]` when a version does not have it.
fn module_records<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let record = atom_arg(cx, args[1])?;
    let fields = |i: Option<Arc<ModuleInstance>>| i.map_or(Term::NIL, |i| fields(cx, &i, record));
    let (old, current) = (cx.vm().code().old(module), cx.vm().code().current(module));
    Ok(cx.heap().tuple(&[fields(old), fields(current)]))
}

/// `module_bytes(Module, current | old)`: the module file that version was loaded from, `undefined` for modules of the image.
fn module_bytes<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let instance = version(cx, module, args[1])?;
    let file = instance.as_ref().and_then(|i| i.file());
    Ok(file.map_or(Term::atom(atoms::UNDEFINED), |f| cx.heap().binary(f)))
}
