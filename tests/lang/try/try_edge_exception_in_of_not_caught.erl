%% try: edge, exception in of not caught.
-module(try_edge_exception_in_of_not_caught).
-export([start/0, id/1]).

start() ->
    show(fun() -> try (try 1 of 1 -> error(in_of) catch _:_ -> inner end) catch error:R -> {outer, R} end end).  % expect: {outer,in_of}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
