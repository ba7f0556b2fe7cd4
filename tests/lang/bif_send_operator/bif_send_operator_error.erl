%% send_operator: error.
-module(bif_send_operator_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(nosuchname) ! x end),  % expect: error badarg
    show(fun() -> id(1) ! x end),  % expect: error badarg
    show(fun() -> id({a,b,c}) ! x end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
