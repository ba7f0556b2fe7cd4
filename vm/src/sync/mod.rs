//! Lock-free parts: the signal inbox and the run right. Atomics come through [`atomics`], which a build with
//! `--cfg loom` replaces by loom's, so that the same code is model-checked.
#![allow(unsafe_code)]

pub mod breath;
pub mod code_cells;
pub mod inbox;
pub mod published;
pub mod rooted;
pub mod run_right;
pub mod slices;

#[cfg(all(test, loom))]
mod model;
#[cfg(all(test, loom))]
mod model_code;

/// The atomics every lock-free part uses.
pub mod atomics {
    #[cfg(not(loom))]
    pub use std::sync::atomic::{AtomicU64, Ordering, fence};

    #[cfg(loom)]
    pub use loom::sync::atomic::{AtomicU64, Ordering, fence};
}
