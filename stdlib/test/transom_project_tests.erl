-module(transom_project_tests).
-include_lib("eunit/include/eunit.hrl").

%% A project in a directory of its own: src/, a header, a configuration, a parse transform that its other module uses.
project(Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "project_tests_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    Files = [{"rebar.config", "{erl_opts, [{d, 'FROM_CONFIG', 42}, {parse_transform, tp_transform}]}.\n"},
             {"include/tp.hrl", "-define(HEADER, header).\n"},
             {"src/tp.app.src", "{application, tp, [{vsn, git}, {registered, []}, {applications, [kernel, stdlib]}]}.\n"},
             {"src/tp_transform.erl", "-module(tp_transform).\n-export([parse_transform/2]).\n"
              "parse_transform(Fs, _) -> [t(F) || F <- Fs].\n"
              "t({function, L, changed, 0, _}) -> {function, L, changed, 0, [{clause, L, [], [], [{atom, L, yes}]}]};\nt(F) -> F.\n"},
             {"src/tp_main.erl", "-module(tp_main).\n-export([go/0]).\n-include(\"tp.hrl\").\nchanged() -> no.\n"
              "go() -> tp_listener ! {?HEADER, ?FROM_CONFIG, changed(), code:lib_dir(tp)}.\n"}],
    [begin
         Name = filename:join(Dir, F),
         ok = filelib:ensure_dir(Name),
         ok = file:write_file(Name, Text)
     end || {F, Text} <- Files],
    try Fun(Dir)
    after
        [file:delete(filename:join(Dir, F)) || {F, _} <- Files],
        [file:del_dir(filename:join(Dir, D)) || D <- ["src", "include", ""]]
    end.

runs_a_function_of_a_project_test() ->
    project(fun(Dir) ->
        register(tp_listener, self()),
        transom_project:run([Dir], ["tp_main:go"], ["short"]),
        unregister(tp_listener),
        Got = receive Message -> Message after 0 -> nothing end,
        ?assertEqual({header, 42, yes, filename:absname(Dir)}, Got),
        ?assertEqual({ok, "0.0.0"}, application:get_key(tp, vsn)),
        ?assertEqual({ok, [tp_main, tp_transform]}, application:get_key(tp, modules))
    end).
