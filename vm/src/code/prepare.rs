//! From a verified module to an instance that runs but that nobody can call: names become atoms and cells, lambdas get their entries in the
//! fun table, the specialiser makes the words.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::SystemTime;

#[cfg(doc)]
use transom_bytecode::code_hash;
use transom_bytecode::{Module, Verified};

use super::instance::{
    ExportEntry, FunctionInfo, InstanceId, ModuleInstance, Origin, function_hashes,
};
use super::lower::{LowerError, LowerInput, Lowered};
use super::plan::Loops;
use super::server::{CodeServer, lock};
use crate::atoms::{Atom, TooMany};
use crate::heap::{FunInfo, FunRef};
use crate::sync::code_cells::CellRef;

/// Why a verified module cannot be prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrepareError {
    /// The atom table is full.
    TooManyAtoms,
    /// The specialiser cannot take it.
    Lower(LowerError),
}

impl From<TooMany> for PrepareError {
    fn from(_: TooMany) -> Self {
        PrepareError::TooManyAtoms
    }
}

impl std::fmt::Display for PrepareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PrepareError::TooManyAtoms => f.write_str("the atom table is full"),
            PrepareError::Lower(e) => e.fmt(f),
        }
    }
}

impl CodeServer {
    /// Makes a module runnable without making it visible: nobody can call it until it is published. `hash` is its [`code_hash`].
    pub fn prepare(
        &self,
        module: Verified<Module>,
        hash: [u8; 16],
        origin: Origin,
    ) -> Result<Arc<ModuleInstance>, PrepareError> {
        let atoms = module
            .atoms
            .iter()
            .map(|a| self.env.atoms.intern(a))
            .collect::<Result<Box<[_]>, _>>()?;
        let imports: Vec<CellRef> = module
            .imports
            .iter()
            .map(|i| {
                self.cells
                    .ensure(atoms[i.module.index()], atoms[i.name.index()], i.arity)
            })
            .collect();
        let lambdas: Vec<FunRef> = module
            .lambdas
            .iter()
            .enumerate()
            .map(|(i, l)| {
                let f = &module.functions[l.function.index()];
                let (name, arity) = (atoms[f.name.index()], f.arity - l.free);
                let free = u16::from(l.free);
                self.env.funs.intern(FunInfo::new(
                    atoms[module.name.index()],
                    name,
                    arity,
                    free,
                    i as u32,
                    hash,
                    l.uniq,
                ))
            })
            .collect();
        let input = LowerInput {
            module: &module,
            atoms: &atoms,
            imports: &imports,
            lambdas: &lambdas,
            cells: &self.cells,
        };
        let lowered = self.lower.lower(&input).map_err(PrepareError::Lower)?;
        let instance =
            Arc::new(self.instance(module.into_inner(), atoms, lambdas, hash, origin, lowered));
        self.placed.insert(&instance);
        // Funs of code that nobody has loaded yet work at once: an `on_load` function may make some.
        self.adopt_funs(&instance, false);
        Ok(instance)
    }

    /// Forgets a prepared instance that will never be published (a failed `on_load`, a plan). Where somebody may be in its code, it goes with the
    /// next purge ([`CodeServer::begin_burial`]).
    pub fn discard(self: &Arc<Self>, instance: &Arc<ModuleInstance>) {
        {
            // A version that nobody saw takes no number.
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(slot) = slots.get_mut(&instance.module)
                && slot.versions == instance.version
            {
                slot.versions -= 1;
            }
        }
        self.disown_funs(instance, false);
        if instance.entered.load(Ordering::Relaxed) {
            lock(&self.discarded).waiting.push(Arc::clone(instance));
        } else {
            self.unplace_later(instance);
        }
    }

    fn instance(
        &self,
        mut meta: Module,
        atoms: Box<[Atom]>,
        lambdas: Vec<FunRef>,
        hash: [u8; 16],
        origin: Origin,
        lowered: Lowered,
    ) -> ModuleInstance {
        let module = atoms[meta.name.index()];
        let functions = meta
            .functions
            .iter()
            .zip(&lowered.entries)
            .enumerate()
            .map(|(i, (f, entry))| FunctionInfo {
                name: atoms[f.name.index()],
                arity: f.arity,
                entry: *entry,
                loops: Loops::of(&meta, i),
                exceptions: AtomicU64::new(0),
                escapes: AtomicU64::new(0),
            })
            .collect();
        let exports = meta
            .exports
            .iter()
            .map(|e| ExportEntry {
                cell: self.cells.ensure(module, atoms[e.name.index()], e.arity),
                function: e.function.0,
            })
            .collect();
        let has_lambdas = !lambdas.is_empty();
        let lambdas = lambdas
            .into_iter()
            .zip(&meta.lambdas)
            .map(|(f, l)| (f, l.function.0))
            .collect();
        // What can be read again is hashed when somebody compares versions, which is never for most modules.
        let hashes = match &origin {
            Origin::Memory => OnceLock::from(function_hashes(&meta)),
            Origin::File(_) | Origin::Image(_) => OnceLock::new(),
        };
        meta.functions.iter_mut().for_each(|f| f.code = Vec::new());
        meta.consts = Vec::new();
        let version = {
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            let slot = slots.entry(module).or_default();
            slot.versions += 1;
            slot.versions
        };
        ModuleInstance {
            id: InstanceId(self.next_id.fetch_add(1, Ordering::Relaxed)),
            module,
            version,
            hash,
            loaded_at: SystemTime::now(),
            functions,
            lambdas,
            exports,
            meta,
            atoms,
            hashes,
            origin,
            exits: AtomicU64::new(0),
            current: AtomicBool::new(false),
            // Funs of the same code that were dead live in it from now on.
            entered: AtomicBool::new(has_lambdas),
            words: lowered.words.into_iter().map(AtomicU64::new).collect(),
            lines: lowered.lines.into_boxed_slice(),
            literals: lowered.literals,
        }
    }
}
