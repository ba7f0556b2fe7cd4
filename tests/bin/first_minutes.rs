//! Makes `docs/first-minutes.cast` and `docs/first-minutes.md` anew by typing into the real console: `cargo run -p transom-tests --bin first-minutes`.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use transom_tests::scratch::Scratch;
use transom_tests::{program, tour, tree};

fn main() -> ExitCode {
    if let Some(code) = program::act_as_program() {
        return code;
    }
    match record() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn record() -> Result<(), String> {
    let io = |e: std::io::Error| e.to_string();
    let home = Scratch::new("first-minutes").map_err(io)?;
    let slow = tour::play(&home, true)?;
    let docs = tree::root().join("docs");
    std::fs::write(docs.join("first-minutes.cast"), tour::cast(&slow)).map_err(io)?;
    let home = Scratch::new("first-minutes-text").map_err(io)?;
    let quick = tour::play(&home, false)?;
    let page = tour::page(&tour::transcript(&quick));
    std::fs::write(docs.join("first-minutes.md"), page).map_err(io)
}
