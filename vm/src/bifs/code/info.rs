//! What is loaded, and what a module says about itself.

use md5::{Digest, Md5};

use super::{atom_arg, badarg, startup};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::{ModuleInstance, constants};
use crate::heap::Term;
use crate::interp::setup::Autoload;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "module_loaded", 1, module_loaded),
    BifRow::new("erlang", "loaded", 0, loaded),
    BifRow::new("erlang", "module_info", 0, own_info),
    BifRow::new("erlang", "module_info", 1, own_item),
    BifRow::new("erlang", "get_module_info", 1, get_module_info),
    BifRow::new("erlang", "get_module_info", 2, get_module_info_item),
    BifRow::new("erlang", "function_exported", 3, function_exported),
    BifRow::new("erlang", "is_builtin", 3, is_builtin),
    BifRow::new("erts_internal", "module_versions", 1, module_versions),
];

fn bool_term<'h>(b: bool) -> Term<'h> {
    Term::atom(Atom::from_bool(b))
}

fn module_loaded<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let there = module == atoms::ERLANG || is_there(cx, module, args)?;
    Ok(bool_term(there))
}

/// Is the module loaded? One that OTP loads at its start counts as loaded from the beginning: asking for it brings it in.
fn is_there<'h>(cx: &Cx<'h>, module: Atom, args: &[Term<'h>]) -> Result<bool, Raise<'h>> {
    if cx.vm().code().current(module).is_some() {
        return Ok(true);
    }
    if !from_the_start(cx, module) {
        return Ok(false);
    }
    match cx.vm().autoload(module) {
        Autoload::Done => Ok(true),
        Autoload::Later => Err(Raise::again(args)),
        Autoload::Absent => Ok(false),
    }
}

/// Was the module loaded by the start of the system, and never deleted since?
fn from_the_start(cx: &Cx<'_>, module: Atom) -> bool {
    startup::MODULES
        .binary_search(&cx.atoms().text(module))
        .is_ok()
        && cx.vm().code().slot(module).is_none()
}

fn loaded<'h>(cx: &Cx<'h>, _args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut all = cx.vm().code().loaded();
    let image = cx.vm().options.image.as_ref();
    for name in startup::MODULES {
        let module = cx.atom(name)?;
        let waits = || from_the_start(cx, module) && image.is_some_and(|find| find(name).is_some());
        if !all.contains(&module) && (module == atoms::ERLANG || waits()) {
            all.push(module);
        }
    }
    Ok(cx.heap().list_from(all.into_iter().map(Term::atom)))
}

fn pair<'h>(cx: &Cx<'h>, key: Atom, value: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(key), value])
}

/// What `module_info/0` says of a module.
const ALL: [Atom; 5] = [
    atoms::MODULE,
    atoms::EXPORTS,
    atoms::ATTRIBUTES,
    atoms::COMPILE,
    atoms::MD5,
];

fn get_module_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let instance = cx.vm().code().current(module).ok_or_else(|| badarg(cx))?;
    let items: Vec<Term<'h>> = ALL
        .iter()
        .filter_map(|k| Some(pair(cx, *k, item(cx, &instance, *k)?)))
        .collect();
    Ok(cx.heap().list(&items))
}

fn get_module_info_item<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let key = atom_arg(cx, args[1])?;
    let instance = cx.vm().code().current(module).ok_or_else(|| badarg(cx))?;
    item(cx, &instance, key).ok_or_else(|| badarg(cx))
}

/// `erlang:module_info()`: the module has no file; its functions are the rows of the table of BIFs.
fn own_info<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let items: Vec<Term<'h>> = ALL
        .iter()
        .map(|key| Ok(pair(cx, *key, own_item(cx, &[Term::atom(*key)])?)))
        .collect::<Result<_, Raise<'h>>>()?;
    Ok(cx.heap().list(&items))
}

fn own_item<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(match atom_arg(cx, args[0])? {
        atoms::MODULE => Term::atom(atoms::ERLANG),
        atoms::EXPORTS | atoms::FUNCTIONS => cx.heap().list(&natives(cx, atoms::ERLANG)),
        atoms::ATTRIBUTES | atoms::COMPILE | atoms::NIFS => Term::NIL,
        atoms::NATIVE => Term::atom(atoms::FALSE),
        atoms::MD5 => {
            let rows = crate::bifs::FILES.iter().copied().flatten();
            let own = rows.filter(|row| row.module == "erlang");
            let names: Vec<String> = own.map(|r| format!("{}/{}", r.name, r.arity)).collect();
            cx.heap().binary(&Md5::digest(names.join(" ")))
        }
        _ => return Err(badarg(cx)),
    })
}

