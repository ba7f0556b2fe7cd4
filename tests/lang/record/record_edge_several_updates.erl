%% record: edge, several updates.
-module(record_edge_several_updates).
-export([start/0, id/1]).

-record(p, {a=1,b=2,c=3,d=4}).

start() ->
    show(fun() -> (#p{})#p{a = x, c = y} end),  % expect: {p,x,2,y,4}
    show(fun() -> begin P = #p{d = 0}, (P#p{a = 5})#p{b = 6} end end).  % expect: {p,5,6,3,0}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
