%% import: edge, local overrides bif.
-module(import_edge_local_overrides_bif).
-export([start/0, id/1]).

-compile({no_auto_import, [length/1]}).
length(_) -> mine.

start() ->
    show(fun() -> length([1,2,3]) end),  % expect: mine
    show(fun() -> erlang:length([1,2,3]) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
