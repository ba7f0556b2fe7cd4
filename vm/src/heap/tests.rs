//! Tests of the heap against simple models. Words that are made terms here are roots of the collection before, or lie in the literal area.
#![allow(clippy::undocumented_unsafe_blocks)]

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
