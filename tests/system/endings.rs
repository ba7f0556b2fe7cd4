//! How a program ends and begins again by functions of the library: `halt`, `init:stop`, `init:restart`, `init:reboot`, `c:q`; and what goes to standard
//! output past all io servers, as `erl` prints it.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Output, Transom};
use transom_tests::running::{ended, equal};
use transom_tests::scratch::Scratch;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("endings::halt", halts),
        Trial::test("endings::stop_and_reboot_take_applications_down", stops),
        Trial::test("endings::restart_begins_anew", restarts),
        Trial::test("endings::display_goes_past_all_io_servers", display),
        Trial::test(
            "endings::standard_error_is_whole_at_the_end",
            errors_written,
        ),
        Trial::test("endings::shells_of_a_program", shells),
    ]
}

/// An application that says when it stops, and a `main` with the given body.
fn run(name: &str, body: &str, input: &str) -> Result<Output, Failed> {
    let scratch = Scratch::new(name)?;
    let text = format!(
        "-module(ending).
-export([main/1, start/2, stop/1]).
start(_, _) -> {{ok, spawn_link(fun() -> receive after infinity -> ok end end)}}.
stop(_) -> io:format(\"stopped~n\").
app() ->
    ok = application:load({{application, ending, [{{mod, {{ending, []}}}}, {{modules, [ending]}}, {{registered, []}}]}}),
    ok = application:start(ending).
main(Args) -> {body}.
_used() -> [app, main].
"
    )
    .replace("_used() -> [app, main].\n", "");
    scratch.write("ending.erl", &text)?;
    Ok(
        Transom::new(["run", "--no-control", "ending.erl", "one", "two words"])
            .in_dir(scratch.path())
            .stdin(input)
            .output(),
    )
}

fn halts() -> Result<(), Failed> {
    for (body, status) in [
        ("app(), Args, erlang:halt()", 0),
        ("app(), Args, erlang:halt(7)", 7),
        ("app(), Args, erlang:halt(3, [{flush, false}])", 3),
    ] {
        let output = run("ending-halt", body, "")?;
        ended(&output, status)?;
        // Nothing is taken down.
        equal(output.stdout.as_str(), "")?;
    }
    Ok(())
}

/// What was written to standard error, by name and by the process behind the name, is there in order when a program halts at once.
fn errors_written() -> Result<(), Failed> {
    let scratch = Scratch::new("ending-errors")?;
    let program = "-module(ending).
-export([main/1]).
main(_) ->
    E = whereis(standard_error),
    true = is_pid(E),
    [begin
         io:format(standard_error, \"~b name~n\", [N]),
         io:format(E, \"~b pid~n\", [N]),
         io:put_chars(standard_error, [integer_to_list(N), \" chars\\n\"])
     end || N <- lists:seq(1, 1000)],
    erlang:halt(0).
";
    scratch.write("ending.erl", program)?;
    let output = Transom::new(["run", "--no-control", "ending.erl"])
        .in_dir(scratch.path())
        .output();
    ended(&output, 0)?;
    let lines = |n: u32| ["name", "pid", "chars"].map(|how| format!("{n} {how}"));
    let expected: Vec<String> = (1..=1000).flat_map(lines).collect();
    let given: Vec<&str> = output.stderr.lines().collect();
    match given.iter().zip(&expected).position(|(a, b)| a != b) {
        Some(at) => Err(format!("line {at}: {}", given[at]).into()),
        None => equal(given.len(), expected.len()),
    }
}

fn stops() -> Result<(), Failed> {
    for (body, status) in [
        (
            "app(), Args, ok = init:stop(), receive after 5000 -> ok end",
            0,
        ),
        (
            "app(), Args, ok = init:stop(4), receive after 5000 -> ok end",
            4,
        ),
        (
            "app(), Args, ok = init:reboot(), receive after 5000 -> ok end",
            0,
        ),
        ("app(), Args, ok = c:q(), receive after 5000 -> ok end", 0),
    ] {
        let output = run("ending-stop", body, "")?;
        ended(&output, status)?;
        equal(output.stdout.as_str(), "stopped\n")?;
    }
    Ok(())
}

/// The same process, arguments and directory; other memory. A mode of loading code is the next one's.
fn restarts() -> Result<(), Failed> {
    const BODY: &str = "app(),
    io:format(\"~p ~p ~p~n\", [Args, code:get_mode(), filelib:is_regular(\"ending.erl\")]),
    Me = os:getpid(),
    case file:read_file(\"mark\") of
        {error, enoent} ->
            ok = file:write_file(\"mark\", Me),
            persistent_term:put(ending, kept),
            ok = file:make_dir(\"elsewhere\"),
            ok = file:set_cwd(\"elsewhere\"),
            ok = RESTART,
            receive after 5000 -> ok end;
        {ok, Before} ->
            io:format(\"~p ~p ~p~n\", [binary_to_list(Before) =:= Me, persistent_term:get(ending, gone), os:getenv(\"TRANSOM_CODE_MODE\")]),
            halt(5)
    end";
    for (restart, mode) in [
        ("init:restart()", "interactive"),
        ("init:restart([])", "interactive"),
        ("init:restart([{mode, embedded}])", "embedded"),
    ] {
        let output = run("ending-restart", &BODY.replace("RESTART", restart), "")?;
        ended(&output, 5)?;
        let wanted = format!(
            "[\"one\",\"two words\"] interactive true\nstopped\n[\"one\",\"two words\"] {mode} true\ntrue gone false\n"
        );
        equal(output.stdout.as_str(), wanted.as_str())?;
    }
    Ok(())
}

fn display() -> Result<(), Failed> {
    const BODY: &str = "Args,
    true = erlang:display({a, [1, -2], <<1, 2>>, 'B c', self() =:= self()}),
    true = erlang:display_string(\"abc\\n\"),
    true = erlang:display_string([955, 10]),
    [io:format(\"~p~n\", [try erlang:display_string(X) catch error:R -> R end]) || X <- [atom, [-1], [a]]]";
    let output = run("ending-display", BODY, "")?;
    ended(&output, 0)?;
    equal(
        output.stdout.as_str(),
        "{a,[1,-2],<<1,2>>,'B c',true}\nbadarg\nbadarg\nbadarg\n",
    )?;
    equal(output.stderr.ends_with("\nabc\n\u{3bb}\n"), true)
}

/// Shells that a program starts read its standard input and write its standard output.
fn shells() -> Result<(), Failed> {
    for start in [
        "shell:start_interactive()",
        "shell:start_interactive({ending, start, []})",
        "shell:server(false)",
        "shell:server(false, false)",
    ] {
        let body = format!("Args, {start}, receive after 20000 -> ok end");
        let output = run("ending-shell", &body, "X = 40.\nX + 2.\nhalt(6).\n")?;
        ended(&output, 6)?;
        if !output.stdout.contains("\n42\n") && !output.stdout.contains("> 42\n") {
            return Err(format!("{start}: {}", output.stdout).into());
        }
    }
    Ok(())
}
