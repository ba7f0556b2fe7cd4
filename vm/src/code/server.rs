//! The code server: modules with their current and old instances, and the one way in which code becomes visible.
//!
//! ```text
//!  prepare ──> instance (nobody can call it)
//!  publish: 1. fill the staging index of every cell that changes     (no scheduler reads that index)
//!           2. make it the active index                              (schedulers read it at their next slice start)
//!           3. once every scheduler passed a slice boundary: bring the other indices up to date, answer the loader
//! ```
//! So several modules switch together, a slice sees one state of all code, and at rest all indices of a cell are equal. Only one
//! publication is under way at a time; the next one is told [`PublishError::Busy`]. Nothing here blocks a scheduler.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::time::SystemTime;

use hashbrown::{HashMap, HashSet};
use transom_bytecode::{Module, Verified, code_hash, function_hash};

use super::instance::{CodeRange, ExportEntry, FunctionInfo, InstanceId, ModuleInstance, Place};
use super::lower::{Lower, LowerError, LowerInput, Lowered};
use super::plan::Loops;
use crate::atoms::{Atom, TooMany};
use crate::heap::{FunInfo, FunRef, FunTable, HeapEnv, OwnedTerm};
use crate::sync::code_cells::{CODE_INDICES, CellRef, CellTable};
use crate::sync::published::Published;

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

/// Why nothing was published. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishError {
    /// Another publication is under way: try again when it has settled.
    Busy,
    /// These modules still have old code.
    NotPurged(Vec<Atom>),
    /// These modules are in the step more than once.
    Duplicated(Vec<Atom>),
    /// These modules are not loaded (delete, swap), or have no old code to swap with.
    NotLoaded(Vec<Atom>),
    /// These modules are loaded, and only absent ones were to be.
    Loaded(Vec<Atom>),
}

/// Somebody else is purging the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeUnderWay;

