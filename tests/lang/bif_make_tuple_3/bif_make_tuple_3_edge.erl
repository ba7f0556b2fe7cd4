%% make_tuple_3: edge.
-module(bif_make_tuple_3_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(2, x, [{1,a},{1,b}]) end),  % expect: {b,x}
    show(fun() -> erlang:make_tuple(0, x, []) end).  % expect: {}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
