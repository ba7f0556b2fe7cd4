%% garbage_collect: edge.
-module(bif_garbage_collect_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), garbage_collect(P) end end),  % expect: true
    show(fun() -> garbage_collect(self(), [{type, minor}]) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
