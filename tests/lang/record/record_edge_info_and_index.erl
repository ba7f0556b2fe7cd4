%% record: edge, info and index.
-module(record_edge_info_and_index).
-export([start/0, id/1]).

-record(p, {x, y}).

start() ->
    show(fun() -> record_info(fields, p) end),  % expect: [x,y]
    show(fun() -> record_info(size, p) end),  % expect: 3
    show(fun() -> #p.y end),  % expect: 3
    show(fun() -> element(#p.x, #p{x = here}) end).  % expect: here

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
