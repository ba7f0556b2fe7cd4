%% module_loaded: normal.
-module(bif_module_loaded_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:module_loaded(lists) end),  % expect: true
    show(fun() -> erlang:module_loaded(nosuchmodule) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
