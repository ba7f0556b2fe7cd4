//! The Erlang compiler: source text to bytecode modules or diagnostics. No I/O of its own (see [`host::Host`]), no
//! processes, and no panic on any input.
//!
//! ```text
//! bytes -> lexer -> preprocessor -> grammar -> forms (ast) -> lint -> lowering ... -> Module
//!                                               ^     |
//!                                 abstract format (parse transforms, erl_parse)
//! ```
#![allow(rustdoc::private_intra_doc_links)] // The documentation is read beside the code.
#![forbid(unsafe_code)]

pub mod abstract_term;
mod advice;
pub mod ast;
mod ast_drop;
mod ast_types;
mod chain;
pub mod compile;
pub mod core;
pub mod diagnostic;
pub mod emit;
pub mod forms;
#[allow(missing_docs, unused, clippy::all, clippy::pedantic)]
mod grammar;
mod grammar_support;
pub mod host;
pub mod integer;
pub mod lexer;
pub mod lint;
mod literal_term;
pub mod lost;
pub mod lower;
pub mod matching;
pub mod nesting;
pub mod parse;
pub mod parser;
mod preprocess;
pub mod preprocessed;
pub mod regs;
pub mod report;
pub mod scan;
pub mod span;
pub mod stack;
mod transform;
pub mod types;

pub use compile::{CompileOptions, Compiled, Failed, check_forms, compile, compile_forms};
pub use parse::{Options, Parsed, parse_module};
pub use preprocessed::{Preprocessed, preprocess};