/// What one publication does; all of it at once.
#[derive(Default)]
pub struct Step {
    /// Instances that become current; what was current becomes old.
    pub load: Vec<Arc<ModuleInstance>>,
    /// Modules whose current code becomes old, without a successor.
    pub delete: Vec<Atom>,
    /// Modules whose current and old instances change roles (a rollback before the purge).
    pub swap: Vec<Atom>,
    /// Nothing is done when a module to be loaded has current code.
    pub only_if_absent: bool,
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

#[derive(Clone)]
struct Placed {
    range: CodeRange,
    instance: Arc<ModuleInstance>,
}

/// The cells a publication changes, with their new addresses.
type Delta = Vec<(CellRef, u64)>;

/// All code of a VM.
pub struct CodeServer {
    env: Arc<HeapEnv>,
    cells: CellTable,
    lower: Box<dyn Lower>,
    quiesce: OnceLock<Box<dyn Quiesce>>,
    active: AtomicUsize,
    modules: RwLock<HashMap<Atom, Slot>>,
    /// All instances whose words may be on a stack, by address.
    placed: Published<Vec<Placed>>,
    placing: Mutex<()>,
    /// Is a publication under way?
    publishing: Mutex<bool>,
    next_id: AtomicU64,
}

impl CodeServer {
    /// A server without modules.
    pub fn new(env: Arc<HeapEnv>, cells: CellTable, lower: Box<dyn Lower>) -> Arc<CodeServer> {
        Arc::new(CodeServer {
            env,
            cells,
            lower,
            quiesce: OnceLock::new(),
            active: AtomicUsize::new(0),
            modules: RwLock::default(),
            placed: Published::new(Vec::new()),
            placing: Mutex::new(()),
            publishing: Mutex::new(false),
            next_id: AtomicU64::new(1),
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
        self.active.load(Ordering::Acquire)
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
        self.placed.read(|all| {
            let i = all
                .partition_point(|p| p.range.start <= address)
                .checked_sub(1)?;
            all[i]
                .range
                .has(address)
                .then(|| Arc::clone(&all[i].instance))
        })
    }

    /// Instance, function and line of an address within an instruction; for a return address: one word (8 bytes) before it.
    pub fn locate(&self, address: u64) -> Option<(Arc<ModuleInstance>, Place)> {
        let instance = self.instance_at(address)?;
        let place = instance.place(address)?;
        Some((instance, place))
    }

    /// Makes a module runnable without making it visible: nobody can call it until it is published.
    pub fn prepare(&self, module: Verified<Module>) -> Result<Arc<ModuleInstance>, PrepareError> {
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
        let hash = code_hash(&module);
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
        let instance = Arc::new(self.instance(module.into_inner(), atoms, lambdas, hash, lowered));
        self.place(&instance);
        // Funs of code that nobody has loaded yet work at once: an `on_load` function may make some.
        self.adopt_funs(&instance, false);
        Ok(instance)
    }

    /// Forgets a prepared instance that will never be published (a failed `on_load`). Its processes must be gone.
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
        self.unplace_later(instance);
    }

    /// Performs a step: see the head of this file. `done` is called when every scheduler runs the new code.
    pub fn publish(
        self: &Arc<Self>,
        step: Step,
        done: Box<dyn FnOnce() + Send>,
    ) -> Result<(), PublishError> {
        self.poll();
        {
            let mut publishing = lock(&self.publishing);
            if *publishing {
                return Err(PublishError::Busy);
            }
            *publishing = true;
        }
        let delta = match self.switch(&step) {
            Ok(delta) => delta,
            Err(e) => {
                *lock(&self.publishing) = false;
                return Err(e);
            }
        };
        let server = Arc::clone(self);
        self.after_slices(Box::new(move || {
            // What the active index says now: tracing may have turned the cell to a stub of its own since.
            for (cell, _) in delta {
                cell.set_all(cell.address(server.active_index()));
            }
            *lock(&server.publishing) = false;
            done();
        }));
        Ok(())
    }

    /// Calls `done` once every scheduler has passed a slice boundary.
    pub fn after_slices(&self, done: Box<dyn FnOnce() + Send>) {
        match self.quiesce.get() {
            Some(q) => q.after_slices(done),
            None => AtRest.after_slices(done),
        }
    }

    /// Finishes what waited for the schedulers, if they have passed. Who waits for a publication calls it in turn with ending its slices.
    pub fn poll(&self) {
        if let Some(q) = self.quiesce.get() {
            q.poll();
        }
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

    /// First step of a purge: from now on nobody enters the old code anew, not even by a fun. Then every process must be asked whether
    /// it is in it; only when none is, [`CodeServer::finish_purge`] may follow. `None`: there is no old code. One purge of a module at
    /// a time. With `carry`, funs whose function is the same in the current version run there from now on instead of dying.
    pub fn begin_purge(
        &self,
        module: Atom,
        carry: bool,
    ) -> Result<Option<Arc<ModuleInstance>>, PurgeUnderWay> {
        let old = {
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            let Some(slot) = slots.get_mut(&module).filter(|s| s.old.is_some()) else {
                return Ok(None);
            };
            if std::mem::replace(&mut slot.purging, true) {
                return Err(PurgeUnderWay);
            }
            slot.old.clone()
        };
        if let Some(old) = &old {
            self.disown_funs(old, carry);
        }
        Ok(old)
    }

    /// Funs of the old code whose function is the same in the current code run there from now on.
    pub fn carry_funs(&self, module: Atom) {
        if let Some(old) = self.old(module) {
            self.move_funs(&old, true, false);
        }
    }

    /// A purge that was called off (`soft_purge` found a user): funs of the old code work again.
    pub fn abort_purge(&self, module: Atom) {
        let old = {
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            slots.get_mut(&module).and_then(|s| {
                s.purging = false;
                s.old.clone()
            })
        };
        if let Some(old) = old {
            self.adopt_funs(&old, false);
        }
    }

    /// Last step of a purge: the old instance is forgotten now and freed after the schedulers passed a slice boundary.
    pub fn finish_purge(self: &Arc<Self>, module: Atom) -> bool {
        let old = {
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            slots.get_mut(&module).filter(|s| s.purging).and_then(|s| {
                s.purging = false;
                s.old.take()
            })
        };
        let Some(old) = old else { return false };
        self.unplace_later(&old);
        true
    }

    // ---- private

    fn slots(&self) -> RwLockReadGuard<'_, HashMap<Atom, Slot>> {
        self.modules.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn instance(
        &self,
        mut meta: Module,
        atoms: Box<[Atom]>,
        lambdas: Vec<FunRef>,
        hash: [u8; 16],
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
                hash: function_hash(&meta, f),
                loops: Loops::of(&meta, i),
                exceptions: AtomicU64::new(0),
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
        let lambdas = lambdas
            .into_iter()
            .zip(&meta.lambdas)
            .map(|(f, l)| (f, l.function.0))
            .collect();
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
            file: OnceLock::new(),
            words: lowered.words.into_iter().map(AtomicU64::new).collect(),
            lines: lowered.lines.into_boxed_slice(),
            literals: lowered.literals,
        }
    }

    /// Checks a step and, if nothing speaks against it, makes it visible. Answers what the other indices must still learn.
    fn switch(&self, step: &Step) -> Result<Delta, PublishError> {
        let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
        check_step(&slots, step)?;
        let staging = (self.active_index() + 1) % CODE_INDICES;
        // Later entries win: first what goes, then what comes.
        let mut changes: HashMap<u64, (CellRef, u64)> = HashMap::new();
        let mut set = |cell: CellRef, address: u64| {
            if cell.bif.is_none() {
                changes.insert(cell.word(), (cell, address));
            }
        };
        let leaving = step
            .load
            .iter()
            .map(|i| i.module)
            .chain(step.delete.iter().copied())
            .chain(step.swap.iter().copied());
        for e in leaving
            .filter_map(|m| slots.get(&m)?.current.clone())
            .flat_map(|i| i.exports.to_vec())
        {
            set(e.cell, e.cell.stub_address());
        }
        let swapped = step.swap.iter().filter_map(|m| slots.get(m)?.old.clone());
        let coming: Vec<_> = step.load.iter().cloned().chain(swapped).collect();
        for instance in &coming {
            for e in &instance.exports {
                set(e.cell, instance.entry_address(e.function as usize));
            }
        }
        let delta: Delta = changes.into_values().collect();
        for (cell, address) in &delta {
            cell.set_address(staging, *address);
        }
        for module in step.delete.iter().chain(&step.swap) {
            let slot = slots.entry(*module).or_default();
            std::mem::swap(&mut slot.current, &mut slot.old);
        }
        for instance in &step.load {
            let slot = slots.entry(instance.module).or_default();
            slot.published = true;
            // Without current code (deleted) what is old stays old.
            if let Some(before) = slot.current.replace(Arc::clone(instance)) {
                slot.old = Some(before);
            }
        }
        for instance in &coming {
            self.adopt_funs(instance, true);
        }
        self.active.store(staging, Ordering::Release);
        Ok(delta)
    }

    /// Funs of this code (the same bytes give the same entries) run in this instance: always, or only those that have no code.
    fn adopt_funs(&self, instance: &ModuleInstance, always: bool) {
        for (fun, function) in &instance.lambdas {
            if always || fun.code() == 0 {
                fun.set_owner(instance.id.0);
                fun.set_code(instance.entry_address(*function as usize));
            }
        }
    }

    /// Funs of this instance move to another one with the same code (with `carry`: with the same function), or die.
    fn disown_funs(&self, instance: &ModuleInstance, carry: bool) {
        self.move_funs(instance, carry, true);
    }

    fn move_funs(&self, instance: &ModuleInstance, carry: bool, end: bool) {
        let slot = self.slot(instance.module).unwrap_or_default();
        let others = [&slot.current, &slot.old, &slot.pending];
        let heir = others
            .into_iter()
            .flatten()
            .find(|i| i.id != instance.id && i.hash == instance.hash);
        let current = slot.current.as_ref().filter(|i| i.id != instance.id);
        let own = instance.lambdas.iter().map(|(fun, _)| *fun);
        let mut moved = Vec::new();
        for fun in own.chain(slot.carried.iter().copied()) {
            if fun.owner() != instance.id.0 {
                continue;
            }
            let next = match (heir, current) {
                (Some(heir), _) => Some(heir),
                (None, Some(current)) if carry && same_body(&fun, instance, current) => {
                    moved.push(fun);
                    Some(current)
                }
                (None, _) => None,
            };
            let place = next.and_then(|i| Some((i, i.find(fun.function, fun.full_arity())?)));
            match place {
                Some((next, function)) => {
                    fun.set_owner(next.id.0);
                    fun.set_code(next.entry_address(function));
                }
                None if end => {
                    fun.set_code(0);
                    fun.set_owner(0);
                }
                None => {}
            }
        }
        if !moved.is_empty() {
            let mut slots = self.modules.write().unwrap_or_else(PoisonError::into_inner);
            let slot = slots.entry(instance.module).or_default();
            slot.carried
                .retain(|f| f.owner() != 0 && !moved.contains(f));
            slot.carried.extend(moved);
        }
    }

    fn place(&self, instance: &Arc<ModuleInstance>) {
        let _one_writer = lock(&self.placing);
        let mut all = self.placed.read(Vec::clone);
        let range = instance.range();
        let at = all.partition_point(|p| p.range.start < range.start);
        all.insert(
            at,
            Placed {
                range,
                instance: Arc::clone(instance),
            },
        );
        self.placed.store(all);
    }

    /// Frees an instance once no scheduler can be in it. Who calls has made sure that no process will return to it.
    fn unplace_later(self: &Arc<Self>, instance: &Arc<ModuleInstance>) {
        let (server, id) = (Arc::clone(self), instance.id);
        self.after_slices(Box::new(move || {
            let _one_writer = lock(&server.placing);
            let mut all = server.placed.read(Vec::clone);
            all.retain(|p| p.instance.id != id);
            server.placed.store(all);
        }));
    }
}

/// Is the body of this fun the same function in both?
fn same_body(fun: &FunRef, old: &ModuleInstance, new: &ModuleInstance) -> bool {
    let find = |i: &ModuleInstance| {
        i.find(fun.function, fun.full_arity())
            .map(|f| i.functions[f].hash)
    };
    matches!((find(old), find(new)), (Some(a), Some(b)) if a == b)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn check_step(slots: &HashMap<Atom, Slot>, step: &Step) -> Result<(), PublishError> {
    let fail = |found: Vec<Atom>, error: fn(Vec<Atom>) -> PublishError| {
        if found.is_empty() {
            Ok(())
        } else {
            Err(error(found))
        }
    };
    let has_old = |m: &Atom| slots.get(m).is_some_and(|s| s.old.is_some());
    let has_current = |m: &Atom| slots.get(m).is_some_and(|s| s.current.is_some());
    let loads: Vec<Atom> = step.load.iter().map(|i| i.module).collect();
    let mut seen = HashSet::new();
    let all = loads.iter().chain(&step.delete).chain(&step.swap);
    fail(
        all.filter(|m| !seen.insert(**m)).copied().collect(),
        PublishError::Duplicated,
    )?;
    fail(
        step.delete
            .iter()
            .filter(|m| !has_current(m))
            .copied()
            .collect(),
        PublishError::NotLoaded,
    )?;
    fail(
        step.swap.iter().filter(|m| !has_old(m)).copied().collect(),
        PublishError::NotLoaded,
    )?;
    // At most two versions; a load after a delete finds room beside the old one.
    if step.only_if_absent {
        fail(
            loads.iter().filter(|m| has_current(m)).copied().collect(),
            PublishError::Loaded,
        )?;
    }
    let full = |m: &&Atom| has_old(m) && has_current(m);
    fail(
        loads
            .iter()
            .filter(full)
            .chain(step.delete.iter().filter(full))
            .copied()
            .collect(),
        PublishError::NotPurged,
    )
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
