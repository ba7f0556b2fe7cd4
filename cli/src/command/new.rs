//! `transom new [app|lib|script] NAME`: a directory with something that runs and passes its tests, to be changed into something else.

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{Status, wants_help};

pub(super) const HELP: &str = "\
Usage: transom new [app|lib|script] NAME

Makes the directory NAME:
  app       a project with a supervised server, a test, a README (so does NAME alone)
  lib       modules without anything to start, a test, a README
  script    one file with main/1, a test, a README
";

/// Files by name and text; `NAME` stands for the project's name in both.
type Template = &'static [(&'static str, &'static str)];

const LIBRARY: Template = &[
    (
        "src/NAME.app.src",
        "{application, NAME, [\n    {description, \"Words\"},\n    {vsn, \"0.1.0\"},\n    {registered, []},\n    {applications, [kernel, stdlib]}\n]}.\n",
    ),
    (
        "src/NAME.erl",
        "%% What can be said about words.\n-module(NAME).\n-export([count/1]).\n\n%% The words of a text, with how often each occurs.\n-spec count(string()) -> #{string() => pos_integer()}.\ncount(Text) ->\n    lists:foldl(fun(Word, Counts) -> maps:update_with(Word, fun(N) -> N + 1 end, 1, Counts) end, #{}, string:lexemes(Text, \" \\t\\n\")).\n",
    ),
    (
        "test/NAME_tests.erl",
        "-module(NAME_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\n\ncounts_test() -> ?assertEqual(#{\"a\" => 2, \"b\" => 1}, NAME:count(\"a b a\")).\n\nno_words_test() -> ?assertEqual(#{}, NAME:count(\" \\n\")).\n",
    ),
    (
        "README.md",
        "# NAME\n\n    transom test                                      runs the tests\n    transom eval 'NAME:count(\"a b a\").' -pa src        calls it\n\nOther projects use it from below their `_checkouts`, or by `ERL_LIBS`.\n",
    ),
    (".gitignore", "*.tbc\n"),
];

const SCRIPT: Template = &[
    (
        "NAME",
        "#!/usr/bin/env transom\n\n%% Prints its arguments.\nmain([]) ->\n    io:format(standard_error, \"usage: ~ts WORD...~n\", [escript:script_name()]),\n    halt(2);\nmain(Words) -> io:format(\"NAME: ~ts~n\", [lists:join(\" \", Words)]).\n",
    ),
    (
        "test/NAME_tests.erl",
        "-module(NAME_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\n\n%% The script as a module.\nload() ->\n    {ok, Parts} = escript:extract(\"NAME\", [compile_source]),\n    {module, NAME} = code:load_binary('NAME', \"NAME\", proplists:get_value(source, Parts)).\n\nprints_test() ->\n    load(),\n    ?assertEqual(ok, NAME:main([\"a\", \"b\"])).\n",
    ),
    (
        "README.md",
        "# NAME\n\n    ./NAME a b                              runs it\n    transom test                            runs the tests\n    transom bundle NAME -o NAME.bin         one executable that needs nothing else\n",
    ),
    (".gitignore", "*.tbc\n*.bin\n"),
];

/// An application.
const APPLICATION: Template = &[
    (
        "src/NAME.app.src",
        "{application, NAME, [\n    {description, \"A supervised counter\"},\n    {vsn, \"0.1.0\"},\n    {registered, [NAME_sup, NAME_server]},\n    {applications, [kernel, stdlib]},\n    {mod, {NAME_app, []}}\n]}.\n",
    ),
    (
        "src/NAME_app.erl",
        "-module(NAME_app).\n-behaviour(application).\n-export([start/2, stop/1]).\n\nstart(_Type, _Args) -> NAME_sup:start_link().\n\nstop(_State) -> ok.\n",
    ),
    (
        "src/NAME_sup.erl",
        "%% Restarts the server when it fails, at most five times in ten seconds.\n-module(NAME_sup).\n-behaviour(supervisor).\n-export([start_link/0, init/1]).\n\nstart_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).\n\ninit([]) ->\n    Flags = #{strategy => one_for_one, intensity => 5, period => 10},\n    Server = #{id => server, start => {NAME_server, start_link, []}},\n    {ok, {Flags, [Server]}}.\n",
    ),
    (
        "src/NAME_server.erl",
        "%% A counter.\n-module(NAME_server).\n-behaviour(gen_server).\n-export([start_link/0, next/0]).\n-export([init/1, handle_call/3, handle_cast/2, code_change/3]).\n\nstart_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).\n\n%% The next number, from 1 on.\nnext() -> gen_server:call(?MODULE, next).\n\ninit([]) -> {ok, 0}.\n\nhandle_call(next, _From, N) -> {reply, N + 1, N + 1}.\n\nhandle_cast(_, N) -> {noreply, N}.\n\n%% Called when the module is reloaded while the server runs: turns the state of the old version into that of the new one.\ncode_change(_OldVersion, N, _Extra) -> {ok, N}.\n",
    ),
    (
        "test/NAME_server_tests.erl",
        "-module(NAME_server_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\n\ncounts_test() ->\n    {ok, Pid} = NAME_server:start_link(),\n    ?assertEqual(1, NAME_server:next()),\n    ?assertEqual(2, NAME_server:next()),\n    gen_server:stop(Pid).\n",
    ),
    (
        "README.md",
        "# NAME\n\n    transom run --name NAME .          starts it\n    transom attach NAME                a console inside\n    transom trace NAME NAME_server:next\n    transom reload NAME                loads what changed\n    transom stop NAME\n    transom test                       runs the tests\n",
    ),
    (".gitignore", "*.tbc\nerl_crash.dump\n"),
];

/// `transom new`
pub fn new(arguments: Vec<OsString>) -> Status {
    if wants_help(&arguments) {
        print!("{HELP}");
        return Ok(0);
    }
    let words: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (files, name, then) = match words[..] {
        ["lib", name] => (LIBRARY, name, "transom test"),
        ["script", name] => (SCRIPT, name, "transom test"),
        ["app", name] | [name] if !name.starts_with('-') => {
            (APPLICATION, name, "transom run --name NAME .")
        }
        [kind, _] => return Err(format!("new makes an app, a lib or a script, not '{kind}'")),
        _ => return Err("what is its name? (transom new [app|lib|script] NAME)".to_owned()),
    };
    if !is_atom(name) {
        return Err(format!(
            "'{name}' cannot be the name of an application: lower-case letters, digits and _ (it names modules)"
        ));
    }
    let directory = Path::new(name);
    if directory.exists() {
        eprintln!("transom: {name} exists already");
        return Ok(1);
    }
    if let Err(message) = make(directory, name, files) {
        eprintln!("transom: {message}");
        return Ok(1);
    }
    println!(
        "made {name}; next: cd {name} && {}",
        then.replace("NAME", name)
    );
    Ok(0)
}

fn make(directory: &Path, name: &str, files: Template) -> Result<(), String> {
    for (file, text) in files {
        let path = directory.join(file.replace("NAME", name));
        let text = text.replace("NAME", name);
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, &text))
            .and_then(|()| {
                if text.starts_with("#!") {
                    let executable = std::fs::Permissions::from_mode(0o755);
                    std::fs::set_permissions(&path, executable)?;
                }
                Ok(())
            });
        written.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// An atom that needs no quotes and a file name that needs none either.
fn is_atom(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
