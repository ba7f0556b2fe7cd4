%% try: edge, nested rethrow.
-module(try_edge_nested_rethrow).
-export([start/0, id/1]).

start() ->
    show(fun() -> try try throw(a) catch throw:a -> throw(b) end catch throw:X -> X end end),  % expect: b
    show(fun() -> try try error(a) after put(t, done) end catch error:a -> get(t) end end).  % expect: done

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
