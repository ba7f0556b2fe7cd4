%% literals: error, none.
-module(literals_error_none).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_atom(id("x")) + 1 end),  % expect: error badarith
    show(fun() -> id("abc") + 1 end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
