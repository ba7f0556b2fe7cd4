//! The shells that are installed take the scripts of `transom completions` and complete commands, options and names of running VMs with them.

use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Transom, under_test};
use transom_tests::running::{Running, ended, equal};

/// How a shell is asked what it would complete: the words of the line come as arguments, the last of them is the one to complete; one
/// answer a line.
const SHELLS: [(&str, &str); 3] = [
    (
        "bash",
        r#"source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _transom; printf '%s\n' "${COMPREPLY[@]}""#,
    ),
    // What the script would hand to the completion system of zsh is printed.
    (
        "zsh",
        r#"compdef() { :; }; compadd() { shift; print -l -- $@ }; _describe() { print -l -- ${${(P)2}%%:*} }; _files() { :; }; source ./zsh; words=("$@"); CURRENT=$#; _transom | grep -e "^$@[-1]""#,
    ),
    ("fish", "source ./fish; complete -C \"$argv[2..]\""),
];

pub fn trials() -> Vec<Trial> {
    SHELLS
        .into_iter()
        .map(|(shell, ask)| {
            let name = format!("completions::{shell}");
            // A shell that is not installed completes nothing.
            let there = Command::new(shell).arg("--version").output().is_ok();
            Trial::test(name, move || completes(shell, ask)).with_ignored_flag(!there)
        })
        .collect()
}

fn completes(shell: &str, ask: &str) -> Result<(), Failed> {
    let what = format!("completions-{shell}");
    let running = Running::start(
        &what,
        "harbour",
        &["run", "--name", "harbour", "tests/control/clerk.erl"],
    )?;
    running.answers("attach", &["--eval", "ok"])?;
    let place = running.directory.path();
    let output = Transom::new(["completions", shell]).output();
    ended(&output, 0)?;
    std::fs::write(place.join(shell), output.stdout)?;
    std::fs::create_dir(place.join("bin"))?;
    std::os::unix::fs::symlink(std::env::current_exe()?, place.join("bin/transom"))?;
    let asked = |words: &[&str]| asked(shell, ask, place, words);
    for (words, wanted) in [
        (&["transom", "rel"][..], "reload"),
        (&["transom", "bund"], "bundle"),
        (&["transom", "run", "--sched"], "--schedulers"),
        (&["transom", "reload", "harbour", "--dry"], "--dry-run"),
        (&["transom", "top", "--so"], "--sort"),
        (&["transom", "attach", "har"], "harbour"),
        (&["transom", "trace", "har"], "harbour"),
    ] {
        let answer = asked(words)?;
        // fish writes what a word is for behind a tabulator.
        let found: Vec<&str> = answer
            .lines()
            .filter_map(|l| l.split(['\t', ' ']).next())
            .collect();
        equal((words, found), (words, vec![wanted]))?;
    }
    let none = asked(&["transom", "run", "har"])?;
    equal(none.contains("harbour"), false)
}

fn asked(shell: &str, ask: &str, place: &Path, words: &[&str]) -> Result<String, Failed> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut with_program = place.join("bin").into_os_string();
    with_program.push(":");
    with_program.push(path);
    let mut command = Command::new(shell);
    under_test(command.args(["-c", ask, shell]).args(words));
    let output = command
        .current_dir(place)
        .env("PATH", with_program)
        .env("XDG_RUNTIME_DIR", place)
        .env("HOME", place)
        .stdin(Stdio::null())
        .output()?;
    equal(String::from_utf8_lossy(&output.stderr).as_ref(), "")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
