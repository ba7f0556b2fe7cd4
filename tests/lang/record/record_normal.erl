%% record: normal.
-module(record_normal).
-export([start/0, id/1]).

-record(p, {x = 0, y}).

start() ->
    show(fun() -> #p{} end),  % expect: {p,0,undefined}
    show(fun() -> #p{x = 1, y = 2} end),  % expect: {p,1,2}
    show(fun() -> (#p{y = 5})#p.y end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
