//! The whole-system tests: language suite in its four modes, random programs, the library's own tests, command line, examples, tidiness. One
//! binary, one entry per case:
//! `cargo test -p transom-tests -- lang::plain::match`.
#![forbid(unsafe_code)]

#[path = "system/captures.rs"]
mod captures;
#[path = "system/console.rs"]
mod console;
#[path = "system/control.rs"]
mod control;
#[path = "system/differential.rs"]
mod differential;
#[path = "system/examples.rs"]
mod examples;
#[path = "system/lang.rs"]
mod lang;
#[path = "system/library.rs"]
mod library;
#[path = "system/library_table.rs"]
mod library_table;
#[path = "system/mqtt.rs"]
mod mqtt;
#[path = "system/own_modules.rs"]
mod own_modules;
#[path = "system/reloading.rs"]
mod reloading;
#[path = "system/talk.rs"]
mod talk;
#[path = "system/tidy.rs"]
mod tidy;
#[path = "system/tracing.rs"]
mod tracing;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    if let Some(code) = transom_tests::program::act_as_program() {
        return code;
    }
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(lang::trials());
    trials.extend(examples::trials());
    trials.extend(library::trials());
    trials.extend(library_table::trials());
    trials.extend(reloading::trials());
    trials.extend(mqtt::trials());
    trials.extend(own_modules::trials());
    trials.extend(differential::trials());
    trials.extend(console::trials());
    trials.extend(control::trials());
    trials.extend(tidy::trials());
    trials.extend(talk::trials());
    trials.extend(tracing::trials());
    trials.extend(captures::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
