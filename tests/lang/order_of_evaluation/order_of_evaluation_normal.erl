%% order of evaluation: normal.
-module(order_of_evaluation_normal).
-export([start/0, id/1]).

t(X) -> put(o, [X | case get(o) of undefined -> []; L -> L end]), X.

start() ->
    show(fun() -> begin t(1) + t(2) * t(3), lists:reverse(erase(o)) end end),  % expect: [1,2,3]
    show(fun() -> begin {t(a), [t(b) | t(c)], #{t(d) => t(e)}}, lists:reverse(erase(o)) end end).  % expect: [a,b,c,d,e]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
