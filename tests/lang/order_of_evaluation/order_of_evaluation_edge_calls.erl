%% order of evaluation: edge, calls.
-module(order_of_evaluation_edge_calls).
-export([start/0, id/1]).

t(X) -> put(o, [X | case get(o) of undefined -> []; L -> L end]), X.
g(_, _) -> ok.

start() ->
    show(fun() -> begin g(t(1), t(2)), lists:reverse(erase(o)) end end),  % expect: [1,2]
    show(fun() -> begin (t(fun g/2))(t(1), t(2)), length(erase(o)) end end),  % expect: 3
    show(fun() -> begin t(1) =:= t(2) andalso t(3), lists:reverse(erase(o)) end end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
