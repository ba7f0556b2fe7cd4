%% list_to_bitstring: error.
-module(bif_list_to_bitstring_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_bitstring(id([256])) end),  % expect: error badarg
    show(fun() -> list_to_bitstring(id(a)) end),  % expect: error badarg
    show(fun() -> list_to_bitstring(id([a])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
