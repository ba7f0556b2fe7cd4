%% split_binary: error.
-module(bif_split_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> split_binary(id(<<1>>), 2) end),  % expect: error badarg
    show(fun() -> split_binary(id(<<1>>), -1) end),  % expect: error badarg
    show(fun() -> split_binary(id(a), 0) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
