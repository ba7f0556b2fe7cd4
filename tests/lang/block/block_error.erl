%% block: error.
-module(block_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin id(1), error(mid), 2 end end).  % expect: error mid

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
