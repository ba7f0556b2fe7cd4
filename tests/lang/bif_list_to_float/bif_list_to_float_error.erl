%% list_to_float: error.
-module(bif_list_to_float_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_float(id("1")) end),  % expect: error badarg
    show(fun() -> list_to_float(id("")) end),  % expect: error badarg
    show(fun() -> list_to_float(id("1.0x")) end),  % expect: error badarg
    show(fun() -> list_to_float(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
