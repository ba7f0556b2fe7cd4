//! Modules of the standard library, which lie in the VM's image, and what a module file says without being loaded.

use std::sync::Arc;

use transom_bytecode::{Module, code_hash, function_hash};

use super::loading::{self, Settled};
use super::replaceable;
use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::{Step, constants};
use crate::heap::{OwnedTerm, Term};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "pre_loaded", 0, pre_loaded),
    BifRow::new("erts_internal", "image_code", 1, image_code),
    BifRow::new("erts_internal", "ensure_image", 1, ensure_image),
    BifRow::new("erts_internal", "is_replaceable", 1, is_replaceable),
    BifRow::new("erts_internal", "module_file", 1, module_file),
    BifRow::new("erts_internal", "module_file", 2, set_module_file),
    BifRow::new("erts_internal", "module_md5", 1, module_md5),
    BifRow::new("erts_internal", "module_docs", 1, module_docs),
    BifRow::new("erts_internal", "module_contents", 1, module_contents),
];

fn image(cx: &Cx<'_>, module: Atom) -> Option<Vec<u8>> {
    let image = cx.vm().options.image.as_ref()?;
    image(cx.atoms().text(module))
}

/// The modules that are there without any file: `init`, and those that are built in altogether.
fn pre_loaded<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    // OTP counts them among its preloaded modules; a part of them is in the image here.
    let mut modules: Vec<Atom> = vec![cx.atom("init")?, atoms::ERTS_INTERNAL];
    for name in ["atomics", "counters", "persistent_term"] {
        modules.push(cx.atom(name)?);
    }
    for row in crate::bifs::rows() {
        let module = cx.atom(row.module)?;
        if !modules.contains(&module) && image(cx, module).is_none() {
            modules.push(module);
        }
    }
    let terms: Vec<Term<'h>> = modules.into_iter().map(Term::atom).collect();
    Ok(cx.heap().list(&terms))
}

/// The file of a module of the image, or `undefined`.
fn image_code<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    Ok(
        image(cx, module).map_or(Term::atom(atoms::UNDEFINED), |bytes| {
            cx.heap().binary(&bytes)
        }),
    )
}

/// Does the image's module of this name give way to one on the code path?
fn is_replaceable<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    Ok(Term::bool(replaceable::is_replaceable(
        cx.atoms().text(module),
    )))
}

/// Loads a module of the image unless it is loaded: `false` when the image has no such module.
fn ensure_image<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let server = cx.vm().code();
    let settled = loading::settled(cx, args)?;
    if settled == Settled::Yes || server.current(module).is_some() {
        return Ok(Term::atom(atoms::TRUE));
    }
    let instance = match cx.vm().prepare_image(module) {
        Ok(Some((instance, size))) => {
            cx.bump(size as i64 / 16);
            instance
        }
        Ok(None) => return Ok(Term::atom(atoms::FALSE)),
        Err(why) => {
            loading::report_bad(cx, module, &why);
            return Ok(Term::atom(atoms::FALSE));
        }
    };
    // Somebody else may load it at the same time: the first one counts.
    let step = Step {
        load: vec![Arc::clone(&instance)],
        only_if_absent: true,
        ..Step::default()
    };
    match loading::publish(cx, step, args) {
        Ok(Ok(())) => Err(Raise::again(args)),
        Ok(Err(_)) => {
            server.discard(&instance);
            Ok(Term::atom(atoms::TRUE))
        }
        Err(again) => {
            server.discard(&instance);
            Err(again)
        }
    }
}

/// The file a loaded module came from, as the code server noted it; `undefined` for what came from the image.
fn module_file<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let file = cx.vm().code().slot(module).and_then(|s| s.file);
    Ok(file.map_or(Term::atom(atoms::UNDEFINED), |f| f.copy_to(cx.heap())))
}

fn set_module_file<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    cx.vm().code().set_file(module, OwnedTerm::new(args[1]));
    Ok(Term::atom(atoms::OK))
}

fn parse<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Option<Module>, Raise<'h>> {
    let bytes = t.as_binary().ok_or_else(|| badarg(cx))?;
    cx.bump(bytes.len() as i64 / 64);
    Ok(Module::from_bytes(&bytes).ok())
}

/// The code hash of a module file; `undefined` when it is none.
fn module_md5<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = parse(cx, args[0])?;
    Ok(module.map_or(Term::atom(atoms::UNDEFINED), |m| {
        cx.heap().binary(&code_hash(&m))
    }))
}

/// `{Functions, Exports, Records}` of a module file: `[{Name, Arity, Hash}]`, `[{Name, Arity}]`, `[{Record, [Field]}]`; `undefined` when it is none.
fn module_contents<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let Some(m) = parse(cx, args[0])? else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    let heap = cx.heap();
    let mut functions = Vec::new();
    for f in &m.functions {
        let name = cx.atom_term(m.atom(f.name))?;
        let hash = heap.binary(&function_hash(&m, f));
        functions.push(heap.tuple(&[name, heap.int(f.arity.into()), hash]));
    }
    let mut exports = Vec::new();
    for e in &m.exports {
        let name = cx.atom_term(m.atom(e.name))?;
        exports.push(heap.tuple(&[name, heap.int(e.arity.into())]));
    }
    let mut records = Vec::new();
    for r in &m.records {
        let fields = r.fields.iter().map(|f| cx.atom_term(m.atom(f.name)));
        let fields = heap.list(&fields.collect::<Result<Vec<_>, _>>()?);
        records.push(heap.tuple(&[cx.atom_term(m.atom(r.name))?, fields]));
    }
    Ok(heap.tuple(&[
        heap.list(&functions),
        heap.list(&exports),
        heap.list(&records),
    ]))
}

/// The documentation chunk of a module file, or `undefined`.
fn module_docs<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let undefined = Term::atom(atoms::UNDEFINED);
    let Some(m) = parse(cx, args[0])? else {
        return Ok(undefined);
    };
    // Documentation must obey the rules for constants before it is built.
    if transom_bytecode::verify::check(&m).is_err() {
        return Ok(undefined);
    }
    let names = m
        .atoms
        .iter()
        .map(|a| cx.atom(a))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(m.docs.as_ref().map_or(undefined, |d| {
        constants::build(cx.heap(), &names, cx.vm().code().cells(), d)
    }))
}
