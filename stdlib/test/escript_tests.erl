%% What create/2 and extract/2 answer was asked of `erl`.
-module(escript_tests).
-include_lib("eunit/include/eunit.hrl").

the_name_is_that_of_the_running_file_test() -> ?assertEqual(init:script_name(), escript:script_name()).

create_test_() ->
    Source = {source, <<"main(_) -> ok.\n">>},
    [?_assertEqual(Answer, escript:create(binary, Sections)) || {Sections, Answer} <- [
        {[shebang, Source], {ok, <<"#!/usr/bin/env escript\nmain(_) -> ok.\n">>}},
        {[shebang, comment, {emu_args, "-smp enable"}, Source],
         {ok, <<"#!/usr/bin/env escript\n%% This is an -*- erlang -*- file\n%%!-smp enable\nmain(_) -> ok.\n">>}},
        {[{shebang, default}, {comment, "x y"}, {emu_args, undefined}, Source], {ok, <<"#!/usr/bin/env escript\n%% x y\nmain(_) -> ok.\n">>}},
        {[{shebang, "/bin/x"}, {comment, default}, Source], {ok, <<"#!/bin/x\n%% This is an -*- erlang -*- file\nmain(_) -> ok.\n">>}},
        {[{source, <<"a">>}, shebang], {ok, <<"#!/usr/bin/env escript\na">>}},
        {[shebang, {beam, <<"FOR1xxxx">>}], {ok, <<"#!/usr/bin/env escript\nFOR1xxxx">>}},
        {[nonsense], {error, {badarg, nonsense}}},
        {[], {error, missing_body}},
        {[shebang], {error, missing_body}},
        {[shebang, {source, "no such file.erl"}], {error, {enoent, {source, "no such file.erl"}}}}]].

in_a_file(Bytes, Fun) ->
    File = filename:join(os:getenv("TMPDIR", "/tmp"), "escript_tests" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive])) ++ ".es"),
    ok = file:write_file(File, Bytes),
    try Fun(File) after file:delete(File) end.

parts(Shebang, Comment, Args, Body) -> {ok, [{shebang, Shebang}, {comment, Comment}, {emu_args, Args}, Body]}.

extract_test_() ->
    Source = {source, <<"main(_) -> ok.\n">>},
    [?_assertEqual(Answer, in_a_file(Bytes, fun(F) -> escript:extract(F, []) end)) || {Bytes, Answer} <- [
        {<<"#!/usr/bin/env escript\n%% c\n%%! -smp\nmain(_) -> ok.\n">>, parts(default, "c", "-smp", Source)},
        {<<"#!/usr/bin/env escript\nmain(_) -> ok.\n">>, parts(default, undefined, undefined, Source)},
        {<<"#!/usr/bin/escript\n%%! -x\nmain(_) -> ok.\n">>, parts("/usr/bin/escript", undefined, "-x", Source)},
        {<<"main(_) -> ok.\n">>, {error, "Premature end of file reached"}},
        {<<"%% c\n%%! -smp\nmain(_) -> ok.\n">>, parts(undefined, undefined, undefined, {source, <<"%% c\n%%! -smp\nmain(_) -> ok.\n">>})},
        {<<"#!/usr/bin/env escript\n%% This is an -*- erlang -*- file\n%%! -x\nmain(_) -> ok.\n">>, parts(default, default, "-x", Source)},
        {<<"#!/usr/bin/env escript\n%%! -x\n%% c\nmain(_) -> ok.\n">>, parts(default, undefined, "-x", {source, <<"%% c\nmain(_) -> ok.\n">>})},
        {<<"#!/usr/bin/env escript\nPK\3\4xx">>, parts(default, undefined, undefined, {archive, <<"PK\3\4xx">>})},
        {<<"#!/usr/bin/env escript\n%%! -x\nFOR1xxx">>, parts(default, undefined, "-x", {beam, <<"FOR1xxx">>})},
        {<<>>, {error, "Premature end of file reached"}}]].

extract_refuses_test() ->
    ?assertEqual({error, "no such file or directory: 'nofile.es'"}, escript:extract("nofile.es", [])),
    in_a_file(<<"a\nb\n">>, fun(F) -> ?assertEqual({error, {badarg, foo}}, escript:extract(F, [foo])) end).

%% The body becomes a module file; here it is run.
a_source_is_compiled_test_() ->
    [fun() ->
         {ok, [_, _, _, {source, File}]} = in_a_file(Bytes, fun(F) -> escript:extract(F, [compile_source]) end),
         Module = escript_tests_script,
         {module, _} = code:load_binary(Module, "", File),
         ?assertEqual({ran, 4}, Module:main([])),
         code:purge(Module),
         code:delete(Module)
     end || Bytes <- [<<"#!/usr/bin/env escript\n\n-module(escript_tests_script).\nmain(_) -> {ran, ?LINE}.\n">>]].

%% As `erl' answers.
archive_of_files_test_() ->
    Files = [{"a", <<"x">>}, {"d/b", <<"y">>}],
    [?_assertEqual({error, {{bad_option, bad}, {archive, Files, [bad]}}}, escript:create(binary, [shebang, {archive, Files, [bad]}])),
     ?_assertEqual({error, {enoent, {archive, ["nofile"], []}}}, escript:create(binary, [shebang, {archive, ["nofile"], []}])),
     ?_assertEqual({error, {badarg, {archive, x, []}}}, escript:create(binary, [shebang, {archive, x, []}])),
     ?_assertEqual({error, {badarg, {archive, [], x}}}, escript:create(binary, [shebang, {archive, [], x}])),
     fun() ->
         {ok, Bytes} = escript:create(binary, [shebang, {archive, Files, []}]),
         {ok, Parts} = in_a_file(Bytes, fun(F) -> escript:extract(F, []) end),
         {archive, Zip} = lists:last(Parts),
         ?assertEqual({ok, Files}, zip:extract(Zip, [memory]))
     end].
