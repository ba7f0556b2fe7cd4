%% try: error, reraise.
-module(try_error_reraise).
-export([start/0, id/1]).

start() ->
    show(fun() -> try try error(x) catch C:R:S -> erlang:raise(C, R, S) end catch error:Y -> {again, Y} end end),  % expect: {again,x}
    show(fun() -> try throw(unmatched) catch error:_ -> no end end).  % expect: throw unmatched

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
