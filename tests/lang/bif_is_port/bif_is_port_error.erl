%% is_port: error.
-module(bif_is_port_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_port(id(1)) end),  % expect: false
    show(fun() -> is_port(make_ref()) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
