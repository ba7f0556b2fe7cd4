//! Words, terms, blocks, collection: the memory of processes and everything that reads it raw.
//! Reading order: `word`, `term`, `alloc`, `collect`, `copy`, `owned`, `map`. Nothing outside this folder moves memory.
#![allow(unsafe_code)]

mod alloc;
mod bignum;
mod bits;
mod block;
mod collect;
mod compare;
mod copy;
mod counted;
mod debug;
mod env;
mod equal;
mod evacuate;
mod fun;
pub mod hash;
mod ids;
mod integer;
mod literal;
mod map;
mod map_build;
mod owned;
pub mod pauses;
mod raw;
mod stats;
mod term;
mod verify;
pub mod word;

pub use alloc::{Heap, HeapOptions};
pub(crate) use alloc::{SHARED_FROM, STACK_SLACK};
pub use bits::{Bits, shift_to_byte};
pub use collect::{Collected, Roots};
pub use compare::{cmp, cmp_exact};
pub use copy::{Range, is_heavier, size_outside, size_words};
pub use counted::{CountedBytes, MAX_HEAP_BYTES, Resource, ResourceBox, counted_bytes};
pub use env::{Budget, HeapEnv};
pub use equal::{eq, eq_exact};
pub use fun::{FunInfo, FunRef, FunTable};
pub use ids::{Pid, Port};
pub use integer::{Int, IntResult, MAX_BITS, TooBig};
pub use literal::{LiteralArea, LiteralBlock, Ranges};
pub use map::{MAX_FLAT, Map, MapIter};
pub use owned::OwnedTerm;
pub(crate) use raw::MatchState;
pub use stats::{GcStats, HeapSizes};
pub use term::{Big, Cons, Fun, Kind, ListIter, Ref, RefId, Term, Tuple};
pub use word::{MAX_SMALL, MIN_SMALL, ObjKind, Word};

#[cfg(test)]
mod tests;
