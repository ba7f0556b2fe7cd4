%% Sources made of grammars: with a project, and anew by a reload or a watch when the grammar has changed.
-module(transom_grammar_tests).

-include_lib("eunit/include/eunit.hrl").

make_test() ->
    within(fun(Dir) ->
        Config = [{xrl_opts, [{error_location, column}]}],
        Write = fun(Name, Text) -> ok = file:write_file(filename:join(Dir, Name), Text) end,
        Write("tg_p.yrl", grammar("one")),
        Write("tg_s.xrl", scanner("one")),
        ok = transom_grammar:make([Dir], Config, "rebar.config"),
        {ok, Made} = file:read_file(filename:join(Dir, "tg_p.erl")),
        %% What is not older is left alone.
        Write("tg_p.erl", "written by hand"),
        ok = transom_grammar:make([Dir], Config, "rebar.config"),
        {ok, <<"written by hand">>} = file:read_file(filename:join(Dir, "tg_p.erl")),
        Write("tg_p.erl", Made),
        ?assertEqual(["a/tg_p.erl", "a/tg_p.erl", "a/tg_p.hrl"], [transom_grammar:source(F) || F <- ["a/tg_p.yrl", "a/tg_p.xrl", "a/tg_p.hrl"]]),
        Write("tg_q.yrl", "Nonterminals a."),
        {error, Text} = quietly(fun() -> transom_grammar:make([Dir], Config, "rebar.config") end),
        ?assertEqual(filename:join(Dir, "tg_q.yrl") ++ ": no source can be made of it", lists:flatten(Text)),
        {error, Unknown} = transom_grammar:make([Dir], [{yrl_opts, [foo]}], "rebar.config"),
        ?assertEqual("rebar.config: yecc does not know all of these options: [foo]", lists:flatten(Unknown))
    end).

