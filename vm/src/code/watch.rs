//! What a guarded reload watches in the VM: exceptions that leave functions, and processes that end abnormally in a module's code or while
//! they keep its state. Counted only while somebody watches; calls and their times are the tracer's.
//!
//! ```text
//!   f1 raises ──> left ──> f2 called it ──> left ──> f3 has the handler: nothing leaves it
//! ```
//! A function that catches what it raised itself is as good as one that raises nothing.

use std::sync::atomic::Ordering;

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
            if ends && !ended.contains(&instance.id) {
                ended.push(instance.id);
                instance.exits.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// A process that kept a state of the module ended abnormally.
    pub fn keeper_ended(&self, module: Atom) {
        if let Some(instance) = self.current(module) {
            instance.exits.fetch_add(1, Ordering::Relaxed);
        }
    }
}
