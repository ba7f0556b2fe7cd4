%% match: edge, alias.
-module(match_edge_alias).
-export([start/0, id/1]).

f({a, _} = T) -> T; f(X = [Y|_]) -> {X,Y}.

start() ->
    show(fun() -> f({a,1}) end),  % expect: {a,1}
    show(fun() -> f([q]) end),  % expect: {[q],q}
    show(fun() -> begin X = Y = Z = id(3), {X,Y,Z} end end).  % expect: {3,3,3}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
