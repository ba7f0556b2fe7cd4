//! Scripts: the head of the file, input and output, how they end. Where `escript` prints the same, that was asked of it.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Transom, under_test};
use transom_tests::running::{contains, ended, equal};
use transom_tests::scratch::Scratch;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("scripts::flags_of_the_head", flags),
        Trial::test("scripts::what_is_not_done_is_said", notes),
        Trial::test("scripts::a_module_of_its_own", module),
        Trial::test("scripts::archives_and_module_files_run", archive),
        Trial::test("scripts::an_archive_is_no_source", no_source),
        Trial::test("scripts::in_a_pipe", pipe),
        Trial::test("scripts::from_standard_input", from_stdin),
        Trial::test("scripts::what_is_to_be_done_first_is_done", on_load),
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

/// Made with `escript:create/2`, in all ways that there are.
const MAKER: &str = r#"main(_) ->
    {ok, tool, Tool} = compile:file("tool.erl", [binary]),
    {ok, Helper} = file:read_file("helper.erl"),
    App = <<"{application,tapp,[{vsn,\"1.2\"},{env,[{e,5}]},{applications,[kernel,stdlib]}]}.">>,
    Of = fun(Files) -> {archive, Files, []} end,
    ok = escript:create("apps.es", [shebang, comment, {emu_args, "-escript main tool"},
                                    Of([{"tapp/ebin/tool.tbc", Tool}, {"tapp/src/helper.erl", Helper}, {"tapp/ebin/tapp.app", App},
                                        {"tapp/priv/page.txt", <<"page">>}])]),
    ok = escript:create("tool", [shebang, Of([{"tool.tbc", Tool}, {"helper.erl", Helper}])]),
    ok = escript:create("module.es", [shebang, {beam, Tool}]),
    ok = escript:create("other.es", [shebang, Of([{"helper.erl", Helper}])]),
    ok = escript:create("beam.es", [shebang, {emu_args, "-escript main tool"}, Of([{"tool.beam", <<"FOR1\0\0\0\10BEAM">>}])]),
    {ok, Bytes} = file:read_file("tool"),
    ok = file:write_file("damaged.es", binary:replace(Bytes, <<"hi() -> hello">>, <<"hi() -> jello">>)),
    {ok, Parts} = escript:extract("apps.es", []),
    {archive, Zip} = lists:keyfind(archive, 1, Parts),
    {ok, Files} = zip:extract(Zip, [memory]),
    io:format("~0p ~0p~n", [lists:droplast(Parts), [N || {N, _} <- Files]]).
"#;

const TOOL: &str = r#"-module(tool).
-export([main/1]).
main(["crash"]) -> error(oops);
main(["halt", N]) -> halt(list_to_integer(N));
main(["priv"]) ->
    ok = file:set_cwd("/"),
    Priv = code:priv_dir(tapp),
    {ok, Bytes, _} = erl_prim_loader:get_file(filename:join(Priv, "page.txt")),
    io:format("~p ~p ~p~n", [lists:nthtail(length(filename:split(Priv)) - 3, filename:split(Priv)), Bytes, erl_prim_loader:list_dir(Priv)]);
main(Args) ->
    io:format("~p ~p ~p ", [Args, helper:hi(), application:start(tapp)]),
    io:format("~p ~ts~n", [application:get_env(tapp, e), filename:basename(escript:script_name())]).
"#;

