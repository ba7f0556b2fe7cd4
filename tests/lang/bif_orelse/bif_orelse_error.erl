%% orelse: error.
-module(bif_orelse_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) orelse true end),  % expect: error {badarg,1}
    show(fun() -> id(ok) orelse false end).  % expect: error {badarg,ok}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
