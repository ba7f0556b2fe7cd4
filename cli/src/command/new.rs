//! `transom new NAME`: a project with a supervised server, a test, a README.

use std::ffi::OsString;
use std::path::Path;

use super::Status;

/// The files of a project; `NAME` stands for its name.
const FILES: &[(&str, &str)] = &[
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
    let words: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let name = match words.as_slice() {
        [name] if !name.starts_with('-') => name,
        [help] if help == "--help" || help == "-h" => {
            println!(
                "Usage: transom new NAME\n\nMakes a project: a supervised server, a test, a README."
            );
            return Ok(0);
        }
        _ => return Err("what is its name? (transom new NAME)".to_owned()),
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
    for (file, text) in FILES {
        let path = directory.join(file.replace("NAME", name));
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, text.replace("NAME", name)));
        if let Err(e) = written {
            eprintln!("transom: {}: {e}", path.display());
            return Ok(1);
        }
    }
    println!("made {name}; start it with: cd {name} && transom run --name {name} .");
    Ok(0)
}

/// An atom that needs no quotes and a file name that needs none either.
fn is_atom(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
