%% maps_iterator: edge.
-module(bif_maps_iterator_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin I = maps:iterator(#{a=>1,b=>2}), {K, _, I2} = maps:next(I), {K2, _, I3} = maps:next(I2), {lists:sort([K,K2]), maps:next(I3)} end end).  % expect: {[a,b],none}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
