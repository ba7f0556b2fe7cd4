//! What a guarded reload watches in the VM: exceptions that leave functions, and processes that end abnormally in a module's code or while
//! they keep its state. Counted only while somebody watches; calls and their times are the tracer's.
//!
//! ```text
//!   f1 raises ──> left ──> f2 called it ──> left ──> f3 has the handler: nothing leaves it
//! ```
//! A function that catches what it raised itself is as good as one that raises nothing.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::ModuleInstance;
use super::server::CodeServer;
use crate::atoms::Atom;

/// Frames of one exception that are looked at; a recursion's repeated ones count once.
const MOST_FRAMES: usize = 64;

impl CodeServer {
    /// One more watcher, or one less.
    pub fn watch(&self, on: bool) {
        match on {
            true => self.watchers.fetch_add(1, Ordering::SeqCst),
            false => self.watchers.fetch_sub(1, Ordering::SeqCst),
        };
    }

    /// Does anybody watch?
    #[inline]
    pub fn is_watched(&self) -> bool {
        self.watchers.load(Ordering::Relaxed) > 0
    }

    /// What is counted of an instance begins with its switch: a rehearsal may have raised in it before.
    pub(super) fn count_anew(&self, instance: &ModuleInstance) {
        if self.is_watched() {
            instance.exits.store(0, Ordering::Relaxed);
            for function in &instance.functions {
                function.escapes.store(0, Ordering::Relaxed);
            }
        }
    }

    /// An exception left these places, addresses within instructions, innermost first. `ends`: the process ends by it, abnormally.
    pub fn escaped(&self, addresses: impl Iterator<Item = u64>, ends: bool) {
        let (mut last, mut ended) = (0, Vec::new());
        for address in addresses.take(MOST_FRAMES) {
            if address == last {
                continue;
            }
            last = address;
            let Some(instance) = self.instance_at(address) else {
                continue;
            };
            if let Some(f) = instance.function_at(address) {
                instance.functions[f]
                    .escapes
                    .fetch_add(1, Ordering::Relaxed);
            }
            // The version that was innermost: what called it is not to blame.
            if ends && !ended.contains(&instance.module) {
                ended.push(instance.module);
                instance.exits.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// A process that kept a state of the module ended abnormally, by what a function of that version raised; the current one, if not said.
    pub fn keeper_ended(&self, module: Atom, version: Option<u32>) {
        let slot = self.slot(module).unwrap_or_default();
        let of = |i: &Arc<ModuleInstance>| version.is_none_or(|v| v == i.version);
        if let Some(instance) = slot.current.into_iter().chain(slot.old).find(of) {
            instance.exits.fetch_add(1, Ordering::Relaxed);
        }
    }
}
