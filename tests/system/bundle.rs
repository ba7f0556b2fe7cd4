//! `transom bundle`: what is packed runs without its sources, behaves as under `run`, and is refused when it is damaged.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Output, Transom, under_test};
use transom_tests::running::{Running, contains, ended, equal};
use transom_tests::scratch::Scratch;

use crate::shop;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("bundle::a_project_runs_without_its_sources", project),
        Trial::test("bundle::a_script_behaves_as_under_run", script),
        Trial::test("bundle::dependencies_and_files_come_along", everything),
        Trial::test("bundle::what_is_damaged_is_refused", damaged),
        Trial::test("bundle::what_cannot_be_packed_is_told", refused),
    ]
}

/// `transom bundle ARGS -o OUT`, which must succeed.
fn bundle(args: &[&str], out: &Path) -> Result<(), Failed> {
    let shown = out.display().to_string();
    let output = Transom::new([&["bundle"], args, &["-o", &shown]].concat()).output();
    ended(&output, 0)
}

/// Runs a bundle to its end.
fn run(bundle: &Path, args: &[&str], stdin: &str) -> Result<Output, Failed> {
    let mut command = Command::new(bundle);
    under_test(&mut command);
    let mut child = command
        .args(args)
        .env("XDG_CACHE_HOME", bundle.with_extension("cache"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut to) = child.stdin.take() {
        // Who does not read closes the pipe.
        let _closed = to.write_all(stdin.as_bytes());
    }
    let output = child.wait_with_output()?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Output {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        status: output.status.code(),
    })
}

