//! Tests of the heap against simple models.

mod collect;
mod hashes;
mod integers;
mod maps;

use super::*;
use crate::atoms::AtomTable;
use std::sync::Arc;

pub(super) fn env() -> Arc<HeapEnv> {
    HeapEnv::new(Arc::new(AtomTable::default()))
}

pub(super) fn heap() -> Heap {
    Heap::new(&env(), HeapOptions::default())
}
