%% register: edge.
-module(bif_register_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin unregister(nm), whereis(nm) end end),  % expect: error badarg
    show(fun() -> whereis(undefined) end).  % expect: undefined

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
