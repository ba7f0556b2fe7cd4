%% lists_keysearch: normal.
-module(bif_lists_keysearch_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keysearch(a, 1, [{a,1}]) end),  % expect: {value,{a,1}}
    show(fun() -> lists:keysearch(b, 1, [{a,1}]) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
