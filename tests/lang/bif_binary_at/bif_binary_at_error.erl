%% binary_at: error.
-module(bif_binary_at_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:at(<<1>>, 1) end),  % expect: error badarg
    show(fun() -> binary:at(<<1>>, -1) end),  % expect: error badarg
    show(fun() -> binary:first(<<>>) end),  % expect: error badarg
    show(fun() -> binary:at(id(x), 0) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
