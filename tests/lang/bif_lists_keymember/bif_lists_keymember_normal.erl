%% lists_keymember: normal.
-module(bif_lists_keymember_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keymember(a, 1, [{a,1}]) end),  % expect: true
    show(fun() -> lists:keymember(b, 1, []) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
