%% iolist_to_binary: normal.
-module(bif_iolist_to_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_to_binary(id([1,[2,<<3>>]])) end),  % expect: <<1,2,3>>
    show(fun() -> iolist_to_binary(id(<<"abc">>)) end).  % expect: <<"abc">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
