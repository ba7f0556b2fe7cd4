%% md5: error.
-module(bif_md5_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:md5(id(a)) end),  % expect: error badarg
    show(fun() -> erlang:md5(id([256])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
