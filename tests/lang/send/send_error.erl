%% send: error.
-module(send_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([]) ! x end),  % expect: error badarg
    show(fun() -> id(some_name_not_there) ! x end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
