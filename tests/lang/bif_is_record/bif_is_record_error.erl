%% is_record: error.
-module(bif_is_record_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_record(id({r,1}), id(1)) end),  % expect: error badarg
    show(fun() -> is_record(id([]), id(r)) end),  % expect: false
    show(fun() -> is_record(id({r,1}), id(r), id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
