%% split_binary: normal.
-module(bif_split_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> split_binary(id(<<1,2,3>>), 1) end),  % expect: {<<1>>,<<2,3>>}
    show(fun() -> split_binary(id(<<"abc">>), 3) end).  % expect: {<<"abc">>,<<>>}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
