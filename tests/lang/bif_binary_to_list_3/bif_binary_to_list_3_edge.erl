%% binary_to_list_3: edge.
-module(bif_binary_to_list_3_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<"abc">>), 1, 3) end).  % expect: "abc"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
