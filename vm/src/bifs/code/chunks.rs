//! What a module file says, for `beam_lib`: names, tables, attributes, and a file made of chunks.

use transom_bytecode::module::Const;
use transom_bytecode::operand::AtomIx;
use transom_bytecode::{Module, file};

use super::badarg;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::constants;
use crate::heap::Term;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "module_tables", 1, module_tables),
    BifRow::new("erts_internal", "module_from_chunks", 1, module_from_chunks),
];

/// The tables of a module file on a heap.
struct Tables<'a, 'h> {
    cx: &'a Cx<'h>,
    module: &'a Module,
    names: Vec<atoms::Atom>,
}

impl<'h> Tables<'_, 'h> {
    fn name(&self, at: AtomIx) -> Term<'h> {
        Term::atom(self.names[at.0 as usize])
    }

    fn row(&self, parts: &[Term<'h>]) -> Term<'h> {
        self.cx.heap().tuple(parts)
    }

    fn int(&self, value: usize) -> Term<'h> {
        self.cx.heap().int(value as i64)
    }

    fn constant(&self, value: &Const) -> Term<'h> {
        constants::build(
            self.cx.heap(),
            &self.names,
            self.cx.vm().code().cells(),
            value,
        )
    }

    fn exports(&self) -> Vec<Term<'h>> {
        let row = |e: &transom_bytecode::module::Export| {
            self.row(&[
                self.name(e.name),
                self.int(e.arity.into()),
                self.int(e.function.0 as usize),
            ])
        };
        self.module.exports.iter().map(row).collect()
    }

    fn imports(&self) -> Vec<Term<'h>> {
        let row = |i: &transom_bytecode::module::Import| {
            self.row(&[
                self.name(i.module),
                self.name(i.name),
                self.int(i.arity.into()),
            ])
        };
        self.module.imports.iter().map(row).collect()
    }

    fn functions(&self) -> Vec<Term<'h>> {
        let row = |f: &transom_bytecode::module::Function| {
            self.row(&[self.name(f.name), self.int(f.arity.into())])
        };
        self.module.functions.iter().map(row).collect()
    }

    fn extra(&self) -> Vec<Term<'h>> {
        let heap = self.cx.heap();
        let row = |c: &transom_bytecode::ExtraChunk| {
            self.row(&[heap.binary(c.name.as_bytes()), heap.binary(&c.bytes)])
        };
        self.module.extra.iter().map(row).collect()
    }
}

/// `{Module, Atoms, [{F, A, Index}], [{M, F, A}], [{F, A}], Attributes, CompileInfo, Docs | undefined, [{Name, Bytes}]}`: exports with the
/// place of their function among all functions, imports, all functions; `undefined` when it is no module file.
fn module_tables<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let undefined = Term::atom(atoms::UNDEFINED);
    let bytes = args[0].as_binary().ok_or_else(|| badarg(cx))?;
    cx.bump(bytes.len() as i64 / 64);
    let Ok(module) = Module::from_bytes(&bytes) else {
        return Ok(undefined);
    };
    // Indices and constants must obey the rules before anything is built.
    if transom_bytecode::verify::check(&module).is_err() {
        return Ok(undefined);
    }
    let names = module
        .atoms
        .iter()
        .map(|a| cx.atom(a))
        .collect::<Result<Vec<_>, _>>()?;
    let t = Tables {
        cx,
        module: &module,
        names,
    };
    let heap = cx.heap();
    let all: Vec<Term<'h>> = t.names.iter().map(|n| Term::atom(*n)).collect();
    Ok(t.row(&[
        t.name(module.name),
        heap.list(&all),
        heap.list(&t.exports()),
        heap.list(&t.imports()),
        heap.list(&t.functions()),
        t.constant(&module.attributes),
        t.constant(&module.compile_info),
        module.docs.as_ref().map_or(undefined, |d| t.constant(d)),
        heap.list(&t.extra()),
    ]))
}

/// A module file of chunks, each with its head; `undefined` when they make no module.
fn module_from_chunks<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let chunks = args[0].as_binary().ok_or_else(|| badarg(cx))?;
    cx.bump(chunks.len() as i64 / 64);
    let whole = file::with_header(&chunks);
    Ok(match Module::from_bytes(&whole) {
        Ok(_) => cx.heap().binary(&whole),
        Err(_) => Term::atom(atoms::UNDEFINED),
    })
}
