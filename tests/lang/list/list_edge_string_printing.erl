%% list: edge, string printing.
-module(list_edge_string_printing).
-export([start/0, id/1]).

start() ->
    show(fun() -> [9, 10, 13, 27, 32, 126] end),  % expect: "\t\n\r\e ~"
    show(fun() -> [127] end),  % expect: [127]
    show(fun() -> [104,105,0] end),  % expect: [104,105,0]
    show(fun() -> [1,2,3] end).  % expect: [1,2,3]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
