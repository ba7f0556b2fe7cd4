//! A program's own copies of modules that this VM has too: of community tools and of applications that are not sticky, found on the code path or
//! loaded over the built-in ones. Modules of `kernel` and `stdlib` stay what they are.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::scratch::Scratch;

fn with(name: &str, files: &[(&str, &str)]) -> std::io::Result<Scratch> {
    let scratch = Scratch::new(name)?;
    for (file, text) in files {
        scratch.write(file, text)?;
    }
    Ok(scratch)
}

/// Two tools of the program's own.
const REDBUG: &str = "-module(redbug).\n-export([start/1]).\nstart(Text) -> {mine, Text}.\n";
const RECON: &str = "-module(recon_trace).\n-export([calls/2]).\ncalls(_, Max) -> {mine, Max}.\n";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("own_modules::found_on_the_path", found_on_the_path),
        Trial::test("own_modules::with_its_headers", with_its_headers),
        Trial::test("own_modules::as_bytecode", as_bytecode),
        Trial::test("own_modules::loaded_again", loaded_again),
        Trial::test("own_modules::loaded_over", loaded_over),
        Trial::test("own_modules::natives_get_terms", natives_get_terms),
        Trial::test("own_modules::built_in_without_them", built_in_without_them),
        Trial::test("own_modules::libraries_stay", libraries_stay),
    ]
}

fn run(folder: &Scratch, options: &[&str], program: &str) -> Result<String, Failed> {
    folder.write("program.erl", program)?;
    let output = Transom::new(["run", "--no-control"])
        .args(options)
        .arg("program.erl")
        .in_dir(folder.path())
        .output();
    match output.status {
        Some(0) => Ok(output.stdout),
        status => Err(format!("{status:?}\n{}\n{}", output.stdout, output.stderr).into()),
    }
}

fn equal(given: &str, expected: &str) -> Result<(), Failed> {
    match given == expected {
        true => Ok(()),
        false => Err(format!("expected: {expected}\ngiven: {given}").into()),
    }
}

