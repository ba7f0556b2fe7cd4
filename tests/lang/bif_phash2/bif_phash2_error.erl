%% phash2: error.
-module(bif_phash2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash2(id(a), id(0)) end),  % expect: error badarg
    show(fun() -> erlang:phash2(id(a), id(x)) end),  % expect: error badarg
    show(fun() -> erlang:phash2(id(a), id(1 bsl 33)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
