//! Transom's generic bytecode: the instruction table and all that is made from it, the module file format, the disassembler and
//! the verifier. A leaf crate: it knows no VM and no compiler. `docs/internals/bytecode.md` describes the machine.
//!
//! Reading order: [`operand`], [`ops`], [`module`], [`listing`].
#![allow(rustdoc::private_intra_doc_links)] // The documentation is read beside the code.
#![forbid(unsafe_code)]

pub mod file;
pub mod listing;
pub mod module;
pub mod normal;
pub mod operand;
pub mod ops;
pub mod reader;
#[cfg(test)]
mod samples;
pub mod verify;

pub use file::{FileError, code_hash};
pub use module::*;
pub use normal::function_hash;
pub use operand::*;
pub use ops::{Insn, OPS, Op, OpInfo, OperandInfo};
pub use reader::DecodeError;
pub use verify::{Rule, Verified, VerifyError, verify};
