//! The linker: gives the specialiser the addresses it asks for, and places a module's constants among the literals.
//! Also makes the code server of a VM, with a cell for every built-in function.

use std::sync::Arc;

use transom_bytecode::{AtomIx, ConstIx, ImportIx, Insn, LambdaIx};

use super::constants;
use super::lower::{Lower, LowerError, LowerInput, Lowered};
use super::server::CodeServer;
use super::specialise::{Resolve, SpecialiseError, specialise};
use super::words::{LOp, word};
use crate::atoms::Atom;
use crate::bifs::{BifRow, BifTable};
use crate::heap::{Heap, HeapEnv, HeapOptions, LiteralBlock, Term};
use crate::sync::code_cells::{CellTable, ExportCell, STUB_WORDS};

/// The code server of a new VM.
pub fn code_server(env: Arc<HeapEnv>, bifs: Arc<BifTable>) -> Arc<CodeServer> {
    let rows = Arc::clone(&bifs);
    let cells = CellTable::new(Box::new(move |cell| stub(&rows, cell)));
    for ix in bifs.all() {
        let (module, name, arity) = bifs.mfa(ix);
        cells.define_bif(module, name, arity, ix.0);
    }
    let linker = Linker {
        env: Arc::clone(&env),
        bifs,
    };
    CodeServer::new(env, cells, Box::new(linker))
}

/// What a cell points to while it has no code.
fn stub(bifs: &BifTable, cell: &ExportCell) -> [u64; STUB_WORDS] {
    let arity = u16::from(cell.arity);
    match cell
        .bif
        .and_then(|_| bifs.find(cell.module, cell.name, cell.arity))
    {
        Some(ix) => [
            word(LOp::BifStub, arity, 0, 0),
            row_address(bifs.row(ix)),
            cell.word(),
            0,
        ],
        None => [word(LOp::UndefStub, arity, 0, 0), cell.word(), 0, 0],
    }
}

fn row_address(row: &'static BifRow) -> u64 {
    std::ptr::from_ref(row) as u64
}

struct Linker {
    env: Arc<HeapEnv>,
    bifs: Arc<BifTable>,
}

struct Names<'a> {
    input: &'a LowerInput<'a>,
    bifs: &'a BifTable,
    literals: &'a LiteralBlock,
}

impl Lower for Linker {
    fn lower(&self, input: &LowerInput<'_>) -> Result<Lowered, LowerError> {
        self.check_bifs(input)?;
        let literals = self.literals(input)?;
        let names = Names {
            input,
            bifs: &self.bifs,
            literals: &literals,
        };
        let loaded = specialise(input.module, &names).map_err(|e| {
            LowerError::TooLarge(String::from(match e {
                SpecialiseError::FrameTooLarge => "a frame",
                SpecialiseError::CodeTooLarge => "the code",
            }))
        })?;
        Ok(Lowered {
            words: loaded.words,
            entries: loaded.entries,
            lines: loaded.lines,
            literals: Some(literals),
        })
    }
}

impl Linker {
    /// The verifier knows no VM: whether a guard function exists is checked here.
    fn check_bifs(&self, input: &LowerInput<'_>) -> Result<(), LowerError> {
        for insn in input.module.functions.iter().flat_map(|f| &f.code) {
            let Insn::Bif { import, .. } = insn else {
                continue;
            };
            let cell = input.imports[import.index()];
            let row = self
                .bifs
                .find(cell.module, cell.name, cell.arity)
                .map(|ix| self.bifs.row(ix));
            if row.is_none_or(|r| !r.guard) {
                let text = |a: Atom| self.env.atoms.text(a);
                let name = format!("{}:{}/{}", text(cell.module), text(cell.name), cell.arity);
                return Err(LowerError::NoSuchBif(name));
            }
        }
        Ok(())
    }

    fn literals(&self, input: &LowerInput<'_>) -> Result<LiteralBlock, LowerError> {
        let heap = Heap::new(&self.env, HeapOptions::default());
        let terms: Vec<Term<'_>> = input
            .module
            .consts
            .iter()
            .map(|c| constants::build(&heap, input.atoms, input.cells, c))
            .collect();
        self.env
            .literals
            .place(&terms)
            .ok_or(LowerError::LiteralsFull)
    }
}

impl Resolve for Names<'_> {
    fn atom(&self, a: AtomIx) -> Atom {
        self.input.atoms[a.index()]
    }

    fn constant(&self, k: ConstIx) -> u64 {
        self.literals.roots()[k.index()].0
    }

    fn cell(&self, i: ImportIx) -> (u64, bool) {
        let cell = self.input.imports[i.index()];
        (cell.word(), cell.bif.is_some())
    }

    fn bif_row(&self, i: ImportIx) -> u64 {
        let cell = self.input.imports[i.index()];
        let found = self.bifs.find(cell.module, cell.name, cell.arity);
        found.map_or(0, |ix| row_address(self.bifs.row(ix)))
    }

    fn replaced_by_bif(&self, name: AtomIx, arity: u8) -> Option<(u64, u64)> {
        let module = self.atom(self.input.module.name);
        let ix = self.bifs.find(module, self.atom(name), arity)?;
        let cell = self.input.cells.get(module, self.atom(name), arity)?;
        Some((row_address(self.bifs.row(ix)), cell.word()))
    }

    fn lambda(&self, l: LambdaIx) -> u64 {
        std::ptr::from_ref(&*self.input.lambdas[l.index()]) as u64
    }
}
