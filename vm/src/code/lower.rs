//! Where loading meets the interpreter: verified generic code and resolved names go in, code words come out.
//! [`Lower`] is implemented by the specialiser; tests of versions and publishing use a trivial one.

use std::fmt;

use transom_bytecode::{LineIx, Module, Verified};

use crate::atoms::Atom;
use crate::heap::{FunRef, LiteralBlock};
use crate::sync::code_cells::{CellRef, CellTable};

/// A module with everything its code refers to.
pub struct LowerInput<'a> {
    /// The module.
    pub module: &'a Verified<Module>,
    /// The VM's atom for each of the module's.
    pub atoms: &'a [Atom],
    /// The cell for each import.
    pub imports: &'a [CellRef],
    /// The fun entry for each lambda.
    pub lambdas: &'a [FunRef],
    /// All cells, for `fun M:F/A` among the constants.
    pub cells: &'a CellTable,
}

/// What the specialiser makes of a module.
pub struct Lowered {
    /// The code. Addresses within it are relative, so it may be placed anywhere.
    pub words: Vec<u64>,
    /// Index of the entry word of each function, ascending.
    pub entries: Vec<u32>,
    /// Positions, ascending: from that word on (until the next entry, or the end of the function).
    pub lines: Vec<(u32, LineIx)>,
    /// Constants that the code refers to; dropped with the instance.
    pub literals: Option<LiteralBlock>,
}

/// Why verified code cannot be lowered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LowerError {
    /// A `bif` instruction names a function that is not built in, or not fit for guards.
    NoSuchBif(String),
    /// No room for literals.
    LiteralsFull,
    /// Something is larger than the loaded form can hold.
    TooLarge(String),
}

impl fmt::Display for LowerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LowerError::NoSuchBif(name) => write!(f, "{name} is no built-in function for guards"),
            LowerError::LiteralsFull => f.write_str("no room for literals"),
            LowerError::TooLarge(what) => write!(f, "{what} is too large"),
        }
    }
}

impl std::error::Error for LowerError {}

/// The specialiser.
pub trait Lower: Send + Sync {
    /// Lowers a module.
    fn lower(&self, input: &LowerInput<'_>) -> Result<Lowered, LowerError>;
}
