%% erase: edge.
-module(bif_erase_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(z, 1), L = erase(), lists:keymember(z, 1, L) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
