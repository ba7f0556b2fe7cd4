%% is_map_key: normal.
-module(bif_is_map_key_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map_key(a, id(#{a=>1})) end),  % expect: true
    show(fun() -> is_map_key(b, id(#{a=>1})) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
