%% binary construct: edge, floats.
-module(binary_construct_edge_floats).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(1.5)):32/float>> end),  % expect: <<63,192,0,0>>
    show(fun() -> <<(id(1)):64/float>> end),  % expect: <<63,240,0,0,0,0,0,0>>
    show(fun() -> <<(id(-0.0)):64/little-float>> end),  % expect: <<0,0,0,0,0,0,0,128>>
    show(fun() -> <<(id(0.5)):16/float>> end).  % expect: <<56,0>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
