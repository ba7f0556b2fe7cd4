%% make_tuple_3: normal.
-module(bif_make_tuple_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(3, x, [{1,a},{3,c}]) end),  % expect: {a,x,c}
    show(fun() -> erlang:make_tuple(2, x, []) end).  % expect: {x,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
