%% Rollbacks and undoing.
-module(transom_reload_back_tests).

-include_lib("eunit/include/eunit.hrl").
-include("reloading.hrl").

back_test_() ->
    each([{back, fun back/1}, {no_way_back, fun no_way_back/1}, {first_load_undone, fun first_load_undone/1},
          {undone_and_done_again, fun undone_and_done_again/1}]).

back(Dir) ->
    Cc = "{ok, transom_reload:migrate(S, ?MODULE)}",
    first(Dir, rs, server("a = 1, b = 2", Cc)),
    P = serve(),
    gen_server:cast(P, {set, mine}),
    {ok, _} = load(Dir, rs, server("b = 3, a = 4, c = 5", Cc)),
    {s, 2, mine, 5} = gen_server:call(P, get),
    {ok, #{converted := 1}} = transom_reload:rollback(),
    {s, mine, 2} = gen_server:call(P, get),
    %% Forward again: an undo of the undo is a reload.
    {ok, _} = transom_reload:reload([filename:join(Dir, "rs.erl")]),
    {s, 2, mine, 5} = gen_server:call(P, get),
    [#{what := reload}, #{what := {rollback, _}}, #{what := reload} | _] = lists:reverse(transom_reload:history(rs)),
    gen_server:stop(P).

no_way_back(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    {ok, _} = load(Dir, rs, server("a = 1, b = 2", "case Vsn of {down, _} -> error(never); _ -> {ok, {s, 1, 2}} end")),
    Refused = transom_reload:rollback(),
    ['R008'] = codes(Refused),
    {s, 1, 2} = gen_server:call(P, get),
    gen_server:stop(P).

first_load_undone(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = transom_reload:rollback(),
    false = erlang:module_loaded(ra).

undone_and_done_again(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = load(Dir, ra, value("2")),
    {ok, #{result := rolled_back_to}} = transom_reload:undo(),
    1 = ra:v(),
    {ok, #{result := reloaded}} = transom_reload:undo(),
    2 = ra:v(),
    {ok, #{result := rolled_back_to}} = transom_reload:undo(),
    1 = ra:v().
