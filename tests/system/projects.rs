//! Projects: what rebar.config and .app.src say counts, what does not count is said, diagnostics are drawn or written for tools.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Output, Transom};
use transom_tests::running::{contains, ended, equal};
use transom_tests::scratch::Scratch;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("projects::keys_of_rebar_config_count", keys),
        Trial::test(
            "projects::dependencies_below_build_and_checkouts",
            dependencies,
        ),
        Trial::test("projects::what_is_missing_or_not_done_is_told", told),
        Trial::test("projects::several_applications", several),
        Trial::test("projects::diagnostics_for_people_and_tools", diagnostics),
        Trial::test("projects::arguments_begin_after_two_dashes", arguments),
        Trial::test("projects::tests_reported_to_others", reported),
        Trial::test(
            "projects::macros_stay_when_a_module_is_compiled_again",
            macros,
        ),
    ]
}

/// A project named p from files below it.
fn project(what: &str, files: &[(&str, &str)]) -> Result<(Scratch, PathBuf), Failed> {
    let scratch = Scratch::new(&format!("project-{what}"))?;
    for (name, text) in files {
        scratch.write(format!("p/{name}"), text)?;
    }
    let path = scratch.path().join("p");
    Ok((scratch, path))
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Transom::new(args).in_dir(dir).output()
}

const APP: (&str, &str) = (
    "src/p.app.src",
    "{application, p, [{vsn, git}, {mod, {p_app, [arg]}}, {registered, [p_srv]}, {applications, [kernel, stdlib]}, {env, [{k, 1}]}]}.\n",
);

fn keys() -> Result<(), Failed> {
    let config = "{erl_opts, [debug_info, {i, \"more\"}, {d, 'FLAG'}, {d, 'VALUE', 7}, {parse_transform, p_transform}, {src_dirs, [\"src\", \"gen\"]}, {extra_src_dirs, [\"extra\"]}]}.\n{dialyzer, [{warnings, [unknown]}]}.\n";
    let (_scratch, dir) = project(
        "keys",
        &[
            APP,
            ("rebar.config", config),
            ("more/more.hrl", "-define(MORE, from_more).\n"),
            (
                "gen/p_gen.erl",
                "-module(p_gen).\n-export([f/0]).\nf() -> generated.\n",
            ),
            (
                "gen/p_grammar.yrl",
                "Nonterminals a.\nTerminals x.\nRootsymbol a.\na -> x : parsed.\n",
            ),
            (
                "gen/p_scanner.xrl",
                "Definitions.\nRules.\nx : {token, {x, TokenLine}}.\nErlang code.\n",
            ),
            (
                "extra/p_extra.erl",
                "-module(p_extra).\n-export([f/0]).\nf() -> extra.\n",
            ),
            (
                "src/sub/p_sub.erl",
                "-module(p_sub).\n-export([f/0]).\nf() -> below.\n",
            ),
            (
                "src/p_transform.erl",
                "-module(p_transform).\n-export([parse_transform/2]).\nparse_transform(Fs, _) -> [t(F) || F <- Fs].\nt({function, L, transformed, 0, _}) -> {function, L, transformed, 0, [{clause, L, [], [], [{atom, L, yes}]}]};\nt(F) -> F.\n",
            ),
            (
                "src/p_app.erl",
                "-module(p_app).\n-behaviour(application).\n-export([start/2, stop/1]).\n-include(\"more.hrl\").\n-ifdef(FLAG).\nflag() -> set.\n-else.\nflag() -> unset.\n-endif.\ntransformed() -> no.\nstart(_, Args) ->\n  io:format(\"~p~n\", [[Args, ?MORE, flag(), ?VALUE, transformed(), p_gen:f(), p_grammar:parse(element(2, p_scanner:string(\"x\"))), p_extra:f(), p_sub:f(), application:get_env(p, k), application:get_key(p, registered)]]),\n  spawn(fun() -> init:stop() end), {ok, self()}.\nstop(_) -> ok.\n",
            ),
        ],
    )?;
    let output = run(&dir, &["run", "."]);
    ended(&output, 0)?;
    equal(output.stderr.as_str(), "")?;
    equal(
        output
            .stdout
            .split_whitespace()
            .collect::<String>()
            .as_str(),
        "[[arg],from_more,set,7,yes,generated,{ok,parsed},extra,below,{ok,1},{ok,[p_srv]}]",
    )?;
    std::fs::write(
        dir.join("rebar.config"),
        "{erl_opts, [warnings_as_errors]}.\n",
    )?;
    std::fs::write(
        dir.join("src/p_app.erl"),
        "-module(p_app).\n-export([f/1]).\nf(X) -> 1.\n",
    )?;
    let strict = run(&dir, &["run", "."]);
    ended(&strict, 1)?;
    contains(&strict.stderr, "src/p_app.erl:3:3")?;
    contains(&strict.stderr, "variable 'X' is unused")
}

