%% receive: edge, after zero with match.
-module(receive_edge_after_zero_with_match).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! m, receive m -> got after 0 -> missed end end end),  % expect: got
    show(fun() -> receive after 0 -> ok end end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
