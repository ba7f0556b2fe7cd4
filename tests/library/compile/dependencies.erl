%% `compile`: what a source depends on, as a rule for make.
-module(dependencies).
-include("../show.hrl").

start() ->
    ok = file:make_dir("headers"),
    Names = ["headers/a_header_with_a_long_name_" ++ [N] ++ ".hrl" || N <- "1234"],
    [ok = file:write_file(N, "-define(X" ++ [lists:nth(length(N) - 4, N)] ++ ", 1).\n") || N <- Names],
    ok = file:write_file("dep.erl", ["-module(dep).\n", [["-include(\"", N, "\").\n"] || N <- Names],
                                     "-include(\"a_header_with_a_long_name_1.hrl\").\n-include(\"not_there.hrl\").\n",
                                     "-include_lib(\"kernel/include/not_there.hrl\").\nf( ->\n"]),
    show(fun() -> ask([makedep, binary]) end),  % expect: {ok,[],<<"dep.beam: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n">>}
    show(fun() -> ask([makedep, binary, makedep_phony]) end),  % expect: {ok,[],<<"dep.beam: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n\nheaders/a_header_with_a_long_name_1.hrl:\n\nheaders/a_header_with_a_long_name_2.hrl:\n\nheaders/a_header_with_a_long_name_3.hrl:\n\nheaders/a_header_with_a_long_name_4.hrl:\n">>}
    show(fun() -> ask([makedep, binary, makedep_add_missing, {i, "headers"}]) end),  % expect: {ok,[],<<"dep.beam: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl not_there.hrl\n">>}
    show(fun() -> ask([makedep, binary, {outdir, "headers"}]) end),  % expect: {ok,[],<<"headers/dep.beam: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n">>}
    show(fun() -> ask([makedep, binary, {makedep_target, "a target$"}]) end),  % expect: {ok,[],<<"a target$: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n">>}
    show(fun() -> ask([makedep, binary, {makedep_target, "a target$"}, makedep_quote_target]) end),  % expect: {ok,[],<<"a target$$: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n">>}
    show(fun() -> {ok, Device} = file:open("device.d", [write]),
                  {ask([makedep, {makedep_output, Device}]), file:close(Device), portable(element(2, file:read_file("device.d")))} end),  % expect: {{ok,[]},ok,<<"dep.beam: dep.erl headers/a_header_with_a_long_name_1.hrl \\\n  headers/a_header_with_a_long_name_2.hrl \\\n  headers/a_header_with_a_long_name_3.hrl \\\n  headers/a_header_with_a_long_name_4.hrl\n">>}
    show(fun() -> ask([makedep, {makedep_output, "dep.d"}]) end),  % expect: {ok,[]}
    show(fun() -> ask([makedep, {makedep_output, "no/dep.d"}, return]) end),  % expect: {error,[{"dep.erl",[{none,compile,{write_error,enoent}}]}],[]}
    show(fun() -> ask([makedep, {makedep_output, nobody}, return]) end),  % expect: {error,[{"dep.erl",[{none,compile,write_error}]}],[]}
    show(fun() -> ask([makedep, return]) end),  % expect: {ok,[],[]}
    show(fun() -> filelib:is_regular("dep.P" ++ tl(code:objfile_extension())) end),  % expect: true
    show(fun() -> file:write_file("dep.erl", "-module(dep).\n-export([f/0]).\nf() -> ok.\n") end),  % expect: ok
    show(fun() -> ask([makedep_side_effect, {makedep_output, "side.d"}]) end),  % expect: {ok,dep}
    show(fun() -> {filelib:is_regular("side.d"), filelib:is_regular("dep" ++ code:objfile_extension())} end).  % expect: {true,true}

ask(Opts) ->
    case compile:file("dep.erl", Opts) of
        {ok, [], Text} when is_binary(Text) -> {ok, [], portable(Text)};
        Answer -> Answer
    end.

%% The extension of compiled code is each system's own, and so is the length of a line that ends with it.
portable(Text) -> unicode:characters_to_binary(string:replace(Text, code:objfile_extension(), ".beam", all)).
