//! Publication: the one way in which code becomes visible.
//!
//! ```text
//!  prepare ──> instance (nobody can call it)
//!  publish: 1. fill the staging index of every cell that changes     (no scheduler reads that index)
//!           2. make it the active index                              (schedulers read it at their next slice start)
//!           3. once every scheduler passed a slice boundary: bring the other indices up to date, answer the loader
//! ```
//! So several modules switch together, a slice sees one state of all code, and at rest all indices of a cell are equal. Only one
//! publication is under way at a time; the next one is told [`PublishError::Busy`]. Nothing here blocks a scheduler.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use hashbrown::{HashMap, HashSet};

use super::instance::ModuleInstance;
use super::server::{AtRest, CodeServer, Quiesce, Slot, lock};
use crate::atoms::Atom;
use crate::sync::code_cells::{CODE_INDICES, CellRef};

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

/// The cells a publication changes, with their new addresses.
type Delta = Vec<(CellRef, u64)>;

impl CodeServer {
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
        let loaded = step.load.iter().map(|i| i.module);
        let others = step.delete.iter().chain(&step.swap).copied();
        let touched: Vec<Atom> = loaded.chain(others).collect();
        for e in touched
            .iter()
            .filter_map(|m| slots.get(m)?.current.clone())
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
            self.count_anew(instance);
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
        for slot in touched.iter().filter_map(|m| slots.get(m)) {
            for (instance, is) in [(&slot.current, true), (&slot.old, false)] {
                if let Some(instance) = instance {
                    instance.current.store(is, Ordering::Relaxed);
                }
            }
        }
        self.active.set(staging as u64);
        Ok(delta)
    }
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
