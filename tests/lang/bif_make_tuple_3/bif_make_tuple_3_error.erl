%% make_tuple_3: error.
-module(bif_make_tuple_3_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(2, x, [{3,a}]) end),  % expect: error badarg
    show(fun() -> erlang:make_tuple(2, x, [a]) end),  % expect: error badarg
    show(fun() -> erlang:make_tuple(2, x, [{0,a}]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
