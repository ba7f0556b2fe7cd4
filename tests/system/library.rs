//! The library's own tests: every `stdlib/test/MODULE_tests.erl` is compiled and run by EUnit, one entry each; every file of `tests/library`
//! prints what `tests/record` saw from `erl`, plainly and under stress.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{program::Transom, scratch::Scratch, tree};

use crate::lang;

/// Loads a compiled module and runs its tests; EUnit's report goes to standard output.
const DRIVER: &str = "-module(library_driver).
-export([main/1]).
main([File]) ->
    {ok, Code} = file:read_file(File),
    Module = list_to_atom(filename:basename(File, \".tbc\")),
    {module, Module} = code:load_binary(Module, File, Code),
    %% On a busy machine the five seconds of a test are soon over.
    case eunit:test(Module, [{scale_timeouts, 10}]) of
        ok -> ok;
        error -> halt(1)
    end.
";

/// Whole library suites run too long for a collection at every opportunity.
const STRESS: &[&str] = &["--gc-stress=40", "--reductions", "7", "--seed", "3"];

/// A file whose answers depend on time says so in a first line: it runs plainly only.
const TIMED_MARK: &str = "% timed";

pub fn trials() -> Vec<Trial> {
    let mut trials = own();
    trials.extend(recorded());
    trials
}

fn recorded() -> Vec<Trial> {
    let mut trials = Vec::new();
    for file in tree::files(&tree::root().join("tests/library"), "erl") {
        let timed = std::fs::read_to_string(&file)
            .is_ok_and(|text| text.lines().take(4).any(|l| l == TIMED_MARK));
        for (mode, options) in [("plain", &[] as &[&str]), ("stress", STRESS)] {
            if timed && mode == "stress" {
                continue;
            }
            let name = format!("recorded::{mode}::{}", lang::stem(&file));
            let file = file.clone();
            trials.push(Trial::test(name, move || lang::run(&file, options)));
        }
    }
    trials
}

fn own() -> Vec<Trial> {
    tree::files(&tree::root().join("stdlib/test"), "erl")
        .into_iter()
        .map(|file| {
            let name = file
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            Trial::test(format!("library::{name}"), move || run(&file, &name))
        })
        .collect()
}

fn run(file: &Path, name: &str) -> Result<(), Failed> {
    let scratch = Scratch::like_root(name)?;
    let driver = scratch.write("library_driver.erl", DRIVER)?;
    let shown = |p: &Path| p.display().to_string();
    let compiled = Transom::new(["compile", "-I", "stdlib/include"])
        .arg(&tree::shown(file))
        .arg("-o")
        .arg(&shown(scratch.path()))
        .output();
    let outcome = if compiled.status == Some(0) {
        let code = scratch.path().join(format!("{name}.tbc"));
        Transom::new(["run", "--no-control"])
            .in_scratch(&scratch)
            .arg(&shown(&driver))
            .arg(&shown(&code))
            .deadline(Duration::from_secs(240))
            .output()
    } else {
        compiled
    };
    match outcome.status {
        Some(0) => Ok(()),
        status => Err(format!("{status:?}\n{}\n{}", outcome.stdout, outcome.stderr).into()),
    }
}
