//! The virtual machine: terms, heaps, processes, schedulers, interpreter, built-in functions, code server, trace points and
//! the embedding API. ARCHITECTURE.md has the map; `unsafe` is allowed only in `heap/`, `interp/frame.rs`, `sync/` and `native/`.
#![allow(rustdoc::private_intra_doc_links)] // The documentation is read beside the code.
#![deny(unsafe_code)]

pub mod atoms;
pub mod bifs;
pub mod code;
pub mod compile;
pub mod etf;
pub mod ets;
pub mod heap;
pub mod interp;
pub mod io;
pub mod matchspec;
pub mod native;
pub mod process;
pub mod sched;
pub mod sync;
pub mod trace;
pub mod view;
pub mod vm;
