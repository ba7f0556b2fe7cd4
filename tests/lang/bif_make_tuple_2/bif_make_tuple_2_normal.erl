%% make_tuple_2: normal.
-module(bif_make_tuple_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(id(3), a) end),  % expect: {a,a,a}
    show(fun() -> erlang:make_tuple(id(1), []) end).  % expect: {[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
