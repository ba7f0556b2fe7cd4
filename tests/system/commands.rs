//! The contract of the command line: every command has a help, every way to end has its exit status, shells can complete, the manual is one.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::running::{PATIENCE, contains, ended, equal, until};
use transom_tests::scratch::Scratch;
use transom_tests::tree;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("commands::every_command_has_help", help),
        Trial::test("commands::every_end_has_its_status", statuses),
        Trial::test("commands::names_of_other_programs", names),
        Trial::test("commands::a_closed_pipe_is_a_quiet_end", pipe),
        Trial::test("commands::a_program_in_the_background", detached),
        Trial::test("commands::nothing_is_left_in_the_directory", no_dump),
        Trial::test("commands::the_manual_has_all_of_it", manual),
        Trial::test("commands::new_projects_run_and_pass_their_tests", new),
    ]
}

/// All commands.
const COMMANDS: [&str; 24] = [
    "run",
    "eval",
    "console",
    "attach",
    "ps",
    "trace",
    "capture",
    "reload",
    "drift",
    "history",
    "stop",
    "snapshot",
    "metrics",
    "bundle",
    "top",
    "check",
    "compile",
    "dump",
    "test",
    "new",
    "command",
    "completions",
    "man",
    "help",
];

fn help() -> Result<(), Failed> {
    let all = Transom::new(["--help"]).output();
    ended(&all, 0)?;
    for command in COMMANDS {
        let output = Transom::new([command, "--help"]).output();
        ended(&output, 0).map_err(|e| Failed::from(format!("{command}: {e:?}")))?;
        equal(output.stderr.as_str(), "")?;
        let first = output.stdout.lines().next().unwrap_or("");
        if command != "help" && !first.starts_with(&format!("Usage: transom {command}")) {
            return Err(format!("{command} --help begins with {first:?}").into());
        }
        if command != "help" && !all.stdout.contains(command) {
            return Err(format!("transom --help does not name {command}").into());
        }
    }
    let version = Transom::new(["-V"]).output();
    ended(&version, 0)?;
    contains(&version.stdout, "transom ")
}

/// Files that end in every way.
const FILES: [(&str, &str); 8] = [
    ("ok", "main(_) -> ok.\n"),
    ("throws", "main(_) -> throw(it).\n"),
    ("exits", "main(_) -> exit(reason).\n"),
    (
        "leaves",
        "main([\"linked\"]) -> spawn_link(fun() -> exit(gone) end), receive never -> ok end;\nmain([Reason]) -> {ok, T, _} = erl_scan:string(Reason ++ \".\"), {ok, R} = erl_parse:parse_term(T), exit(R).\n",
    ),
    ("halts", "main([N]) -> halt(list_to_integer(N)).\n"),
    ("broken", "main(_) -> X.\n"),
    ("warns", "main(_) -> X = 1.\n"),
    (
        "fail.erl",
        "-module(fail).\n-include_lib(\"eunit/include/eunit.hrl\").\na_test() -> ?assertEqual(1, 2).\n",
    ),
];

