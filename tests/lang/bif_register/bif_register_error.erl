%% register: error.
-module(bif_register_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> register(id(undefined), self()) end),  % expect: error badarg
    show(fun() -> register(id(1), self()) end),  % expect: error badarg
    show(fun() -> begin register(n2, self()), register(n3, self()) end end),  % expect: error badarg
    show(fun() -> register(n4, id(notpid)) end),  % expect: error badarg
    show(fun() -> unregister(nosuchname) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
