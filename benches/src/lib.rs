//! Benchmarks; the comparison with `erl` is `benches/erl/`.
#![forbid(unsafe_code)]
