%% binary_part_2: edge.
-module(bif_binary_part_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_part(id(<<"hello">>), {0,0}) end),  % expect: <<>>
    show(fun() -> binary_part(id(<<"hello">>), {5,0}) end).  % expect: <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
