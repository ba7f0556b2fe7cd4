//! Module `erlang`: the functions over data. Processes, code and time are in their own folders.

pub mod apply;
pub mod atoms;
pub mod binaries;
pub mod compare;
pub mod errors;
pub mod external;
pub mod hashing;
pub mod identity;
pub mod lists;
pub mod maps;
pub mod numbers;
pub mod operators;
pub mod tuples;
pub mod types;
