%% error_2: edge.
-module(bif_error_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> error(id(my), []) end).  % expect: error my

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