fn statuses() -> Result<(), Failed> {
    let scratch = Scratch::new("statuses")?;
    for (name, text) in FILES {
        scratch.write(name, text)?;
    }
    std::fs::create_dir_all(scratch.path().join("empty/src"))?;
    let table: &[(&[&str], i32)] = &[
        // Done.
        (&["run", "ok"], 0),
        (&["ok"], 0),
        (&["run", "--pin", "--schedulers", "2", "ok"], 0),
        (&["eval", "1 + 1"], 0),
        (&["check", "ok", "warns"], 0),
        (&["compile", "fail.erl", "-o", "out"], 0),
        (&["dump", "--stage", "tokens", "ok"], 0),
        (&["dump", "--stage", "forms", "ok"], 0),
        (&["dump", "--stage", "core", "ok"], 0),
        (&["dump", "ok"], 0),
        (&["test", "empty"], 0),
        (&["ps"], 0),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["console", "--no-control"], 0),
        (&["new", "fresh"], 0),
        // An exception, an error of the compiler, a failed test.
        (&["run", "throws"], 1),
        (&["run", "exits"], 1),
        (&["run", "broken"], 1),
        // An exit is no error when its reason is none.
        (&["run", "leaves", "normal"], 0),
        (&["run", "leaves", "shutdown"], 0),
        (&["run", "leaves", "{shutdown, 0}"], 0),
        (&["run", "leaves", "{shutdown, 3}"], 3),
        (&["run", "leaves", "{shutdown, 256}"], 1),
        (&["run", "leaves", "{shutdown, why}"], 1),
        (&["run", "leaves", "linked"], 1),
        (&["eval", "exit(normal)"], 0),
        (&["eval", "error(x)"], 1),
        (&["eval", "X"], 1),
        (&["eval", "foo("], 1),
        (&["check", "ok", "broken"], 1),
        (&["check", "-W", "error", "warns"], 1),
        (&["compile", "ok", "-o", "out"], 1),
        (&["dump", "broken"], 1),
        (&["dump", "--stage", "forms", "nofile"], 1),
        (&["run", "nofile"], 1),
        (&["run", "nofile.erl"], 1),
        (&["nofile.erl"], 1),
        (&["check", "ok", "nofile.erl"], 1),
        (&["compile", "nofile.erl", "-o", "out"], 1),
        (&["bundle", "nofile.erl", "-o", "out/x"], 1),
        (&["test", "nofile.erl"], 1),
        (&["test", "fail.erl"], 1),
        (&["new", "fresh"], 1),
        (&["attach", "nobody"], 1),
        (&["attach", "nobody", "--eval", "1"], 1),
        (&["stop", "nobody"], 1),
        (&["top", "nobody"], 1),
        (&["trace", "nobody", "m:f"], 1),
        (&["reload", "nobody"], 1),
        (&["snapshot", "nobody"], 1),
        (&["metrics", "nobody"], 1),
        (&["drift", "nobody"], 1),
        (&["history", "nobody"], 1),
        (&["command", "nobody", "x"], 1),
        (&["capture", "replay", "nofile"], 1),
        // Wrong usage.
        (&["nonsense"], 2),
        (&["--nonsense"], 2),
        (&["run"], 2),
        (&["run", "--nonsense", "ok"], 2),
        (&["run", "--schedulers", "many", "ok"], 2),
        (&["run", "--name", "shop", "--no-control", "ok"], 2),
        (&["run", "--name", "a/b", "ok"], 2),
        (&["run", "--metrics-token", "f", "ok"], 2),
        (&["run", "empty"], 2),
        (&["run", "-s"], 2),
        (&["eval"], 2),
        (&["eval", "1", "2"], 2),
        (&["check"], 2),
        (&["check", "--format", "xml", "ok"], 2),
        (&["compile"], 2),
        (&["dump"], 2),
        (&["dump", "--stage", "soul", "ok"], 2),
        (&["test", "--nonsense"], 2),
        (&["new"], 2),
        (&["new", "Not An Atom"], 2),
        (&["new", "car", "thing"], 2),
        (&["ps", "extra"], 2),
        (&["attach"], 2),
        (&["stop"], 2),
        (&["command", "x"], 2),
        (&["capture"], 2),
        (&["capture", "explode", "f"], 2),
        (&["bundle", "ok"], 2),
        (&["bundle", "-o", "x"], 2),
        (&["completions", "csh"], 2),
        (&["man", "extra"], 2),
        // What halt/1 says.
        (&["run", "halts", "0"], 0),
        (&["run", "halts", "37"], 37),
        (&["run", "halts", "255"], 255),
        (&["eval", "halt(9)"], 9),
    ];
    let mut wrong = Vec::new();
    for (args, status) in table {
        let output = Transom::new(*args)
            .in_dir(scratch.path())
            .env("XDG_RUNTIME_DIR", scratch.path())
            .output();
        if output.status != Some(*status) {
            wrong.push(format!("{args:?}: {status} expected, {output:?}"));
        }
        // Who is told of a mistake is told on standard error.
        if *status == 2 && (output.stderr.is_empty() || !output.stdout.is_empty()) {
            wrong.push(format!("{args:?}: {output:?}"));
        }
    }
    equal(wrong.join("\n").as_str(), "")?;
    // An exit is told in one line; alone, the program is a console.
    for (args, stdin, stdout, stderr) in [
        (
            &["run", "exits"][..],
            "",
            "",
            "transom: exception exit: reason\n",
        ),
        (&["run", "leaves", "normal"], "", "", ""),
        (
            &["eval", "1,\n2 +"],
            "",
            "",
            "eval:2:4: error: syntax error before: '.'\n  |\n2 | 2 +.\n  |    ^\n",
        ),
        (
            &["run", "leaves", "linked"],
            "",
            "",
            "transom: exception exit: gone\n",
        ),
        (
            &[],
            "1 + 1.\n",
            "1> 2\n2> *** Terminating erlang (nonode@nohost)\n",
            "",
        ),
    ] {
        let output = Transom::new(args)
            .in_dir(scratch.path())
            .env("XDG_RUNTIME_DIR", scratch.path())
            .stdin(stdin)
            .output();
        let said = output.stdout.split_once("^G)\n");
        let said = said.map_or(output.stdout.as_str(), |(_, rest)| rest);
        equal((args, said), (args, stdout))?;
        equal((args, output.stderr.as_str()), (args, stderr))?;
    }
    // Behind the report of an exception comes the line of the source, not for an escript.
    scratch.write(
        "raises",
        "%%\nmain(_) ->\n    lists:map(fun(X) -> 1 / X end, [0]).\n",
    )?;
    let output = Transom::new(["run", "raises"])
        .in_dir(scratch.path())
        .output();
    contains(
        &output.stderr,
        "\n\n --> raises:3:5\n  |\n3 |     lists:map(fun(X) -> 1 / X end, [0]).\n",
    )?;
    // A module that comes with the program has no source here, whatever a file is called.
    scratch.write("lists.erl", "%% Another's.\n".repeat(5000))?;
    scratch.write(
        "within",
        "%%\nmain(_) ->\n    ok = lists:foreach(fun(X) -> X end, 3).\n",
    )?;
    let output = Transom::new(["run", "within"])
        .in_dir(scratch.path())
        .output();
    contains(&output.stderr, "\n\n --> within:3:5\n  |\n")?;
    let escript = link(&scratch, "escript")?;
    let output = Transom::of(&escript, ["raises"])
        .in_dir(scratch.path())
        .output();
    contains(&output.stdout, "{badarith,")?;
    equal(
        output.stdout.contains("-->") || output.stderr.contains("-->"),
        false,
    )
}

