%% make_tuple_2: error.
-module(bif_make_tuple_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(id(-1), a) end),  % expect: error badarg
    show(fun() -> erlang:make_tuple(id(a), a) end),  % expect: error badarg
    show(fun() -> erlang:make_tuple(id(1 bsl 40), a) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
