//! The `transom` binary: the library's `main` under an allocator fit for many threads.
#![forbid(unsafe_code)]

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    transom_cli::main(std::env::args_os().collect())
}