/// A link to the program under another name, in this directory.
fn link(scratch: &Scratch, name: &str) -> Result<PathBuf, Failed> {
    let link = scratch.path().join(name);
    std::os::unix::fs::symlink(std::env::current_exe()?, &link)?;
    Ok(link)
}

fn names() -> Result<(), Failed> {
    let scratch = Scratch::new("names")?;
    for (name, text) in FILES {
        scratch.write(name, text)?;
    }
    let table: &[(&str, &[&str], i32)] = &[
        ("escript", &["ok"], 0),
        ("escript", &["throws"], 127),
        ("escript", &["leaves", "normal"], 127),
        ("escript", &["leaves", "{shutdown, 3}"], 127),
        ("escript", &["broken"], 127),
        ("escript", &["-s", "broken"], 127),
        ("escript", &["nofile"], 1),
        ("escript", &[], 1),
        ("escript", &["halts", "5"], 5),
        ("erl", &["-noshell", "-eval", "halt(4)."], 4),
        ("erl", &["-noshell", "-eval", "error(x)."], 1),
        ("erl", &["-noshell", "-s", "erlang", "halt"], 0),
        (
            "erl",
            &[
                "-noshell",
                "-app",
                "k",
                "v",
                "-eval",
                "{ok, [[\"k\", \"v\"]]} = init:get_argument(app), halt(6).",
            ],
            6,
        ),
        ("erlc", &["fail.erl"], 0),
        ("erlc", &["nofile.erl"], 1),
    ];
    let mut wrong = Vec::new();
    for (name, args, status) in table {
        let program = match scratch.path().join(name) {
            made if made.exists() => made,
            _ => link(&scratch, name)?,
        };
        let output = Transom::of(&program, *args).in_dir(scratch.path()).output();
        if output.status != Some(*status) {
            wrong.push(format!("{name} {args:?}: {status} expected, {output:?}"));
        }
    }
    equal(wrong.join("\n").as_str(), "")
}

