//! Syntax tree to Core. One [`Lower`] makes one function; funs and comprehensions make further ones as they are met.
//! The module's tables are in [`Unit`]. Everything here trusts the linter: what it rejects may be lowered to anything, but
//! never panics.
//!
//! Reading order: [`build`] (blocks), [`scope`] (variables), [`expr`], [`calls`], [`cond`] (conditions and guards), [`clauses`],
//! [`control`], [`tries`], [`records`], [`binaries`], [`funs`], [`comprehensions`]. Patterns are [`crate::matching`]'s.

pub mod bifs;
pub mod binaries;
pub mod build;
pub mod calls;
pub mod clauses;
pub mod comprehensions;
pub mod cond;
pub mod control;
pub mod expr;
pub mod free;
pub mod funs;
pub mod literals;
pub mod numbers;
pub mod records;
pub mod scope;
pub mod tries;
pub mod unit;

use std::collections::HashMap;

use transom_bytecode::LineIx;

use crate::ast::Name;
use crate::core::{BlockId, Func};
use scope::Scope;
pub use unit::Unit;

/// Where the value of an expression goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dest {
    /// The caller of the lowering function wants it.
    Value,
    /// It is the function's result; the block is ended.
    Tail,
}

/// A local function that a name in scope stands for: a named fun inside itself.
#[derive(Clone, Debug)]
pub struct SelfFun {
    pub function: transom_bytecode::FnIx,
    pub arity: u32,
    pub free: Vec<Name>,
}

/// Makes one function.
pub struct Lower<'u, 'a> {
    pub unit: &'u mut Unit<'a>,
    pub func: Func,
    /// The block that code is added to.
    pub cur: BlockId,
    pub scope: Scope,
    /// The handler that blocks made now belong to.
    pub handler: Option<BlockId>,
    /// In a guard: where failure goes.
    pub guard: Option<BlockId>,
    /// Position of what is lowered now.
    pub line: LineIx,
    /// Named funs that enclose the code.
    pub self_funs: HashMap<Name, SelfFun>,
}
