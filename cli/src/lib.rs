//! The command line as a library, so that the tests can run it in their own process image.
//!
//! Reading order: this file (which command), `arguments` (options), `script` (the head of one), `source` (compiling files), `report` (diagnostics),
//! `control/*` (running VMs and how to reach them), `bundle/*` (one executable: VM and program),
//! `command/*` (one file per command).
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

mod arguments;
mod bundle;
mod command;
mod console;
mod control;
mod live;
mod report;
mod script;
mod source;
mod uncaught;

/// Wrong usage.
const USAGE: u8 = 2;

/// Runs `transom` with these arguments (the first is the program's name).
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let mut rest = arguments.into_iter();
    let me = rest.next();
    let called = me.as_deref().map(Path::new).and_then(Path::file_name);
    let called = called.and_then(|name| name.to_str()).unwrap_or("");
    let rest: Vec<OsString> = rest.collect();
    let bundled = bundle::start::if_bundled(&rest);
    let outcome = match (bundled, called) {
        (Some(status), _) => status,
        (None, "escript") => command::names::escript(rest),
        (None, "erl") => command::names::erl(rest),
        (None, "erlc") => command::names::erlc(rest),
        (None, _) => command::dispatch(rest),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(message) => {
            eprintln!("transom: {message}");
            ExitCode::from(USAGE)
        }
    }
}
