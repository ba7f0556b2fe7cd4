%% binary construct: edge, truncation.
-module(binary_construct_edge_truncation).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(257))>> end),  % expect: <<1>>
    show(fun() -> <<(id(-1))>> end),  % expect: <<"ÿ">>
    show(fun() -> <<(id(-1)):16>> end),  % expect: <<"ÿÿ">>
    show(fun() -> <<(id(1 bsl 80)):81>> end),  % expect: <<128,0,0,0,0,0,0,0,0,0,0:1>>
    show(fun() -> <<(id((1 bsl 100) + 5)):8>> end).  % expect: <<5>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
