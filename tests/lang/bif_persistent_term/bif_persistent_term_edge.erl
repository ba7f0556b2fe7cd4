%% persistent_term: edge.
-module(bif_persistent_term_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin persistent_term:put(pt2, x), persistent_term:erase(pt2) end end),  % expect: true
    show(fun() -> persistent_term:erase(pt2) end),  % expect: false
    show(fun() -> begin persistent_term:put(pt3, 1), persistent_term:put(pt3, 2), persistent_term:get(pt3) end end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
