%% link_unlink: edge.
-module(bif_link_unlink_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive stop -> exit(done) end end), link(P), unlink(P), P ! stop, receive {'EXIT', P, R} -> R after 20 -> none end end end),  % expect: none
    show(fun() -> link(self()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
