//! The command line as a library, so that the tests can run it in their own process image.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs `transom` with these arguments (the first is the program's name).
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let _ = arguments;
    eprintln!("transom: no command is there yet");
    ExitCode::from(2)
}
