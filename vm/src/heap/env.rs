//! What all heaps of one VM share: the atom table, the literal area, lambdas, reference numbers, the memory budget and the debugging switches.

use super::pauses::Pauses;
use super::{FunTable, LiteralArea, RefId};
use crate::atoms::AtomTable;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};

/// Shared by the heaps of one VM.
pub struct HeapEnv {
    pub atoms: Arc<AtomTable>,
    pub literals: LiteralArea,
    pub funs: FunTable,
    /// Bytes in heaps, owned terms and counted binaries.
    pub budget: Budget,
    /// Collect at every n-th collection point; 0: only when needed.
    pub gc_stress: AtomicU32,
    /// Collections of all heaps so far.
    pub collections: AtomicU64,
    /// Words they gave back.
    pub words_reclaimed: AtomicU64,
    /// How long those of larger heaps took.
    pub pauses: Pauses,
    next_ref: AtomicU64,
    next_unique: AtomicU64,
}

impl HeapEnv {
    /// What the heaps of a new VM share.
    pub fn new(atoms: Arc<AtomTable>) -> Arc<HeapEnv> {
        Arc::new(HeapEnv {
            atoms,
            literals: LiteralArea::default(),
            funs: FunTable::default(),
            budget: Budget::default(),
            gc_stress: AtomicU32::new(0),
            collections: AtomicU64::new(0),
            words_reclaimed: AtomicU64::new(0),
            pauses: Pauses::default(),
            next_ref: AtomicU64::new((1 << 18) + 1),
            next_unique: AtomicU64::new(1),
        })
    }

    /// A number no reference of this VM had before.
    pub fn fresh_ref(&self) -> RefId {
        RefId(self.next_ref.fetch_add(1, Ordering::Relaxed))
    }

    /// The next strictly growing integer, from 1.
    pub fn next_unique(&self) -> u64 {
        self.next_unique.fetch_add(1, Ordering::Relaxed)
    }
}

/// The memory bound of a VM. Crossing it is noticed by `exceeded` at the next collection point, where the process ends with an error.
pub struct Budget {
    used: AtomicUsize,
    limit: AtomicUsize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            used: AtomicUsize::new(0),
            limit: AtomicUsize::new(usize::MAX),
        }
    }
}

impl Budget {
    /// The bytes that heaps and large binaries may take before processes fail for want of memory.
    pub fn set_limit(&self, bytes: usize) {
        self.limit.store(bytes, Ordering::Relaxed);
    }
    /// The limit, in bytes.
    pub fn limit(&self) -> usize {
        self.limit.load(Ordering::Relaxed)
    }
    /// Bytes that heaps have.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }
    /// So many bytes more.
    pub fn add(&self, bytes: usize) {
        self.used.fetch_add(bytes, Ordering::Relaxed);
    }
    /// So many bytes less.
    pub fn sub(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::Relaxed);
    }
    /// Is more in use than the limit?
    pub fn exceeded(&self) -> bool {
        !self.has_room(0)
    }
    /// Whether that many bytes more would still fit.
    pub fn has_room(&self, bytes: usize) -> bool {
        let limit = self.limit();
        limit == usize::MAX
            || self
                .used()
                .saturating_add(super::counted_bytes())
                .saturating_add(bytes)
                <= limit
    }
}
