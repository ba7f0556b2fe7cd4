%% spawn_3: error.
-module(bif_spawn_3_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn(id(1), f, []) end),  % expect: error badarg
    show(fun() -> spawn(m, f, id(x)) end),  % expect: error badarg
    show(fun() -> spawn(m, id("f"), []) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
