//! Module `ets`: the functions that touch tables. What can be said in terms of these (match, foldl, tab2list, files) is Erlang.

pub mod access;
mod keys;
pub mod objects;
mod retained;
pub mod select;
pub mod tables;
pub mod update;
