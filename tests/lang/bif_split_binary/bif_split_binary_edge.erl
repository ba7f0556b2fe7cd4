%% split_binary: edge.
-module(bif_split_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> split_binary(id(<<"abc">>), 0) end),  % expect: {<<>>,<<"abc">>}
    show(fun() -> split_binary(id(<<>>), 0) end).  % expect: {<<>>,<<>>}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