fn dependencies() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "deps",
        &[
            ("rebar.config", "{deps, [a, {b, \"1.0\"}]}.\n"),
            (
                "src/p.erl",
                "-module(p).\n-export([start/0]).\nstart() -> io:format(\"~p ~p ~p~n\", [a:f(), b:f(), application:ensure_all_started(a)]), halt(0).\n",
            ),
            (
                "_checkouts/a/rebar.config",
                "{deps, [c]}.\n{erl_opts, [{d, 'A', from_a}]}.\n",
            ),
            (
                "_checkouts/a/src/a.app.src",
                "{application, a, [{vsn, \"1\"}, {applications, [kernel, stdlib, c]}]}.\n",
            ),
            ("_checkouts/a/include/a.hrl", "-define(HEADER, 3).\n"),
            (
                "_checkouts/a/src/a.erl",
                "-module(a).\n-export([f/0]).\n-include(\"a.hrl\").\n-include_lib(\"b/include/b.hrl\").\nf() -> {?A, ?HEADER, ?B, c:g()}.\n",
            ),
            ("_build/default/lib/b/include/b.hrl", "-define(B, b).\n"),
            (
                "_build/default/lib/b/src/b.erl",
                "-module(b).\n-export([f/0]).\nf() -> b.\n",
            ),
            (
                "_build/default/lib/c/src/c.app.src",
                "{application, c, [{vsn, \"1\"}, {applications, [kernel, stdlib]}]}.\n",
            ),
            (
                "_build/default/lib/c/src/c_c.erl",
                "-module(c_c).\n-export([g/0]).\ng() -> c.\n",
            ),
        ],
    )?;
    // c is a module of the library: the application's own has another name.
    let a = dir.join("_checkouts/a/src/a.erl");
    std::fs::write(&a, std::fs::read_to_string(&a)?.replace("c:g()", "c_c:g()"))?;
    let output = run(&dir, &["run", "-s", "p", "."]);
    ended(&output, 0)?;
    equal(output.stdout.as_str(), "{from_a,3,b,c} b {ok,[c,a]}\n")
}

fn told() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "told",
        &[
            ("rebar.config", "{deps, [there_is_none]}.\n"),
            (
                "src/p.erl",
                "-module(p).\n-export([start/0]).\nstart() -> halt(0).\n",
            ),
        ],
    )?;
    let missing = run(&dir, &["run", "-s", "p", "."]);
    ended(&missing, 1)?;
    contains(
        &missing.stderr,
        "rebar.config depends on there_is_none, which cannot be found: fetch it",
    )?;
    std::fs::write(
        dir.join("rebar.config"),
        "{pre_hooks, [{compile, \"make\"}]}.\n{port_specs, [{\"priv/x.so\", []}]}.\n{relx, []}.\n",
    )?;
    std::fs::write(dir.join("src/p_parser.peg"), "a <- b;\n")?;
    let noted = run(&dir, &["run", "-s", "p", "."]);
    ended(&noted, 0)?;
    contains(
        &noted.stderr,
        "rebar.config: note: pre_hooks is not honoured",
    )?;
    contains(
        &noted.stderr,
        "rebar.config: note: port_specs is not honoured",
    )?;
    contains(
        &noted.stderr,
        "src/p_parser.peg: note: nothing is generated from it",
    )?;
    equal(noted.stderr.contains("relx"), false)?;
    std::fs::write(dir.join("rebar.config"), "{erl_opts, [}.\n")?;
    let broken = run(&dir, &["run", "-s", "p", "."]);
    ended(&broken, 1)?;
    contains(&broken.stderr, "rebar.config: 1:")
}

fn several() -> Result<(), Failed> {
    let start = |name: &str, more: &str| {
        format!(
            "-module({name}_app).\n-behaviour(application).\n-export([start/2, stop/1]).\nstart(_, _) -> io:format(\"{name}~n\"), {more} {{ok, self()}}.\nstop(_) -> ok.\n"
        )
    };
    let (base, top) = (
        start("base", ""),
        start("top", "spawn(fun() -> init:stop() end),"),
    );
    let (_scratch, dir) = project(
        "several",
        &[
            (
                "apps/base/src/base.app.src",
                "{application, base, [{vsn, \"1\"}, {mod, {base_app, []}}, {applications, [kernel, stdlib]}]}.\n",
            ),
            ("apps/base/src/base_app.erl", &base),
            (
                "apps/top/src/top.app.src",
                "{application, top, [{vsn, \"1\"}, {mod, {top_app, []}}, {applications, [kernel, stdlib, base]}]}.\n",
            ),
            ("apps/top/src/top_app.erl", &top),
            (
                "apps/top/test/top_tests.erl",
                "-module(top_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\na_test() -> ok.\n",
            ),
        ],
    )?;
    let output = run(&dir, &["run", "."]);
    ended(&output, 0)?;
    equal(output.stdout.as_str(), "base\ntop\n")?;
    let tests = run(&dir, &["test"]);
    ended(&tests, 0)?;
    equal(tests.stdout.lines().last(), Some("1 passed, 0 failed"))
}

