%% apply_2: edge.
-module(bif_apply_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> apply(fun lists:reverse/1, id([[1,2]])) end),  % expect: [2,1]
    show(fun() -> apply(fun erlang:abs/1, [id(-1)]) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
