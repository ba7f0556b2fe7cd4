%% record: normal, update match.
-module(record_normal_update_match).
-export([start/0, id/1]).

-record(p, {x = 0, y = 1, z}).
f(#p{x = X, z = undefined}) -> {nz, X}; f(#p{x = X}) -> X.

start() ->
    show(fun() -> (#p{})#p{x = 9} end),  % expect: {p,9,1,undefined}
    show(fun() -> f(#p{x = 3}) end),  % expect: {nz,3}
    show(fun() -> f(#p{x = 3, z = 1}) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
