%% record: edge, nested.
-module(record_edge_nested).
-export([start/0, id/1]).

-record(in, {v}).
-record(out, {i = #in{v = 1} :: #in{}}).

start() ->
    show(fun() -> (#out{})#out.i#in.v end),  % expect: 1
    show(fun() -> begin O = #out{}, O#out{i = (O#out.i)#in{v = 2}} end end).  % expect: {out,{in,2}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
