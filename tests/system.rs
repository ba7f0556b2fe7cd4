//! The whole-system tests: language suite in its five modes, random programs, the library's own tests, command line, examples, tidiness. One
//! binary, one entry per case:
//! `cargo test -p transom-tests -- lang::plain::match`.
#![forbid(unsafe_code)]

#[path = "system/attach.rs"]
mod attach;
#[path = "system/bundle.rs"]
mod bundle;
#[path = "system/captures.rs"]
mod captures;
#[path = "system/commands.rs"]
mod commands;
#[path = "system/completions.rs"]
mod completions;
#[path = "system/console.rs"]
mod console;
#[path = "system/control.rs"]
mod control;
#[path = "system/differential.rs"]
mod differential;
#[path = "system/endings.rs"]
mod endings;
#[path = "system/examples.rs"]
mod examples;
#[path = "system/fuzz.rs"]
mod fuzz;
#[path = "system/hot.rs"]
mod hot;
#[path = "system/lang.rs"]
mod lang;
#[path = "system/library.rs"]
mod library;
#[path = "system/library_table.rs"]
mod library_table;
#[path = "system/lint.rs"]
mod lint;
#[path = "system/metrics.rs"]
mod metrics;
#[path = "system/mqtt.rs"]
mod mqtt;
#[path = "system/options.rs"]
mod options;
#[path = "system/own_modules.rs"]
mod own_modules;
#[path = "system/projects.rs"]
mod projects;
#[path = "system/reloading.rs"]
mod reloading;
#[path = "system/scripts.rs"]
mod scripts;
#[path = "system/shop.rs"]
mod shop;
#[path = "system/talk.rs"]
mod talk;
#[path = "system/terminal.rs"]
mod terminal;
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
    if fuzz::act_as_child() {
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(lang::trials());
    trials.extend(examples::trials());
    trials.extend(library::trials());
    trials.extend(lint::trials());
    trials.extend(library_table::trials());
    trials.extend(reloading::trials());
    trials.extend(hot::trials());
    trials.extend(mqtt::trials());
    trials.extend(options::trials());
    trials.extend(own_modules::trials());
    trials.extend(differential::trials());
    trials.extend(endings::trials());
    trials.extend(fuzz::trials());
    trials.extend(console::trials());
    trials.extend(control::trials());
    trials.extend(terminal::trials());
    trials.extend(attach::trials());
    trials.extend(commands::trials());
    trials.extend(completions::trials());
    trials.extend(metrics::trials());
    trials.extend(projects::trials());
    trials.extend(scripts::trials());
    trials.extend(shop::trials());
    trials.extend(bundle::trials());
    trials.extend(tidy::trials());
    trials.extend(talk::trials());
    trials.extend(tracing::trials());
    trials.extend(captures::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
