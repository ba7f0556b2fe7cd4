%% make_ref: normal.
-module(bif_make_ref_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> make_ref() =:= make_ref() end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
