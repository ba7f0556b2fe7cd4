%% spawn_3: normal.
-module(bif_spawn_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin spawn(erlang, send, [self(), yo]), receive yo -> got end end end).  % expect: got

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