/// The functions of a module of the library that are rows of the table of BIFs.
fn natives<'h>(cx: &Cx<'h>, module: Atom) -> Vec<Term<'h>> {
    let module = cx.atoms().text(module);
    let rows = crate::bifs::FILES.iter().copied().flatten();
    rows.filter(|row| row.module == module)
        .filter_map(|row| {
            let arity = cx.heap().int(i64::from(row.arity));
            Some(cx.heap().tuple(&[cx.atom_term(row.name).ok()?, arity]))
        })
        .collect()
}

/// Those of them that the module's source does not export by itself.
fn unnamed<'h>(cx: &Cx<'h>, i: &ModuleInstance) -> Vec<Term<'h>> {
    let exported = |native: &Term<'h>| {
        let pair = native.as_tuple();
        let (name, arity) = pair.map_or((None, None), |p| (p.get(0), p.get(1)));
        i.exports.iter().any(|e| {
            name.is_some_and(|n| n.is_atom(e.cell.name))
                && arity.and_then(|a| a.as_small()) == Some(i64::from(e.cell.arity))
        })
    };
    let mut all = natives(cx, i.module);
    all.retain(|native| !exported(native));
    all
}

fn item<'h>(cx: &Cx<'h>, i: &ModuleInstance, key: Atom) -> Option<Term<'h>> {
    let heap = cx.heap();
    let constant = |c| constants::build(heap, &i.atoms, cx.vm().code().cells(), c);
    let name = |name: Atom, arity: u8| heap.tuple(&[Term::atom(name), heap.int(i64::from(arity))]);
    Some(match key {
        atoms::MODULE => Term::atom(i.module),
        atoms::EXPORTS => {
            let own = i.exports.iter().map(|e| name(e.cell.name, e.cell.arity));
            heap.list_from(own.chain(unnamed(cx, i)))
        }
        atoms::FUNCTIONS => {
            let own = i.functions.iter().map(|f| name(f.name, f.arity));
            heap.list_from(own.chain(unnamed(cx, i)))
        }
        atoms::ATTRIBUTES => constant(&i.meta.attributes),
        atoms::COMPILE => constant(&i.meta.compile_info),
        atoms::MD5 => heap.binary(&i.hash),
        atoms::NATIVE => Term::atom(atoms::FALSE),
        atoms::NIFS => Term::NIL,
        _ => return None,
    })
}

/// Module, function and arity arguments; an arity that no function has is `None`.
fn mfa_args<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<(Atom, Atom, Option<u8>), Raise<'h>> {
    let (m, f) = (atom_arg(cx, args[0])?, atom_arg(cx, args[1])?);
    let arity = args[2].as_small().ok_or_else(|| badarg(cx))?;
    Ok((m, f, u8::try_from(arity).ok()))
}

fn function_exported<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (m, f, arity) = mfa_args(cx, args)?;
    let Some(arity) = arity else {
        return Ok(bool_term(false));
    };
    let code = cx.vm().code();
    Ok(bool_term(
        code.is_exported(m, f, arity) || is_there(cx, m, args)? && code.is_exported(m, f, arity),
    ))
}

fn is_builtin<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (m, f, arity) = mfa_args(cx, args)?;
    let cell = arity.and_then(|a| cx.vm().code().cells().get(m, f, a));
    Ok(bool_term(cell.is_some_and(|c| c.bif.is_some())))
}

/// `{Current, Old}`: for each `none` or `#{version => N, md5 => Binary, path => String, functions => [{Name, Arity, Hash}]}`.
fn module_versions<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let slot = cx.vm().code().slot(module).unwrap_or_default();
    let current = version(cx, slot.current.as_deref())?;
    let old = version(cx, slot.old.as_deref())?;
    Ok(cx.heap().tuple(&[current, old]))
}

fn version<'h>(cx: &Cx<'h>, instance: Option<&ModuleInstance>) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let Some(i) = instance else {
        return Ok(Term::atom(atoms::NONE));
    };
    let functions = heap.list_from(i.functions.iter().enumerate().map(|(at, f)| {
        heap.tuple(&[
            Term::atom(f.name),
            heap.int(i64::from(f.arity)),
            heap.binary(&i.function_hash(at)),
        ])
    }));
    Ok(heap.map_from_pairs(&[
        (cx.atom_term("version")?, heap.int(i64::from(i.version))),
        (Term::atom(atoms::MD5), heap.binary(&i.hash)),
        (
            cx.atom_term("path")?,
            heap.string(i.meta.source.as_deref().unwrap_or_default()),
        ),
        (Term::atom(atoms::FUNCTIONS), functions),
    ]))
}
