%% is_record: edge.
-module(bif_is_record_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_record(id({r}), id(r), id(1)) end),  % expect: true
    show(fun() -> is_record(id({}), id(r)) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
