//! The functions of module `erlang` that set tracing: `trace/3`, `trace_pattern/2,3`, `trace_info/2`, `trace_delivered/1`, and
//! `match_spec_test/3`.

pub mod info;
pub mod pattern;
pub mod process;
pub mod spec_test;
