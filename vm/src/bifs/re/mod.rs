//! Module `re` over PCRE2 (crate `re`): patterns and their cache, options, the search, what of it becomes terms. `replace` and `split` are
//! Erlang on top (`stdlib/src/re.erl`).

mod cache;
mod capture;
mod options;
mod pattern;
pub mod run;
mod subject;

pub use cache::PatternCache;
