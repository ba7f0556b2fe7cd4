%% error_1: error.
-module(bif_error_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> error(id(undef)) end),  % expect: error undef
    show(fun() -> error(id({nocatch,x})) end).  % expect: error {nocatch,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
