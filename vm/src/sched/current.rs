//! What the running scheduler thread owns: its run queues, a store of free process slots. Reached through a thread-local, so that a
//! wake deep inside a built-in function finds the sender's own queue without every signature carrying it.

use super::queues::{Injectors, Queues};
use crate::heap::Pid;
use crate::process::table::BATCH;
use crate::sync::run_right::Wake;
use crate::vm::Vm;
use std::cell::RefCell;

/// Give slots back to the table above this many.
const KEEP: usize = 4 * BATCH;

/// A small generator for deterministic picks (xorshift64*); statistical quality hardly matters, replays do.
pub struct Random(u64);

impl Random {
    /// Numbers that follow from the seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}

/// Deterministic mode: picks at random among everything of the highest priority.
struct Seeded {
    random: Random,
    ready: Vec<(u8, Pid)>,
}

/// One scheduler's own things.
pub struct Local {
    vm: usize,
    pub index: usize,
    pub queues: Queues<Pid>,
    seeded: Option<Seeded>,
    slots: Vec<u32>,
}

thread_local! {
    static CURRENT: RefCell<Option<Local>> = const { RefCell::new(None) };
}

impl Local {
    /// What a scheduler's thread keeps at hand.
    pub fn new(vm: &Vm, index: usize, queues: Queues<Pid>) -> Local {
        let seeded = vm.options.seed.map(|seed| Seeded {
            random: Random::new(seed),
            ready: Vec::new(),
        });
        Local {
            vm: std::ptr::from_ref(vm).addr(),
            index,
            queues,
            seeded,
            slots: Vec::new(),
        }
    }

    /// Makes this thread the scheduler.
    pub fn install(self) {
        CURRENT.with_borrow_mut(|current| *current = Some(self));
    }

    fn push(&mut self, priority: u8, pid: Pid) -> usize {
        match &mut self.seeded {
            Some(seeded) => {
                seeded.ready.push((priority, pid));
                seeded.ready.len()
            }
            None => {
                self.queues.push(priority, pid);
                self.queues.len()
            }
        }
    }

    fn pop(&mut self, injectors: &Injectors<Pid>) -> Option<Pid> {
        let Some(seeded) = &mut self.seeded else {
            return self.queues.pop(injectors);
        };
        while let Some(pid) = self.queues.pop(injectors) {
            seeded.ready.push((1, pid));
        }
        let top = seeded
            .ready
            .iter()
            .map(|(priority, _)| (*priority).max(1))
            .max()?;
        let candidates = seeded
            .ready
            .iter()
            .filter(|(priority, _)| (*priority).max(1) == top)
            .count();
        let nth = seeded.random.below(candidates);
        let at = seeded
            .ready
            .iter()
            .enumerate()
            .filter(|(_, (p, _))| (*p).max(1) == top)
            .nth(nth)
            .map(|(at, _)| at)?;
        Some(seeded.ready.remove(at).1)
    }
}

/// Works on this thread's scheduler, if it is one of that VM.
pub fn with<R>(vm: &Vm, work: impl FnOnce(&mut Local) -> R) -> Option<R> {
    CURRENT.with_borrow_mut(|current| match current {
        Some(local) if local.vm == std::ptr::from_ref(vm).addr() => Some(work(local)),
        Some(_) | None => None,
    })
}

/// Leaves the scheduler role; entries still queued are dropped with it.
pub fn uninstall() {
    CURRENT.with_borrow_mut(|current| *current = None);
}

/// The next process to run.
pub fn pop(vm: &Vm) -> Option<Pid> {
    with(vm, |local| local.pop(&vm.schedulers.injectors)).flatten()
}

impl Vm {
    /// Pays what a state change owes: an entry in a run queue, of this scheduler if the thread is one.
    pub fn wake(&self, pid: Pid, wake: Wake) {
        let Wake::Enqueue(priority) = wake else {
            return;
        };
        match with(self, |local| local.push(priority, pid)) {
            // One entry is what this scheduler itself runs next (ping-pong stays on one core); two are worth a second core.
            Some(0 | 1) => {}
            Some(_) => self.schedulers.wake_one(),
            None => {
                self.schedulers.injectors.push(priority, pid);
                self.schedulers.wake_one();
            }
        }
    }

    /// Index of the scheduler this thread is, from 0.
    pub fn scheduler_index(&self) -> Option<usize> {
        with(self, |local| local.index)
    }

    /// A free process slot.
    pub fn take_slot(&self) -> Option<u32> {
        let own = with(self, |local| {
            if local.slots.is_empty() {
                self.processes.take_free(&mut local.slots, BATCH);
            }
            local.slots.pop()
        });
        own.unwrap_or_else(|| {
            let mut one = Vec::new();
            self.processes.take_free(&mut one, 1);
            one.pop()
        })
    }

    /// Gives a slot back.
    pub fn free_slot(&self, slot: u32) {
        let own = with(self, |local| {
            local.slots.push(slot);
            if local.slots.len() > KEEP {
                self.processes.give_free(local.slots.drain(..KEEP / 2));
            }
        });
        if own.is_none() {
            self.processes.give_free(std::iter::once(slot));
        }
    }
}
