//! The harness of the whole-system tests: runs the `transom` program, reads expectations from test files, walks the tree.
//!
//! The test binary is also the program under test: started with `TRANSOM_UNDER_TEST` set it behaves as `transom` itself. So the tests
//! need no second build and always test what was just compiled.
#![forbid(unsafe_code)]

pub mod expect;
pub mod fuzz;
pub mod program;
pub mod running;
pub mod scratch;
pub mod terminal;
pub mod tour;
pub mod tree;
