//! The code server: all modules of a VM with their current and old instances. How a module file becomes an instance is in
//! [`super::prepare`], how instances become visible in [`super::publish`], how they go in [`super::purge`].

use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use hashbrown::HashMap;

use super::instance::{ModuleInstance, Place};
use super::lower::Lower;
use super::placed::Placed;
use crate::atoms::Atom;
use crate::heap::{FunRef, FunTable, HeapEnv, LiteralBlock, OwnedTerm};
use crate::sync::code_cells::CellTable;
use crate::sync::slices::Mark;

/// What the schedulers do for the code server.
pub trait Quiesce: Send + Sync {
    /// Calls `done` once every scheduler has passed a slice boundary from now on: what they read before is no longer in use.
    fn after_slices(&self, done: Box<dyn FnOnce() + Send>);

    /// Looks whether something that waits may be done now.
    fn poll(&self) {}
}

/// No scheduler runs: everything is at rest at once. For tests, and for loading before the schedulers start.
pub struct AtRest;

impl Quiesce for AtRest {
    fn after_slices(&self, done: Box<dyn FnOnce() + Send>) {
        done();
    }
}

/// The instances of one module.
#[derive(Clone, Default)]
pub struct Slot {
    /// Fully-qualified calls go here.
    pub current: Option<Arc<ModuleInstance>>,
    /// Frames and funs may still be here.
    pub old: Option<Arc<ModuleInstance>>,
    /// Its `on_load` function has not answered yet.
    pub pending: Option<Arc<ModuleInstance>>,
    /// Where the current code came from: a path as a string, or an atom.
    pub file: Option<Arc<OwnedTerm>>,
    /// The old instance is being purged.
    pub purging: bool,
    /// It was loaded once, even if it is gone now.
    pub published: bool,
    /// Versions prepared so far.
    pub versions: u32,
    /// Funs of versions that are gone which run in the same function of a later one ([`CodeServer::begin_purge`] with `carry`).
    pub carried: Vec<FunRef>,
}

/// All code of a VM.
pub struct CodeServer {
    pub(super) env: Arc<HeapEnv>,
    pub(super) cells: CellTable,
    pub(super) lower: Box<dyn Lower>,
    pub(super) quiesce: OnceLock<Box<dyn Quiesce>>,
    pub(super) active: Mark,
    pub(super) modules: RwLock<HashMap<Atom, Slot>>,
    pub(super) placed: Placed,
    /// Is a publication under way?
    pub(super) publishing: Mutex<bool>,
    pub(super) next_id: AtomicU64,
    /// Purges under way: while there are any, a new process shares no literals with its parent.
    pub(super) purges: Mark,
    /// Guarded reloads that watch.
    pub(super) watchers: AtomicUsize,
    pub(super) discarded: Mutex<Discarded>,
}

/// Code that was never published but may have been entered: by its `on_load` function, by a rehearsal, by funs that were there before it.
#[derive(Default)]
pub(super) struct Discarded {
    pub(super) waiting: Vec<Arc<ModuleInstance>>,
    /// Being purged.
    pub(super) going: Vec<Arc<ModuleInstance>>,
    /// Persistent terms that were replaced or erased, which processes may still hold.
    pub(super) waiting_terms: Vec<LiteralBlock>,
    /// What they weigh, and what they weighed when somebody was last told to bury them.
    pub(super) waiting_weight: usize,
    pub(super) due_weight: usize,
    /// Such terms that every process is giving up.
    pub(super) going_terms: Vec<LiteralBlock>,
}

impl CodeServer {
    /// A server without modules.
    pub fn new(env: Arc<HeapEnv>, cells: CellTable, lower: Box<dyn Lower>) -> Arc<CodeServer> {
        Arc::new(CodeServer {
            env,
            cells,
            lower,
            quiesce: OnceLock::new(),
            active: Mark::new(0),
            modules: RwLock::default(),
            placed: Placed::default(),
            publishing: Mutex::new(false),
            next_id: AtomicU64::new(1),
            purges: Mark::new(0),
            watchers: AtomicUsize::new(0),
            discarded: Mutex::default(),
        })
    }

    /// Tells how to wait for the schedulers; without it (before they start) everything counts as at rest.
    pub fn set_quiesce(&self, quiesce: Box<dyn Quiesce>) {
        if self.quiesce.set(quiesce).is_err() {
            panic!("invariant: the schedulers introduce themselves once");
        }
    }

    /// The code index that a slice starting now uses.
    #[inline(always)]
    pub fn active_index(&self) -> usize {
        self.active.get() as usize
    }

    /// What all heaps of this VM share.
    pub fn env(&self) -> &Arc<HeapEnv> {
        &self.env
    }

    /// The export cells.
    pub fn cells(&self) -> &CellTable {
        &self.cells
    }

    /// Every local fun ever loaded.
    pub fn funs(&self) -> &FunTable {
        &self.env.funs
    }

    /// The instances of a module, if it was ever loaded.
    pub fn slot(&self, module: Atom) -> Option<Slot> {
        self.slots()
            .get(&module)
            .filter(|s| s.published || s.pending.is_some())
            .cloned()
    }

    /// The current instance of a module.
    pub fn current(&self, module: Atom) -> Option<Arc<ModuleInstance>> {
        self.slots().get(&module)?.current.clone()
    }

    /// The old instance of a module.
    pub fn old(&self, module: Atom) -> Option<Arc<ModuleInstance>> {
        self.slots().get(&module)?.old.clone()
    }

    /// All modules that have current code.
    pub fn loaded(&self) -> Vec<Atom> {
        self.slots()
            .iter()
            .filter(|(_, s)| s.current.is_some())
            .map(|(m, _)| *m)
            .collect()
    }

    /// Is `Module:Function/Arity` callable from outside (built in, or exported by current code)?
    pub fn is_exported(&self, module: Atom, name: Atom, arity: u8) -> bool {
        self.cells
            .get(module, name, arity)
            .is_some_and(|c| c.is_defined(self.active_index()))
    }

    /// The instance whose words hold this address. Takes no lock.
    pub fn instance_at(&self, address: u64) -> Option<Arc<ModuleInstance>> {
        self.placed.find(address)
    }

    /// Instance, function and line of an address within an instruction; for a return address: one word (8 bytes) before it.
    pub fn locate(&self, address: u64) -> Option<(Arc<ModuleInstance>, Place)> {
        let instance = self.instance_at(address)?;
        let place = instance.place(address)?;
        Some((instance, place))
    }

    /// Remembers an instance whose `on_load` function must answer first. Fails when there is one already.
    pub fn set_pending(&self, instance: &Arc<ModuleInstance>) -> bool {
        let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
        let slot = slots.entry(instance.module).or_default();
        if slot.pending.is_some() {
            return false;
        }
        slot.pending = Some(Arc::clone(instance));
        true
    }

    /// Notes where the current code of a module came from.
    pub fn set_file(&self, module: Atom, file: OwnedTerm) {
        let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
        slots.entry(module).or_default().file = Some(Arc::new(file));
    }

    /// Takes the instance whose `on_load` function has answered.
    pub fn take_pending(&self, module: Atom) -> Option<Arc<ModuleInstance>> {
        let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
        slots.get_mut(&module)?.pending.take()
    }

    pub(super) fn slots(&self) -> RwLockReadGuard<'_, HashMap<Atom, Slot>> {
        self.modules.read().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
