%% throw: error.
-module(bif_throw_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> throw(id({'EXIT',x})) end).  % expect: throw {'EXIT',x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