renew_test() ->
    within(fun(Dir) ->
        [Grammar, Source] = [filename:join(Dir, "tg_r" ++ E) || E <- [".yrl", ".erl"]],
        Cache = transom_source:new_cache(),
        ok = file:write_file(Grammar, grammar("one")),
        ok = file:write_file(Source, "-module(tg_r).\n"),
        %% Written by hand: nothing is made.
        [] = transom_grammar:of_source(Cache, Source),
        ok = file:delete(Source),
        ok = transom_grammar:make([Dir], [], "rebar.config"),
        [Grammar] = transom_grammar:of_source(Cache, Source),
        [] = transom_grammar:changed(Cache, Source),
        ok = file:write_file(Grammar, grammar("two")),
        [Grammar] = transom_grammar:changed(Cache, Source),
        [] = transom_grammar:renew(Cache, [{tg_r, Source}]),
        [] = transom_grammar:changed(Cache, Source),
        {ok, Two} = file:read_file(Source),
        {_, _} = binary:match(Two, <<"two">>),
        %% What is wrong is told again, and the source stays as it was.
        ok = file:write_file(Grammar, "Nonterminals a. Terminals x. Rootsymbol a. a -> y."),
        [{Source, {error, Grammar, [{Said, #{<<"code">> := yecc}}], []}}] = Broken = transom_grammar:renew(Cache, [{tg_r, Source}]),
        ?assertEqual(iolist_to_binary([Grammar, ":1:49: error: undefined rhs symbol y"]), Said),
        {ok, Two} = file:read_file(Source),
        Broken = transom_grammar:renew(Cache, [{tg_r, Source}]),
        %% A plan leaves everything as it was.
        ok = file:write_file(Grammar, grammar("planned")),
        Time = filelib:last_modified(Source),
        {ok, Planned} = transom_grammar:planned(Cache, [{tg_r, Source}], fun() ->
            [] = transom_grammar:renew(Cache, [{tg_r, Source}]),
            file:read_file(Source)
        end),
        {_, _} = binary:match(Planned, <<"planned">>),
        ?assertEqual({{ok, Two}, Time, [Grammar]}, {file:read_file(Source), filelib:last_modified(Source), transom_grammar:changed(Cache, Source)}),
        %% Another server knows it by what the source says of itself.
        true = persistent_term:erase({transom_grammar, Source}),
        Other = transom_source:new_cache(),
        [Grammar] = transom_grammar:of_source(Other, Source),
        ok = file:write_file(Grammar, grammar("three")),
        [] = transom_grammar:renew(Other, [{tg_r, Source}]),
        {ok, Three} = file:read_file(Source),
        {_, _} = binary:match(Three, <<"three">>)
    end).

watch_test_() ->
    {timeout, 60, fun() -> within(fun watched/1) end}.

watched(Dir) ->
    Me = self(),
    try
        Save = fun(Name, Text) -> ok = file:write_file(filename:join(Dir, Name), Text) end,
        Save("tg_p.yrl", grammar("one")),
        Save("tg_s.xrl", scanner("one")),
        ok = transom_grammar:make([Dir], [], "rebar.config"),
        {ok, _} = transom_reload:reload([Dir]),
        {ok, _} = transom_watch:start(#{report => fun(T) -> Me ! {said, T} end}),
        Parsed = fun() -> (tg_p_module()):parse([{x, 1}]) end,
        Scanned = fun() -> (tg_s_module()):string("x") end,
        {{ok, one}, {ok, [one], 1}} = {Parsed(), Scanned()},
        Save("tg_p.yrl", grammar("two")),
        until(fun() -> Parsed() =:= {ok, two} end),
        Save("tg_s.xrl", scanner("two")),
        until(fun() -> Scanned() =:= {ok, [two], 1} end),
        %% A broken grammar is told, the old code runs on; mended it runs.
        Save("tg_p.yrl", "Nonterminals a. Terminals x. Rootsymbol a. a -> y."),
        told(<<"tg_p.yrl:1:49: error: undefined rhs symbol y">>),
        {ok, two} = Parsed(),
        Save("tg_p.yrl", grammar("three")),
        until(fun() -> Parsed() =:= {ok, three} end),
        transom_watch:stop(),
        %% By command: the grammar or its source is named.
        Save("tg_p.yrl", grammar("four")),
        {[{_, Drifted, modified}], []} = transom_reload:drift([Dir]),
        ?assertEqual("tg_p.yrl", filename:basename(Drifted)),
        {ok, #{result := reloaded}} = transom_reload:reload([filename:join(Dir, "tg_p.yrl")]),
        {ok, four} = Parsed(),
        {ok, #{result := unchanged}} = transom_reload:reload([Dir])
    after
        transom_watch:stop()
    end.

%% Loaded while the test runs.
tg_p_module() -> list_to_atom("tg_p").
tg_s_module() -> list_to_atom("tg_s").

grammar(Answer) -> ["Nonterminals a. Terminals x. Rootsymbol a.\na -> x : ", Answer, ".\n"].

scanner(Answer) -> ["Definitions.\nRules.\nx : {token, ", Answer, "}.\nErlang code.\n"].

within(Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "transom-grammar-tests-" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    try Fun(Dir) after file:del_dir_r(Dir) end.

%% What is printed is thrown away.
quietly(Fun) ->
    Leader = group_leader(),
    Sink = spawn_link(fun Sink() -> receive {io_request, From, Ref, _} -> From ! {io_reply, Ref, ok}, Sink() end end),
    group_leader(Sink, self()),
    try Fun() after group_leader(Leader, self()) end.

until(Fun) -> until(Fun, 1500).

until(Fun, 0) -> ?assert(Fun());
until(Fun, N) ->
    case Fun() of
        true -> ok;
        false -> receive after 20 -> until(Fun, N - 1) end
    end.

%% What was told of earlier changes may come before it.
told(Part) ->
    receive
        {said, Text} -> case binary:match(Text, Part) of nomatch -> told(Part); _ -> ok end
    after 30000 -> error({not_told, Part})
    end.
