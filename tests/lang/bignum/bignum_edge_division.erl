%% bignum: edge, division.
-module(bignum_edge_division).
-export([start/0, id/1]).

d(A, B) -> {A div B, A rem B}.

start() ->
    show(fun() -> [d(A, B) || A <- [1 bsl 100, -(1 bsl 100)], B <- [3, -3, (1 bsl 65) + 1, -(1 bsl 33)]] end).  % expect: [{422550200076076467165567735125,1},
    % expect:  {-422550200076076467165567735125,1},
    % expect:  {34359738367,36893488113059364865},
    % expect:  {-147573952589676412928,0},
    % expect:  {-422550200076076467165567735125,-1},
    % expect:  {422550200076076467165567735125,-1},
    % expect:  {-34359738367,-36893488113059364865},
    % expect:  {147573952589676412928,0}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
