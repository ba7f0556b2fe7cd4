%% literals: edge, strings.
-module(literals_edge_strings).
-export([start/0, id/1]).

start() ->
    show(fun() -> "" end),  % expect: []
    show(fun() -> "日本語" end),  % expect: [26085,26412,35486]
    show(fun() -> [8364] end),  % expect: [8364]
    show(fun() -> "multi
line" end).  % expect: "multi\nline"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
