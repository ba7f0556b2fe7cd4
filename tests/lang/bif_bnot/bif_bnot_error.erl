%% bnot: error.
-module(bif_bnot_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> bnot id(1.0) end),  % expect: error badarith
    show(fun() -> bnot id(a) end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
