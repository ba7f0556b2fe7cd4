%% record: error, badrecord.
-module(record_error_badrecord).
-export([start/0, id/1]).

-record(p, {x, y}).

start() ->
    show(fun() -> (id({q, 1, 2}))#p.x end),  % expect: error {badrecord,{q,1,2}}
    show(fun() -> (id({p, 1}))#p{x = 1} end),  % expect: error {badrecord,{p,1}}
    show(fun() -> (id(a))#p.y end).  % expect: error {badrecord,a}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
