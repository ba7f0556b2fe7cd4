//! Taking old code away, and what becomes of its funs. A purge has three steps: nobody enters the old code any more
//! ([`CodeServer::begin_purge`]); every process is looked at, by whoever purges; the code goes ([`CodeServer::finish_purge`]).
//! Funs refer to their code by an entry of the fun table, so that all of a version die, live again or move to another one at once.

use std::sync::{Arc, PoisonError};

use super::instance::ModuleInstance;
use super::server::{CodeServer, Slot, lock};
use crate::atoms::Atom;
use crate::heap::{FunRef, LiteralBlock, Ranges};

/// Somebody else is purging the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeUnderWay;

/// What a purge takes away: every process must leave it first.
#[derive(Clone)]
pub struct Leaving {
    /// Code that nobody may be in.
    pub code: Option<Arc<ModuleInstance>>,
    /// Literals that nobody may hold.
    pub literals: Ranges,
}

impl Leaving {
    /// Code, with its literals.
    pub fn code(instance: Arc<ModuleInstance>) -> Leaving {
        Leaving {
            literals: instance.literal_range().into_iter().collect(),
            code: Some(instance),
        }
    }
}

/// Words of retired persistent terms (2 MB) that wait for a burial: it looks at every process.
const MOST_RETIRED: usize = 256 * 1024;
/// What a retired term counts besides its words: 64 small ones are enough.
const RETIRED: usize = MOST_RETIRED / 64;

impl CodeServer {
    /// First step of a purge: from now on nobody enters the old code anew, not even by a fun, and, once every scheduler passed a slice
    /// boundary, no process starts with literals of its parent's. Then every process must be asked whether it is in the old code; only
    /// when none is, [`CodeServer::finish_purge`] may follow. `None`: there is no old code. One purge of a module at
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
            self.purges.raise();
            slot.old.clone()
        };
        if let Some(old) = &old {
            self.disown_funs(old, carry);
        }
        Ok(old)
    }

    /// Is any purge under way?
    pub fn is_purging(&self) -> bool {
        self.purges.get() > 0
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
                self.purge_ended(s);
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
                self.purge_ended(s);
                s.old.take()
            })
        };
        let Some(old) = old else { return false };
        self.unplace_later(&old);
        true
    }

    /// Discarded code that somebody may have entered, and persistent terms that are no more, go as old code does: nobody enters it, everybody is
    /// looked at, it is freed. Answers whether there is any. One burial at a time.
    pub fn begin_burial(&self) -> Result<bool, PurgeUnderWay> {
        let mut discarded = lock(&self.discarded);
        if !discarded.going.is_empty() || !discarded.going_terms.is_empty() {
            return Err(PurgeUnderWay);
        }
        (discarded.waiting_weight, discarded.due_weight) = (0, 0);
        discarded.going = std::mem::take(&mut discarded.waiting);
        discarded.going_terms = std::mem::take(&mut discarded.waiting_terms);
        let any = !discarded.going.is_empty() || !discarded.going_terms.is_empty();
        if any {
            self.purges.raise();
        }
        Ok(any)
    }

    /// What is being buried.
    pub fn going(&self) -> Vec<Leaving> {
        let discarded = lock(&self.discarded);
        let code = discarded.going.iter().map(|i| Leaving::code(Arc::clone(i)));
        // One walk for all terms.
        let terms = (!discarded.going_terms.is_empty()).then(|| Leaving {
            code: None,
            literals: discarded
                .going_terms
                .iter()
                .map(LiteralBlock::range)
                .collect(),
        });
        code.chain(terms).collect()
    }

    /// Discarded instances that wait.
    pub fn discarded(&self) -> usize {
        lock(&self.discarded).waiting.len()
    }

    /// Takes a persistent term that was replaced or erased. Answers whether so much waits that a burial is due: who is told so sees to it, and
    /// the next is told when twice as much waits.
    pub fn retire(&self, term: LiteralBlock) -> bool {
        let mut discarded = lock(&self.discarded);
        discarded.waiting_weight += RETIRED + term.words();
        discarded.waiting_terms.push(term);
        let is_due = discarded.waiting_weight >= MOST_RETIRED.max(2 * discarded.due_weight);
        if is_due {
            discarded.due_weight = discarded.waiting_weight;
        }
        is_due
    }

    /// Last step of a burial: nobody is in the code or holds its literals.
    pub fn finish_burial(self: &Arc<Self>) -> bool {
        let (gone, terms) = {
            let mut discarded = lock(&self.discarded);
            (
                std::mem::take(&mut discarded.going),
                std::mem::take(&mut discarded.going_terms),
            )
        };
        if gone.is_empty() && terms.is_empty() {
            return false;
        }
        self.purges.lower();
        gone.iter().for_each(|i| self.unplace_later(i));
        self.after_slices(Box::new(move || drop(terms)));
        true
    }

    fn purge_ended(&self, slot: &mut Slot) {
        if std::mem::take(&mut slot.purging) {
            self.purges.lower();
        }
    }

    /// Frees an instance once no scheduler can be in it. Who calls has made sure that no process will return to it.
    pub(super) fn unplace_later(self: &Arc<Self>, instance: &Arc<ModuleInstance>) {
        let (server, id) = (Arc::clone(self), instance.id);
        self.after_slices(Box::new(move || server.placed.remove(id)));
    }

    /// Funs of this code (the same bytes give the same entries) run in this instance: always, or only those that have no code.
    pub(super) fn adopt_funs(&self, instance: &ModuleInstance, always: bool) {
        for (fun, function) in &instance.lambdas {
            if always || fun.code() == 0 {
                fun.set_owner(instance.id.0);
                fun.set_code(instance.entry_address(*function as usize));
            }
        }
    }

    /// Funs of this instance move to another one with the same code (with `carry`: with the same function), or die.
    pub(super) fn disown_funs(&self, instance: &ModuleInstance, carry: bool) {
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
}

/// Is the body of this fun the same function in both?
fn same_body(fun: &FunRef, old: &ModuleInstance, new: &ModuleInstance) -> bool {
    old.find(fun.function, fun.full_arity())
        .is_some_and(|f| old.same_function(f, new).is_some())
}
