%% garbage_collect: error.
-module(bif_garbage_collect_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> garbage_collect(id(a)) end),  % expect: error badarg
    show(fun() -> garbage_collect(self(), [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
