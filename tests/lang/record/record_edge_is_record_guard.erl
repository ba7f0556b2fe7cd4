%% record: edge, is record guard.
-module(record_edge_is_record_guard).
-export([start/0, id/1]).

-record(p, {x}).
f(P) when is_record(P, p) -> yes; f(_) -> no.

start() ->
    show(fun() -> [f(#p{}), f({p, 1}), f({p, 1, 2}), f({q, 1}), f(p)] end).  % expect: [yes,yes,no,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
