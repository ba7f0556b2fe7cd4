%% is_record: normal.
-module(bif_is_record_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_record(id({r,1}), id(r)) end),  % expect: true
    show(fun() -> is_record(id({r,1}), id(r), id(2)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
