//! Scripts: the head of the file, input and output, how they end. Where `escript` prints the same, that was asked of it.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Transom, under_test};
use transom_tests::running::{Scratch, contains, ended, equal};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("scripts::flags_of_the_head", flags),
        Trial::test("scripts::what_is_not_done_is_said", notes),
        Trial::test("scripts::a_module_of_its_own", module),
        Trial::test("scripts::an_archive_is_no_source", archive),
        Trial::test("scripts::in_a_pipe", pipe),
        Trial::test("scripts::from_standard_input", from_stdin),
    ]
}

const FLAGS: &str = r#"#!/usr/bin/env escript
%% -*- erlang -*-
%%! -smp enable -kernel level 7 -other k '"v w"' -pa lib -name me@here +S 1 -env TR_KEY value
-mode(compile).
main(Args) ->
    io:format("~p~n", [Args]),
    io:format("~p ~p~n", [application:get_env(kernel, level), init:get_argument(smp)]),
    io:format("~p ~p~n", [init:get_argument(other), node()]),
    io:format("~p ~p~n", [os:getenv("TR_KEY"), helper:there()]),
    io:format("~ts ~w~n", [escript:script_name(), ?LINE]).
"#;

const WANTED: &str = r#"["-x","--","a b"]
{ok,7} {ok,[["enable"]]}
{ok,[["k","\"v w\""]]} me@here
"value" yes
flags 10
"#;

fn flags() -> Result<(), Failed> {
    let scratch = Scratch::new("script-flags")?;
    let file = scratch.write("flags", FLAGS)?;
    scratch.write(
        "lib/helper.erl",
        "-module(helper).\n-export([there/0]).\nthere() -> yes.\n",
    )?;
    for start in [&["run"][..], &[]] {
        let args = [start, &["flags", "-x", "--", "a b"]].concat();
        let output = Transom::new(args).in_dir(scratch.path()).output();
        ended(&output, 0)?;
        equal(output.stdout.as_str(), WANTED)?;
        equal(output.stderr.as_str(), "")?;
    }
    // As the kernel starts it, by its first line.
    let program = std::env::current_exe()?;
    let text = FLAGS.replace("/usr/bin/env escript", &program.display().to_string());
    std::fs::write(&file, text)?;
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755))?;
    let mut command = Command::new("./flags");
    under_test(&mut command);
    let output = command
        .args(["-x", "--", "a b"])
        .current_dir(scratch.path())
        .output()?;
    equal(
        String::from_utf8_lossy(&output.stdout)
            .replace("./flags", "flags")
            .as_str(),
        WANTED,
    )
}

fn notes() -> Result<(), Failed> {
    let scratch = Scratch::new("script-notes")?;
    scratch.write(
        "s",
        "#!/usr/bin/env escript\n%%! -sname x -eval 'halt(3).' -noshell\nmain(_) -> ok.\n",
    )?;
    let output = Transom::new(["run", "s"]).in_dir(scratch.path()).output();
    ended(&output, 0)?;
    equal(
        output.stderr.as_str(),
        "s: note: -sname x: ignored, there is no distribution to other nodes\ns: note: -eval is not honoured\n",
    )
}

/// With a `-module` line main/1 need not be exported, and lines keep their numbers.
fn module() -> Result<(), Failed> {
    let scratch = Scratch::new("script-module")?;
    let text = "#!/usr/bin/env escript\n-module(named).\nmain([]) -> io:format(\"~p ~p~n\", [?MODULE, ?LINE]);\nmain(_) -> error(oops).\n";
    scratch.write("s.es", text)?;
    let output = Transom::new(["run", "s.es"])
        .in_dir(scratch.path())
        .output();
    ended(&output, 0)?;
    equal(output.stdout.as_str(), "named 3\n")?;
    let failed = Transom::new(["run", "s.es", "x"])
        .in_dir(scratch.path())
        .output();
    ended(&failed, 1)?;
    contains(&failed.stderr, "{named,main,1,[{file,\"s.es\"},{line,4}]}")
}

fn pipe() -> Result<(), Failed> {
    let scratch = Scratch::new("script-pipe")?;
    let text = "main(_) -> io:setopts([binary]), loop(0).\nloop(N) -> case io:get_line(\"\") of eof -> io:format(\"~w lines~n\", [N]), io:format(standard_error, \"done~n\", []); _ -> loop(N + 1) end.\n";
    scratch.write("count", text)?;
    let input = "line\n".repeat(10_000);
    let output = Transom::new(["run", "count"])
        .in_dir(scratch.path())
        .stdin(input)
        .output();
    ended(&output, 0)?;
    equal(output.stdout.as_str(), "10000 lines\n")?;
    equal(output.stderr.as_str(), "done\n")
}

/// An archive or a module file below the head is no source, and is not shown as if it were a broken one.
fn archive() -> Result<(), Failed> {
    let scratch = Scratch::new("script-archive")?;
    for (body, what) in [
        (
            &b"PK\x03\x04\x14\0\xff\xfe"[..],
            "an archive of compiled modules",
        ),
        (b"FOR1\0\0\0\x08BEAM", "a compiled module"),
    ] {
        let head = b"#!/usr/bin/env escript\n%% made by a tool\n%%! -escript main m\n";
        scratch.write("s", [head, body].concat())?;
        let output = Transom::new(["run", "s"]).in_dir(scratch.path()).output();
        let wanted = format!(
            "s: this script holds {what} instead of source; build it from its sources: transom bundle DIR -o FILE\n"
        );
        equal(output.status == Some(0), false)?;
        equal(output.stdout.as_str(), "")?;
        contains(&output.stderr, &wanted)?;
        equal(output.stderr.lines().count(), 1)?;
    }
    Ok(())
}

fn from_stdin() -> Result<(), Failed> {
    let text = "main(Args) -> io:format(\"~p~n\", [Args]), halt(4).\n";
    let output = Transom::new(["run", "-", "a", "-b"]).stdin(text).output();
    ended(&output, 4)?;
    equal(output.stdout.as_str(), "[\"a\",\"-b\"]\n")
}
