%% import: error.
-module(import_error).
-export([start/0, id/1]).

-import(nosuch_mod_q, [f/1]).

start() ->
    show(fun() -> f(1) end).  % expect: error undef

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
