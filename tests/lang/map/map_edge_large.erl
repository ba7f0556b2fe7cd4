%% map: edge, large.
-module(map_edge_large).
-export([start/0, id/1]).

big(N) -> maps:from_list([{I, I * I} || I <- lists:seq(1, N)]).

start() ->
    show(fun() -> maps:get(50, big(100)) end),  % expect: 2500
    show(fun() -> map_size((big(100))#{50 := x, 101 => y}) end),  % expect: 101
    show(fun() -> begin #{1 := A, 99 := B} = big(100), {A, B} end end),  % expect: {1,9801}
    show(fun() -> big(33) =:= maps:from_list(lists:reverse([{I, I * I} || I <- lists:seq(1, 33)])) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
