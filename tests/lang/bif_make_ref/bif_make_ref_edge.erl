%% make_ref: edge.
-module(bif_make_ref_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> make_ref() < make_ref() end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
