%% iolist_to_binary: edge.
-module(bif_iolist_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_to_binary(id([])) end),  % expect: <<>>
    show(fun() -> iolist_to_binary(id([[]|<<9>>])) end),  % expect: <<"\t">>
    show(fun() -> byte_size(iolist_to_binary(lists:duplicate(1000, <<"0123456789">>))) end).  % expect: 10000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