/// Reads the first line and closes the pipe.
fn pipe() -> Result<(), Failed> {
    let endless = "L = fun L() -> io:put_chars(\"line\\n\"), L() end, L()";
    let mut child = Transom::new(["eval", endless]).spawn();
    let mut stdout = child.stdout.take().expect("stdout is a pipe");
    let mut stderr = child.stderr.take().expect("stderr is a pipe");
    let mut first = [0; 5];
    let read = stdout.read_exact(&mut first);
    drop(stdout);
    let ended = until(PATIENCE, "a program without readers ends", || {
        child.try_wait().is_ok_and(|status| status.is_some())
    });
    let _ended_already = child.kill();
    child.wait()?;
    read?;
    ended?;
    let mut said = String::new();
    stderr.read_to_string(&mut said)?;
    equal(said.as_str(), "")
}

fn detached() -> Result<(), Failed> {
    let scratch = Scratch::new("detached")?;
    let program = "-module(server).\n-export([start/0]).\nstart() -> io:format(\"started~n\"), io:format(standard_error, \"aside~n\", []), register(it, spawn(fun F() -> receive stop -> ok; _ -> F() end end)).\n";
    scratch.write("server.erl", program)?;
    let transom = |args: &[&str]| {
        Transom::new(args)
            .in_dir(scratch.path())
            .env("XDG_RUNTIME_DIR", scratch.path())
            .output()
    };
    let args = [
        "run",
        "--name",
        "quiet",
        "--detach",
        "--log",
        "server.log",
        "server.erl",
    ];
    let output = transom(&args);
    ended(&output, 0)?;
    contains(&output.stdout, "quiet (pid ")?;
    let stop = || transom(&["stop", "quiet"]);
    let alive = transom(&["attach", "quiet", "--eval", "is_process_alive(whereis(it))"]);
    let twice = transom(&args);
    let stopped = stop();
    ended(&alive, 0)?;
    equal(alive.stdout.as_str(), "true\n")?;
    // The second one says in the first one's words why it is none.
    ended(&twice, 1)?;
    contains(&twice.stderr, "server.log")?;
    ended(&stopped, 0)?;
    let log = std::fs::read_to_string(scratch.path().join("server.log"))?;
    contains(&log, "started\n")?;
    contains(&log, "aside\n")?;
    contains(&log, "is running already")?;
    let broken = transom(&["run", "--detach", "--log", "x.log", "nofile.erl"]);
    equal(broken.status == Some(0), false)
}

/// No crash dump, nothing else, whatever goes wrong.
fn no_dump() -> Result<(), Failed> {
    let scratch = Scratch::new("no-dump")?;
    scratch.write(
        "crash",
        "main(_) -> spawn(fun() -> error(x) end), timer:sleep(50), exit(kill).\n",
    )?;
    let output = Transom::new(["run", "crash"])
        .in_dir(scratch.path())
        .output();
    ended(&output, 1)?;
    let left: Vec<_> = std::fs::read_dir(scratch.path())?
        .flatten()
        .map(|e| e.file_name())
        .collect();
    equal(left, vec!["crash".into()])
}

