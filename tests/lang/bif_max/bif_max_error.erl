%% max: error.
-module(bif_max_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> max(id(a), id(1)) end),  % expect: a
    show(fun() -> max(id(<<>>), id(#{})) end).  % expect: <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
