%% module_loaded: edge.
-module(bif_module_loaded_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:module_loaded(erlang) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
