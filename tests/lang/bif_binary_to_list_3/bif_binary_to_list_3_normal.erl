%% binary_to_list_3: normal.
-module(bif_binary_to_list_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<"abcdef">>), 2, 4) end),  % expect: "bcd"
    show(fun() -> binary_to_list(id(<<"abc">>), 1, 1) end).  % expect: "a"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
