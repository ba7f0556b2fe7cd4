%% bignum: error.
-module(bignum_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 100) div id(0) end),  % expect: error badarith
    show(fun() -> id(1 bsl 100) + id(a) end),  % expect: error badarith
    show(fun() -> id(1 bsl 100) / id(0) end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
