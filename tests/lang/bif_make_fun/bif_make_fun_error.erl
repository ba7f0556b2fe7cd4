%% make_fun: error.
-module(bif_make_fun_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_fun(id(1), f, 0) end),  % expect: error badarg
    show(fun() -> erlang:make_fun(m, f, id(256)) end),  % expect: error badarg
    show(fun() -> erlang:make_fun(m, f, id(-1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