/// The first line is for tools, the source with its mark follows; as JSON one object a line: the same from every command that compiles.
fn diagnostics() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "diagnostics",
        &[(
            "src/p.erl",
            "-module(p).\n-export([start/0]).\nstart() ->\n    Value = lists:sum([1, 2]),\n    Valu + Value.\n",
        )],
    )?;
    let commands: [&[&str]; 5] = [
        &["check", "src/p.erl"],
        &["compile", "src/p.erl"],
        &["run", "src/p.erl"],
        &["run", "-s", "p", "."],
        &["test", "."],
    ];
    let mut drawn = Vec::new();
    for command in commands {
        let output = run(&dir, command);
        ended(&output, 1)?;
        let text = output.stderr.replace("./src", "src");
        let mut lines = text.lines();
        equal(
            lines.next(),
            Some("src/p.erl:5:5: error: variable 'Valu' is unbound"),
        )?;
        contains(&text, "5 |     Valu + Value.")?;
        contains(&text, "^^^^")?;
        contains(&text, "did you mean Value?")?;
        drawn.push(text);
    }
    equal(drawn.iter().all(|d| *d == drawn[0]), true)?;
    for command in commands {
        let args = [&command[..1], &["--format", "json"], &command[1..]].concat();
        let output = run(&dir, &args);
        ended(&output, 1)?;
        let line = output.stderr.lines().next().unwrap_or("").to_owned();
        let read = format!(
            "#{{<<\"file\">> := F, <<\"line\">> := 5, <<\"column\">> := 5, <<\"severity\">> := <<\"error\">>, <<\"code\">> := _, <<\"message\">> := M, <<\"notes\">> := [], <<\"span\">> := #{{<<\"start\">> := S, <<\"end\">> := E}}}} = json:decode(<<{line:?}/utf8>>), {{filename:basename(F), M, E - S}}"
        );
        let parsed = Transom::new(["eval", &read]).output();
        ended(&parsed, 0)?;
        equal(
            parsed.stdout.as_str(),
            "{<<\"p.erl\">>,<<\"variable 'Valu' is unbound\">>,4}\n",
        )?;
    }
    Ok(())
}

fn arguments() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "arguments",
        &[(
            "src/p.erl",
            "-module(p).\n-export([start/0]).\nstart() -> io:format(\"~p~n\", [init:get_plain_arguments()]), halt(0).\n",
        )],
    )?;
    for (words, wanted) in [
        (
            &["--", "--name", "x", "--"][..],
            "[\"--name\",\"x\",\"--\"]\n",
        ),
        (&["a", "-b"], "[\"a\",\"-b\"]\n"),
    ] {
        let output = run(&dir, &[&["run", "-s", "p", "."], words].concat());
        ended(&output, 0)?;
        equal(output.stdout.as_str(), wanted)?;
    }
    Ok(())
}

/// A reporter of the tests' own that is not there leaves the word to the terminal; files for continuous integration are written beside it.
fn reported() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "reported",
        &[
            APP,
            (
                "rebar.config",
                "{eunit_opts, [no_tty, {report, {not_there, []}}]}.\n",
            ),
            (
                "test/p_tests.erl",
                "-module(p_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\ngood_test() -> ok.\nbad_test() -> ?assertEqual(1, 2).\n",
            ),
        ],
    )?;
    let out = run(&dir, &["test", "--junit", "out/of"]);
    ended(&out, 1)?;
    contains(
        &out.stderr,
        "note: the tests' own reporter not_there cannot be found",
    )?;
    contains(&out.stdout, "p_tests: bad_test...*failed*")?;
    let xml = std::fs::read_to_string(dir.join("out/of/TEST-p_tests.xml"))?;
    contains(
        &xml,
        "tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"0\"",
    )?;
    contains(
        &xml,
        "::in function p_tests:bad_test/0 (test/p_tests.erl, line 4)",
    )
}

/// Macros of the project and of the command line, terms and texts, are there when the program compiles a module again.
fn macros() -> Result<(), Failed> {
    let (_scratch, dir) = project(
        "macros",
        &[
            APP,
            (
                "rebar.config",
                "{erl_opts, [{d, 'NUMBER', 7}, {d, 'TEXT', \"t\"}, {d, 'TERM', {a, [1.5]}}]}.\n",
            ),
            (
                "src/p_app.erl",
                "-module(p_app).\n-behaviour(application).\n-export([start/2, stop/1, values/0]).\nvalues() -> {?NUMBER, ?TEXT, ?TERM, ?FLAG, ?SUM}.\nstart(_, _) ->\n  Before = values(),\n  {ok, p_app} = c:c(p_app),\n  io:format(\"~p~n\", [{Before, p_app:values(), transom_reload:drift()}]),\n  spawn(fun() -> init:stop() end), {ok, self()}.\nstop(_) -> ok.\n",
            ),
        ],
    )?;
    let values = "{7,\"t\",{a,[1.5]},'flag x',3}";
    let out = run(
        &dir,
        &[
            "run",
            "-D",
            "FLAG='flag x'",
            "-D",
            "SUM=lists:sum([1, 2])",
            ".",
        ],
    );
    ended(&out, 0)?;
    contains(&out.stdout, &format!("{{{values},{values},{{[],[]}}}}"))
}
