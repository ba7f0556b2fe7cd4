%% list comprehension: edge, map generator.
-module(list_comprehension_edge_map_generator).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:sort([{K, V} || {K, V} <- maps:to_list(#{a => 1, b => 2})]) end).  % expect: [{a,1},{b,2}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
