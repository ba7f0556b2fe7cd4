%% get_keys: normal.
-module(bif_get_keys_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(k1, v), put(k2, v), lists:sort(get_keys(v)) end end).  % expect: [k1,k2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
