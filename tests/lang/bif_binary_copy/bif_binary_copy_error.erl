%% binary_copy: error.
-module(bif_binary_copy_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:copy(<<"x">>, -1) end),  % expect: error badarg
    show(fun() -> binary:copy(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
