%% try: edge, variables survive.
-module(try_edge_variables_survive).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = id(1), B = try C = id(2), C + A catch _:_ -> 0 end, {A, B} end end).  % expect: {1,3}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
