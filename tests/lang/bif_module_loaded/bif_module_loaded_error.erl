%% module_loaded: error.
-module(bif_module_loaded_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:module_loaded(id(1)) end),  % expect: error badarg
    show(fun() -> erlang:module_loaded(id("lists")) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