fn archive() -> Result<(), Failed> {
    let scratch = Scratch::new("script-archive")?;
    scratch.write("maker", MAKER)?;
    scratch.write("tool.erl", TOOL)?;
    scratch.write(
        "helper.erl",
        "-module(helper).\n-export([hi/0]).\nhi() -> hello.\n",
    )?;
    let transom = |args: &[&str]| Transom::new(args).in_dir(scratch.path()).output();
    let made = transom(&["run", "maker"]);
    ended(&made, 0)?;
    equal(
        made.stdout.as_str(),
        "[{shebang,default},{comment,default},{emu_args,\"-escript main tool\"}] [\"tapp/ebin/tool.tbc\",\"tapp/src/helper.erl\",\"tapp/ebin/tapp.app\",\"tapp/priv/page.txt\"]\n",
    )?;
    let missing = "{error,{\"no such file or directory\",\"tapp.app\"}} undefined";
    for (script, rest) in [
        ("apps.es", "ok {ok,5} apps.es"),
        ("tool", &format!("{missing} tool")),
    ] {
        let output = transom(&["run", script, "x", "-y"]);
        ended(&output, 0)?;
        equal(
            output.stdout.as_str(),
            &*format!("[\"x\",\"-y\"] hello {rest}\n"),
        )?;
    }
    // What is no module lies inside the archive, wherever the program goes.
    equal(
        transom(&["run", "apps.es", "priv"]).stdout.as_str(),
        "[\"apps.es\",\"tapp\",\"priv\"] <<\"page\">> {ok,[\"page.txt\"]}\n",
    )?;
    // A module file alone has only what the code path has.
    let module = transom(&["run", "-pa", ".", "module.es"]);
    ended(&module, 0)?;
    contains(&module.stdout, "[] hello ")?;
    ended(&transom(&["run", "apps.es", "halt", "9"]), 9)?;
    let crashed = transom(&["run", "apps.es", "crash"]);
    ended(&crashed, 1)?;
    contains(
        &crashed.stderr,
        "{oops,[{tool,main,1,[{file,\"tool.erl\"},{line,3}]}",
    )?;
    let link = scratch.path().join("escript");
    std::os::unix::fs::symlink(std::env::current_exe()?, &link)?;
    let crashed = Transom::of(&link, ["apps.es", "crash"])
        .in_dir(scratch.path())
        .output();
    ended(&crashed, 127)?;
    for (script, why) in [
        (
            "other.es",
            "other.es: module other does not export main/1\n",
        ),
        (
            "beam.es",
            "beam.es: tool.beam was compiled for BEAM, which this is not",
        ),
        (
            "damaged.es",
            "damaged.es: its archive is damaged: {bad_crc,\"helper.erl\"}\n",
        ),
    ] {
        let output = transom(&["run", script]);
        ended(&output, 1)?;
        equal(output.stdout.as_str(), "")?;
        contains(&output.stderr, why)?;
    }
    Ok(())
}

/// Commands that want source say what is there instead, and do not show it as if it were a broken one.
fn no_source() -> Result<(), Failed> {
    let scratch = Scratch::new("script-no-source")?;
    for (body, what) in [
        (
            &b"PK\x03\x04\x14\0\xff\xfe"[..],
            "an archive of compiled modules",
        ),
        (b"FOR1\0\0\0\x08BEAM", "a compiled module"),
        (b"TBC\n\x01\0\0\0", "a compiled module"),
    ] {
        let head = b"#!/usr/bin/env escript\n%% made by a tool\n%%! -escript main m\n";
        scratch.write("s", [head, body].concat())?;
        for command in ["check", "compile"] {
            let output = Transom::new([command, "s"]).in_dir(scratch.path()).output();
            let wanted = format!("transom: s: this script holds {what} instead of source;");
            ended(&output, 1)?;
            equal(output.stdout.as_str(), "")?;
            contains(&output.stderr, &wanted)?;
            equal(output.stderr.lines().count(), 1)?;
        }
        ended(
            &Transom::new(["run", "s"]).in_dir(scratch.path()).output(),
            1,
        )?;
    }
    Ok(())
}

fn from_stdin() -> Result<(), Failed> {
    let text = "main(Args) -> io:format(\"~p~n\", [Args]), halt(4).\n";
    let output = Transom::new(["run", "-", "a", "-b"]).stdin(text).output();
    ended(&output, 4)?;
    equal(output.stdout.as_str(), "[\"a\",\"-b\"]\n")
}

/// The program's own `on_load` function runs before it; one that fails leaves nothing to run.
fn on_load() -> Result<(), Failed> {
    let scratch = Scratch::new("script-on-load")?;
    let text = "-module(first).\n-export([start/0]).\n-on_load(init/0).\ninit() -> io:put_chars(\"first\\n\"), ANSWER.\nstart() -> io:put_chars(\"then\\n\").\n";
    scratch.write("first.erl", text.replace("ANSWER", "ok"))?;
    let good = Transom::new(["run", "first.erl"])
        .in_dir(scratch.path())
        .output();
    ended(&good, 0)?;
    equal(good.stdout.as_str(), "first\nthen\n")?;
    scratch.write("first.erl", text.replace("ANSWER", "no"))?;
    let bad = Transom::new(["run", "first.erl"])
        .in_dir(scratch.path())
        .output();
    ended(&bad, 1)?;
    equal(bad.stdout.as_str(), "first\n")?;
    contains(&bad.stderr, "{undef,[{first,start,[],[]}")
}
