%% yield: error.
-module(bif_yield_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:bump_reductions(id(1)) end),  % expect: true
    show(fun() -> erlang:bump_reductions(id(-1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