fn project() -> Result<(), Failed> {
    let scratch = Scratch::new("bundle-project")?;
    let source = shop::copy(&scratch)?;
    let out = scratch.path().join("shop-bundle");
    bundle(&["--schedulers", "1", &source.display().to_string()], &out)?;
    std::fs::remove_dir_all(&source)?;
    let directory = Scratch::new("bundle-running")?;
    let mut command = Command::new(&out);
    under_test(&mut command);
    let child = command
        .args(["--name", "packed", "--", "--name", "its own"])
        .env("XDG_RUNTIME_DIR", directory.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut vm = Running::of(child, directory, "packed");
    let answers = vm.answers("command", &["shop", "stock"]);
    if answers.is_err() {
        let mut said = String::new();
        let _ended = vm.child.kill();
        if let Some(mut stderr) = vm.child.stderr.take() {
            stderr.read_to_string(&mut said)?;
        }
        return Err(format!("{answers:?}\n{said}").into());
    }
    let value = |text: &str| vm.ask("attach", &["--eval", text]).stdout;
    equal(
        value("init:get_plain_arguments()").trim(),
        "[\"--name\",\"its own\"]",
    )?;
    equal(value("erlang:system_info(schedulers)").trim(), "1")?;
    equal(value("application:get_env(shop, shelf)").trim(), "{ok,200}")?;
    equal(
        value("lists:keymember(shop, 1, application:which_applications())").trim(),
        "true",
    )?;
    ended(&vm.ask("stop", &[]), 0)?;
    equal(vm.status()?, Some(0))
}

const SCRIPT: &str = r#"#!/usr/bin/env transom
main(["halt", N]) -> halt(list_to_integer(N));
main(["crash"]) -> error(oops);
main(["echo"]) -> io:format("~ts", [io:get_line("")]);
main(["lib"]) -> io:format("~w~n", [helper:answer()]);
main(Args) -> io:format("~p~n", [Args]).
"#;

fn script() -> Result<(), Failed> {
    let scratch = Scratch::new("bundle-script")?;
    let file = scratch.write("tool", SCRIPT)?;
    scratch.write(
        "lib/helper.erl",
        "-module(helper).\n-export([answer/0]).\nanswer() -> 42.\n",
    )?;
    let out = scratch.path().join("tool-bundle");
    let path = scratch.path().join("lib").display().to_string();
    bundle(&["-pa", &path, &file.display().to_string()], &out)?;
    std::fs::remove_file(&file)?;
    std::fs::remove_dir_all(&path)?;
    let arguments = run(&out, &["--name", "x", "--", "x y"], "")?;
    ended(&arguments, 0)?;
    equal(
        arguments.stdout.as_str(),
        "[\"--name\",\"x\",\"--\",\"x y\"]\n",
    )?;
    equal(run(&out, &["halt", "7"], "")?.status, Some(7))?;
    let crashed = run(&out, &["crash"], "")?;
    ended(&crashed, 1)?;
    contains(&crashed.stderr, "oops")?;
    equal(run(&out, &["echo"], "line\n")?.stdout.as_str(), "line\n")?;
    equal(run(&out, &["lib"], "")?.stdout.as_str(), "42\n")
}

/// An application with files and a dependency that has a configuration of its own.
fn everything() -> Result<(), Failed> {
    let scratch = Scratch::new("bundle-everything")?;
    let files = [
        ("p/rebar.config", "{deps, [needed]}.\n"),
        (
            "p/src/p.app.src",
            "{application, p, [{vsn, \"1\"}, {mod, {p_app, []}}, {applications, [kernel, stdlib, needed]}, {env, [{k, v}]}]}.\n",
        ),
        (
            "p/src/p_app.erl",
            "-module(p_app).\n-behaviour(application).\n-export([start/2, stop/1]).\n\
          start(_, _) ->\n  {ok, B} = file:read_file(filename:join(code:priv_dir(p), \"sub/data.txt\")),\n\
          io:format(\"~ts~w ~w~n\", [B, needed:value(), application:get_env(p, k)]),\n\
          spawn(fun() -> init:stop(3) end), {ok, self()}.\nstop(_) -> ok.\n",
        ),
        ("p/priv/sub/data.txt", "from priv\n"),
        (
            "p/_checkouts/needed/rebar.config",
            "{erl_opts, [{d, 'VALUE', 11}]}.\n",
        ),
        (
            "p/_checkouts/needed/src/needed.app.src",
            "{application, needed, [{vsn, \"2\"}, {registered, []}, {applications, [kernel, stdlib]}]}.\n",
        ),
        (
            "p/_checkouts/needed/src/needed.erl",
            "-module(needed).\n-export([value/0]).\nvalue() -> needed_more:twice(?VALUE).\n",
        ),
        (
            "p/_checkouts/needed/src/needed_more.erl",
            "-module(needed_more).\n-export([twice/1]).\ntwice(X) -> 2 * X.\n",
        ),
    ];
    for (name, text) in files {
        scratch.write(name, text)?;
    }
    let source = scratch.path().join("p");
    let out = scratch.path().join("p-bundle");
    let shown = source.display().to_string();
    let wanted = "from priv\n22 {ok,v}\n";
    let as_run = Transom::new(["run", &shown]).output();
    ended(&as_run, 3)?;
    equal(as_run.stdout.as_str(), wanted)?;
    bundle(&[&shown], &out)?;
    std::fs::remove_dir_all(&source)?;
    // Twice: the files are laid out once.
    for _ in 0..2 {
        let output = run(&out, &[], "")?;
        ended(&output, 3)?;
        equal(output.stdout.as_str(), wanted)?;
    }
    Ok(())
}

fn damaged() -> Result<(), Failed> {
    let scratch = Scratch::new("bundle-damaged")?;
    let file = scratch.write("tool", SCRIPT)?;
    let out = scratch.path().join("tool-bundle");
    bundle(&[&file.display().to_string()], &out)?;
    let mut bytes = std::fs::read(&out)?;
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    std::fs::write(&out, bytes)?;
    let refused = run(&out, &[], "")?;
    ended(&refused, 1)?;
    contains(&refused.stderr, "is damaged (its checksum is wrong)")
}

fn refused() -> Result<(), Failed> {
    let scratch = Scratch::new("bundle-refused")?;
    let out = scratch.path().join("out").display().to_string();
    let attempt = |what: &str| Transom::new(["bundle", what, "-o", &out]).output();
    let broken = scratch.write("broken.erl", "main(_) -> X.\n")?;
    let output = attempt(&broken.display().to_string());
    ended(&output, 1)?;
    contains(&output.stderr, "broken.erl:1:12: error:")?;
    let idle = scratch.write(
        "idle.erl",
        "-module(idle).\n-export([go/0]).\ngo() -> ok.\n",
    )?;
    let output = attempt(&idle.display().to_string());
    ended(&output, 1)?;
    contains(&output.stderr, "neither main/1 nor start/0")?;
    scratch.write("plain/src/m.erl", "-module(m).\n")?;
    let output = attempt(&scratch.path().join("plain").display().to_string());
    ended(&output, 2)?;
    contains(&output.stderr, "say what starts it")?;
    equal(scratch.path().join("out").exists(), false)
}
