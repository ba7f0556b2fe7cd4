//! The options of `transom run` and of the names it also has do what the contract says.

use std::process::Child;

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::running::{PATIENCE, Running, contains, ended, equal, until};
use transom_tests::scratch::Scratch;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("options::of_run", of_run),
        Trial::test("options::of_erl", of_erl),
        Trial::test("options::a_saved_file_runs_at_once", watch),
        Trial::test("options::sessions_of_traces_are_listed_and_ended", sessions),
    ]
}

const TOLD: &str = "-include(\"told.hrl\").
main([\"macros\"]) -> io:format(\"~p ~p ~p~n\", [?NAME, ?SET, ?HEADER]);
main([\"many\"]) -> io:format(\"~p~n\", [catch [spawn(fun() -> receive x -> ok end end) || _ <- lists:seq(1, 2000)]]);
main([\"large\"]) -> {_, M} = spawn_monitor(fun() -> lists:sum(lists:seq(1, 5_000_000)) end), receive {'DOWN', M, _, _, R} -> io:format(\"~p~n\", [R]) end;
main([\"bytes\"]) -> {_, M} = spawn_monitor(fun() -> [binary:copy(<<N>>, 1_000_000) || N <- lists:seq(1, 100)] end), receive {'DOWN', M, _, _, R} -> io:format(\"~p~n\", [R]) end;
main([\"appended\"]) -> {_, M} = spawn_monitor(fun() -> lists:foldl(fun(N, Acc) -> [<<N:8_000>> | Acc] end, [], lists:seq(1, 200_000)) end), receive {'DOWN', M, _, _, R} -> io:format(\"~p~n\", [R]) end;
main([\"node\"]) -> io:format(\"~p ~p~n\", [node(), is_alive()]);
main([\"schedulers\"]) -> io:format(\"~p~n\", [erlang:system_info(schedulers)]);
main([\"race\"]) ->
    Self = self(),
    [spawn(fun() -> [erlang:yield() || _ <- lists:seq(1, rand:uniform(50))], Self ! N end) || N <- lists:seq(1, 20)],
    io:format(\"~w~n\", [[receive N -> N end || _ <- lists:seq(1, 20)]]);
main([\"there\"]) -> io:format(\"~p~n\", [there:hi()]).
";

fn of_run() -> Result<(), Failed> {
    let scratch = Scratch::new("options")?;
    scratch.write("told", TOLD)?;
    scratch.write("inc/told.hrl", "-define(HEADER, header).\n-ifndef(NAME).\n-define(NAME, none).\n-endif.\n-ifndef(SET).\n-define(SET, none).\n-endif.\n")?;
    scratch.write(
        "lib/there.erl",
        "-module(there).\n-export([hi/0]).\nhi() -> hello.\n",
    )?;
    let run = |options: &[&str], what: &str| {
        let args = [&["run", "-I", "inc"], options, &["told", what]].concat();
        Transom::new(args)
            .in_dir(scratch.path())
            .env("XDG_RUNTIME_DIR", scratch.path())
            .output()
    };
    for (options, what, wanted) in [
        (&[][..], "macros", "none none header\n"),
        (
            &["-D", "NAME={a,1}", "-D", "SET"],
            "macros",
            "{a,1} true header\n",
        ),
        (&["--memory", "20000000"], "large", "killed\n"),
        (&["--memory", "2000000000"], "large", "normal\n"),
        (&["--memory", "60000000"], "bytes", "{system_limit,"),
        (&["--memory", "60000000"], "appended", "killed\n"),
        (&["--memory", "2000000000"], "bytes", "normal\n"),
        (&["--name", "shop@here"], "node", "shop@here "),
        (&["--no-control"], "node", "nonode@nohost false\n"),
        (&["--schedulers", "3"], "schedulers", "3\n"),
        (&["--seed", "7"], "schedulers", "1\n"),
        (&["-pa", "lib"], "there", "hello\n"),
        (
            &["--gc-stress=1", "--reductions", "1", "--seed", "3"],
            "macros",
            "none none header\n",
        ),
    ] {
        let output = run(options, what);
        ended(&output, 0)?;
        let found = output.stdout.get(..wanted.len()).unwrap_or(&output.stdout);
        equal((options, found), (options, wanted))?;
    }
    let few = run(&["--max-processes", "1000"], "many");
    ended(&few, 0)?;
    contains(&few.stdout, "{'EXIT',{system_limit,")?;
    let enough = run(&["--max-processes", "5000"], "many");
    equal(enough.stdout.contains("system_limit"), false)?;
    // The same seed, the same order.
    let order = |seed: &str| run(&["--seed", seed, "--reductions", "20"], "race").stdout;
    let first = order("11");
    equal(first.split(',').count(), 20)?;
    equal(order("11"), first)?;
    ended(&run(&["-W", "error"], "macros"), 0)
}

/// As `erl` takes them; what it prints there was asked of it.
fn of_erl() -> Result<(), Failed> {
    let scratch = Scratch::new("options-erl")?;
    scratch.write("lib/m.erl", "-module(m).\n-export([f/0, f/1]).\nf() -> io:format(\"none~n\").\nf(A) -> io:format(\"~p~n\", [A]).\n")?;
    let link = scratch.path().join("erl");
    std::os::unix::fs::symlink(std::env::current_exe()?, &link)?;
    let compiled = Transom::new(["compile", "+debug_info", "lib/m.erl", "-o", "lib"])
        .in_dir(scratch.path())
        .output();
    ended(&compiled, 0)?;
    scratch.write(
        "sys.config",
        "[{kernel, [{k, sys}, {j, sys}]}, {a, [{k, [sys]}]}, \"more\"].\n",
    )?;
    scratch.write("more.config", "[{a, [{j, more}]}].\n")?;
    scratch.write("last.config", "[{kernel, [{j, last}]}].\n")?;
    for (args, wanted) in [
        (
            &[
                "-noshell",
                "-config",
                "sys",
                "-config",
                "last.config",
                "-kernel",
                "k",
                "given",
                "-eval",
                "application:load({application, a, [{env, [{k, file}, {i, file}]}]}), \
                 io:format(\"~p ~p ~p~n\", [application:get_env(kernel, k), application:get_env(kernel, j), lists:sort(application:get_all_env(a))]), halt().",
            ][..],
            "{ok,given} {ok,last} [{i,file},{j,more},{k,[sys]}]\n",
        ),
        (
            &[
                "-noshell",
                "-eval",
                "{ok, {m, [{abstract_code, {_, [_, M | _]}}]}} = beam_lib:chunks(\"lib/m.tbc\", [abstract_code]), \
                 io:format(\"~p~n\", [M]), halt().",
            ][..],
            "{attribute,{1,2},module,m}\n",
        ),
        (
            &[
                "-noshell", "-pa", "lib", "-s", "m", "f", "-s", "m", "f", "a", "b", "-s", "init",
                "stop",
            ],
            "none\n[a,b]\n",
        ),
        (
            &[
                "-noshell", "-pa", "lib", "-run", "m", "f", "a", "b", "-s", "init", "stop",
            ],
            "[\"a\",\"b\"]\n",
        ),
        (
            &[
                "-noshell",
                "-eval",
                "io:format(\"~p~n\", [init:get_plain_arguments()]), halt().",
                "-extra",
                "-x",
                "y",
            ],
            "[\"-x\",\"y\"]\n",
        ),
    ] {
        let output = Transom::of(&link, args).in_dir(scratch.path()).output();
        ended(&output, 0)?;
        equal((args, output.stdout.as_str()), (args, wanted))?;
    }
    Ok(())
}

const FIRST: &str = "-module(watched).\n-export([start/0, v/0]).\nstart() -> ok.\nv() -> 1.\n";

fn watch() -> Result<(), Failed> {
    let scratch = Scratch::new("options-watch")?;
    let file = scratch.write("watched.erl", FIRST)?;
    let shown = file.display().to_string();
    let args = ["run", "--watch", "--name", "watched", &shown];
    let vm = Running::start("watched", "watched", &args)?;
    vm.answers("attach", &["--eval", "1"])?;
    let value = || vm.ask("attach", &["--eval", "watched:v()"]).stdout;
    equal(value().as_str(), "1\n")?;
    for (text, wanted) in [
        ("v() -> 2.", "2\n"),
        // What does not compile changes nothing, and the next save counts.
        ("v() -> X.", "2\n"),
        ("v() -> 3.", "3\n"),
    ] {
        std::fs::write(&file, FIRST.replace("v() -> 1.", text))?;
        until(PATIENCE, text, || value() == wanted)?;
    }
    ended(&vm.ask("stop", &[]), 0)
}

fn sessions() -> Result<(), Failed> {
    let args = ["run", "--name", "clerk", "tests/control/clerk.erl"];
    let vm = Running::start("sessions", "clerk", &args)?;
    vm.answers("command", &["clerk", "status", "0"])?;
    let mut tracing = vm
        .transom(&["trace", "clerk", "lists:seq/2", "--time", "60"])
        .spawn();
    let outcome = listed_and_ended(&vm, &mut tracing);
    let _ended_already = tracing.kill();
    tracing.wait()?;
    outcome?;
    equal(
        vm.ask("trace", &["--stop", "99999"]).status == Some(0),
        false,
    )?;
    // Of one process, and no longer than asked for.
    let limited = vm.ask(
        "trace",
        &[
            "clerk:serve/1 -> return",
            "--pid",
            "clerk",
            "--max-bytes",
            "100",
            "--budget",
            "50%",
            "--limit",
            "10/1000",
            "--time",
            "1",
        ],
    );
    ended(&limited, 0)
}

/// The session of that client is in the list, until it is ended from elsewhere: then the client ends, too.
fn listed_and_ended(vm: &Running, tracing: &mut Child) -> Result<(), Failed> {
    let list = || vm.ask("trace", &["--list"]).stdout;
    until(PATIENCE, "the session is listed", || {
        list().lines().any(|line| line.contains("lists:seq/2"))
    })?;
    let all = list();
    let row = all.lines().find(|line| line.contains("lists:seq/2"));
    let id = row
        .and_then(|row| row.split_whitespace().next())
        .ok_or("a row begins with its number")?;
    ended(&vm.ask("trace", &["--stop", id]), 0)?;
    until(PATIENCE, "the client ends", || {
        tracing.try_wait().is_ok_and(|status| status.is_some())
    })?;
    equal(list().contains("lists:seq/2"), false)
}
