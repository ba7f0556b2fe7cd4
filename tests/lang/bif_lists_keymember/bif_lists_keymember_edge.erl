%% lists_keymember: edge.
-module(bif_lists_keymember_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keymember(1, 1, [{1.0}]) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