const CALLS: &str = "-module(program).
-export([main/1]).
main(_) ->
    io:format(\"~p ~p~n\", [redbug:start(\"lists:seq\"), recon_trace:calls({lists, seq, 2}, 10)]).
";

fn found_on_the_path() -> Result<(), Failed> {
    let folder = with("path", &[])?;
    folder.write("lib/redbug.erl", REDBUG)?;
    folder.write("lib/recon_trace.erl", RECON)?;
    let given = run(&folder, &["-pa", "lib"], CALLS)?;
    equal(&given, "{mine,\"lists:seq\"} {mine,10}\n")
}

/// The headers of a library lie beside its sources; a transform among them is compiled on first use, too.
fn with_its_headers() -> Result<(), Failed> {
    let folder = with("headers", &[])?;
    for (dir, file, text) in [
        ("lib/include", "own.hrl", "-define(FOUND, found).\n"),
        (
            "lib/src",
            "to_found.erl",
            "-module(to_found).\n-export([parse_transform/2]).\n-include(\"own.hrl\").\n\
             parse_transform(Forms, _) -> [form(F) || F <- Forms].\n\
             form({function, L, answer, 0, _}) -> {function, L, answer, 0, [{clause, L, [], [], [{atom, L, ?FOUND}]}]};\n\
             form(F) -> F.\n",
        ),
    ] {
        folder.write(format!("{dir}/{file}"), text)?;
    }
    let given = run(
        &folder,
        &["-pa", "lib/src"],
        "-module(program).\n-compile({parse_transform, to_found}).\n-export([main/1]).\n\
         main(_) -> io:format(\"~p~n\", [answer()]).\nanswer() -> lost.\n",
    )?;
    equal(&given, "found\n")
}

fn as_bytecode() -> Result<(), Failed> {
    let folder = with(
        "bytecode",
        &[("redbug.erl", REDBUG), ("recon_trace.erl", RECON)],
    )?;
    std::fs::create_dir(folder.path().join("ebin"))?;
    let compiled = Transom::new(["compile", "redbug.erl", "recon_trace.erl", "-o", "ebin"])
        .in_dir(folder.path())
        .output();
    if compiled.status != Some(0) {
        return Err(compiled.stderr.into());
    }
    for file in ["redbug.erl", "recon_trace.erl"] {
        std::fs::remove_file(folder.path().join(file))?;
    }
    let given = run(&folder, &["-pa", "ebin"], CALLS)?;
    equal(&given, "{mine,\"lists:seq\"} {mine,10}\n")
}

/// What a tool does that sends its own code to the VM it traces: the code it finds is its own copy's, before that was used and after.
fn loaded_again() -> Result<(), Failed> {
    let compiler =
        "-module(redbug_compiler).\n-export([generate/1]).\ngenerate(Text) -> {mine, Text}.\n";
    let files = [("redbug.erl", REDBUG), ("redbug_compiler.erl", compiler)];
    let folder = with("again", &files)?;
    let program = "-module(program).
-export([main/1]).
main(_) ->
    {redbug, Code, File} = code:get_object_code(redbug),
    File = code:which(redbug),
    false = code:is_loaded(redbug),
    {module, redbug} = c:l(redbug),
    {mine, a} = redbug:start(a),
    {mine, b} = redbug_compiler:generate(b),
    {module, redbug_compiler} = c:l(redbug_compiler),
    {Pid, Monitor} = spawn_monitor(fun() -> exit(lists:map(fun redbug_compiler:generate/1, [c])) end),
    Mapped = receive {'DOWN', Monitor, process, Pid, Reason} -> Reason end,
    {module, redbug} = code:load_binary(redbug, File, Code),
    io:format(\"~p ~p ~s~n\", [Mapped, redbug:start(d), filename:basename(code:which(redbug))]),
    {recon_trace, _, \"recon_trace.tbc\"} = code:get_object_code(recon_trace),
    {lists, _, \"lists.tbc\"} = code:get_object_code(lists).
";
    let given = run(&folder, &["-pa", "."], program)?;
    equal(&given, "[{mine,c}] {mine,d} redbug.erl\n")
}

fn loaded_over() -> Result<(), Failed> {
    let folder = with("over", &[])?;
    let program = "-module(program).
-export([main/1]).
main(_) ->
    {module, redbug} = code:ensure_loaded(redbug),
    true = lists:member({start, 1}, redbug:module_info(exports)),
    Forms = [{attribute, 1, module, redbug}, {attribute, 2, export, [{mine, 0}]},
             {function, 3, mine, 0, [{clause, 3, [], [], [{atom, 3, yes}]}]}],
    {ok, redbug, Code} = compile:forms(Forms, []),
    {module, redbug} = code:load_binary(redbug, \"redbug.erl\", Code),
    io:format(\"~p ~p ~p~n\", [redbug:mine(), code:which(redbug), erlang:function_exported(redbug, start, 1)]).
";
    let given = run(&folder, &[], program)?;
    equal(&given, "yes \"redbug.erl\" false\n")
}

/// A function that a native replaces gets a binary from the module's own calls, even where its code would take a match context.
fn natives_get_terms() -> Result<(), Failed> {
    let own = "-module(binary).
-export([behind/1, first/1, last/1]).
behind(<<_, Rest/binary>>) -> first(Rest) + last(Rest).
first(<<C, _/binary>>) -> C.
last(<<C>>) -> C;
last(<<_, Rest/binary>>) -> last(Rest).
";
    let folder = with("natives", &[("binary.erl", own)])?;
    let program = "-module(program).
-export([main/1]).
main(_) ->
    {ok, binary, Code} = compile:file(\"binary.erl\", [binary]),
    true = code:unstick_mod(binary),
    {module, binary} = code:load_binary(binary, \"binary.erl\", Code),
    Sum = binary:behind(<<1, 2, 3, 4>>),
    erlang:display(Sum),
    halt(0, [{flush, true}]).
";
    let given = run(&folder, &[], program)?;
    equal(&given, "6\n")
}

fn built_in_without_them() -> Result<(), Failed> {
    let folder = with("none", &[])?;
    let program = "-module(program).
-export([main/1]).
main(_) ->
    io:format(\"~p ~p~n\", [code:which(redbug), code:ensure_loaded(recon_trace)]),
    {_, _, 1} = redbug:start(\"lists:seq/2\", [{time, 1000}, {msgs, 1}]),
    io:format(\"~p~n\", [redbug:stop()]).
";
    let given = run(&folder, &[], program)?;
    equal(
        given.lines().next().unwrap_or(""),
        "preloaded {module,recon_trace}",
    )
}

fn libraries_stay() -> Result<(), Failed> {
    let lists = "-module(lists).\n-export([seq/2]).\nseq(_, _) -> mine.\n";
    let queue = "-module(queue).\n-export([new/0]).\nnew() -> mine.\n";
    let folder = with("sticky", &[("lists.erl", lists), ("queue.erl", queue)])?;
    let program = "-module(program).
-export([main/1]).
main(_) ->
    io:format(\"~p ~p ~p~n\", [lists:seq(1, 2), code:load_file(lists), queue:is_queue(queue:new())]).
";
    let given = run(&folder, &["-pa", "."], program)?;
    equal(&given, "[1,2] {error,sticky_directory} true\n")
}
