%% binary_to_integer: error.
-module(bif_binary_to_integer_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_integer(id(<<"">>)) end),  % expect: error badarg
    show(fun() -> binary_to_integer(id(<<"12a">>)) end),  % expect: error badarg
    show(fun() -> binary_to_integer(id(<<"12">>), 37) end),  % expect: error badarg
    show(fun() -> binary_to_integer(id(12)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
