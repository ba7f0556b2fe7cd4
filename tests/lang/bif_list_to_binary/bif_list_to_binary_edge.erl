%% list_to_binary: edge.
-module(bif_list_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_binary(id([])) end),  % expect: <<>>
    show(fun() -> list_to_binary(id([[[[]]]])) end),  % expect: <<>>
    show(fun() -> list_to_binary(id([<<1>>|<<2>>])) end).  % expect: <<1,2>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
