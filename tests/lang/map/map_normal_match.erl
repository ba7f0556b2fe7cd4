%% map: normal, match.
-module(map_normal_match).
-export([start/0, id/1]).

f(#{a := X}) -> {a, X}; f(#{b := X, c := Y}) -> {bc, X, Y}; f(#{}) -> map; f(_) -> no.

start() ->
    show(fun() -> [f(#{a => 1}), f(#{b => 1, c => 2}), f(#{b => 1}), f(x)] end).  % expect: [{a,1},{bc,1,2},map,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
