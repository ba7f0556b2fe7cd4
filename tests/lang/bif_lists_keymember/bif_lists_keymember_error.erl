%% lists_keymember: error.
-module(bif_lists_keymember_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keymember(a, id(x), []) end),  % expect: error badarg
    show(fun() -> lists:keymember(a, 1, id(b)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
