%% apply_3: error.
-module(bif_apply_3_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> apply(id(nosuch), id(f), id([])) end),  % expect: error undef
    show(fun() -> apply(id(lists), id(reverse), id(x)) end),  % expect: error badarg
    show(fun() -> apply(id(1), id(f), id([])) end),  % expect: error badarg
    show(fun() -> apply(id(lists), id(nosuch), id([1])) end).  % expect: error undef

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
