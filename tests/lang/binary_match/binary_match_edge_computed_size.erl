%% binary match: edge, computed size.
-module(binary_match_edge_computed_size).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<N:8, X:(N*2), _/bits>> = id(<<4, 16#AB, 0>>), X end end),  % expect: 171
    show(fun() -> begin K = id(3), <<X:K/binary-unit:8, _/binary>> = id(<<"abcdef">>), X end end).  % expect: <<"abc">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
