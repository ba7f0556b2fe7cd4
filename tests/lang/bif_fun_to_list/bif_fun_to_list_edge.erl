%% fun_to_list: edge.
-module(bif_fun_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:fun_to_list(fun lists:map/2) end).  % expect: "fun lists:map/2"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
