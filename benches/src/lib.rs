//! Benchmarks; the comparison with `erl` is `benches/compare`, its workloads are in `benches/erl/`.
#![forbid(unsafe_code)]
