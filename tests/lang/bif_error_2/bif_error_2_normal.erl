%% error_2: normal.
-module(bif_error_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> error(id(my), [1,2]) end),  % expect: error my
    show(fun() -> error(id(my), none) end).  % expect: error my

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