/// Long options that a help text names.
fn options_of(text: &str) -> Vec<String> {
    let word = |c: char| !(c.is_ascii_lowercase() || c == '-');
    let mut found: Vec<String> = text
        .split(word)
        .filter(|w| w.starts_with("--") && w.len() > 3)
        .map(|w| w.trim_end_matches('-').to_owned())
        .collect();
    found.sort();
    found.dedup();
    found
}

fn manual() -> Result<(), Failed> {
    let page = Transom::new(["man"]).output();
    ended(&page, 0)?;
    let plain = page.stdout.replace("\\-", "-");
    let mut missing = Vec::new();
    for command in COMMANDS.iter().filter(|c| **c != "help") {
        if !plain.contains(&format!("\\fB{command}\\fR")) {
            missing.push(format!("command {command}"));
        }
        let help = Transom::new([command, "--help"]).output().stdout;
        for option in options_of(&help) {
            if !plain.contains(&option) && option != "--help" {
                missing.push(format!("{command} {option}"));
            }
        }
    }
    equal(missing.join("\n").as_str(), "")?;
    structure(&page.stdout)?;
    // What a formatter has to say, where there is one.
    for (program, args) in [
        ("mandoc", &["-T", "lint", "-W", "warning"][..]),
        ("groff", &["-man", "-ww", "-z", "-Tutf8"]),
    ] {
        let child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else { continue };
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(page.stdout.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let said = [output.stdout, output.stderr].concat();
        equal(String::from_utf8_lossy(&said).as_ref(), "")?;
    }
    Ok(())
}

/// A page has a title, the sections that all have, in their order, and closes every font that it opens.
fn structure(page: &str) -> Result<(), Failed> {
    equal(page.starts_with(".TH TRANSOM 1"), true)?;
    let sections: Vec<&str> = page
        .lines()
        .filter_map(|l| l.strip_prefix(".SH "))
        .collect();
    let wanted = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "COMMANDS",
        "EXIT STATUS",
        "SIGNALS",
        "ENVIRONMENT",
        "FILES",
    ];
    let found: Vec<&str> = sections
        .iter()
        .copied()
        .filter(|s| wanted.contains(s))
        .collect();
    equal(found, wanted.to_vec())?;
    for (number, line) in page.lines().enumerate() {
        let opened = line.matches("\\fB").count() + line.matches("\\fI").count();
        if !line.starts_with('.') && opened > 0 && !line.contains("\\fR") {
            return Err(format!("line {} leaves a font open: {line}", number + 1).into());
        }
    }
    Ok(())
}

fn new() -> Result<(), Failed> {
    let scratch = Scratch::new("new")?;
    let transom = |args: &[&str], dir: &Path| Transom::new(args).in_dir(dir).output();
    for (kind, name) in [("app", "served"), ("lib", "shared"), ("script", "tool")] {
        let made = transom(&["new", kind, name], scratch.path());
        ended(&made, 0)?;
        let dir = scratch.path().join(name);
        let tests = transom(&["test"], &dir);
        ended(&tests, 0)?;
        equal(
            tests
                .stdout
                .lines()
                .last()
                .is_some_and(|l| !l.starts_with("0 passed")),
            true,
        )?;
        for file in tree::files(&dir, "erl") {
            ended(
                &transom(
                    &[
                        "check",
                        "-W",
                        "error",
                        "-I",
                        "include",
                        &file.display().to_string(),
                    ],
                    &dir,
                ),
                0,
            )?;
        }
    }
    let tool = transom(&["tool/tool", "a", "b"], scratch.path());
    ended(&tool, 0)?;
    equal(tool.stdout.as_str(), "tool: a b\n")?;
    let packed = transom(&["bundle", "tool/tool", "-o", "packed"], scratch.path());
    ended(&packed, 0)
}
