%% load_nif/2: error, what is no name.
-module(bif_load_nif_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:load_nif(id(nosuch), 0) end),  % expect: error badarg
    show(fun() -> erlang:load_nif(id([a]), 0) end),  % expect: error badarg
    show(fun() -> erlang:load_nif(id(1), 0) end),  % expect: error badarg
    show(fun() -> erlang:load_nif(id([$a | b]), 0) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
