%% maps_iterator: error.
-module(bif_maps_iterator_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:iterator(id(x)) end),  % expect: error {badmap,x}
    show(fun() -> maps:next(id(y)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
