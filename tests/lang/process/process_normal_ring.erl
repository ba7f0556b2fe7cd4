%% process: normal, ring.
-module(process_normal_ring).
-export([start/0, id/1]).

node_(Next) -> receive {M, 0} -> Next ! {M, 0}; {M, N} -> Next ! {M, N - 1}, node_(Next) end.

start() ->
    show(fun() -> begin Me = self(), First = lists:foldl(fun(_, Nx) -> spawn(fun() -> node_(Nx) end) end, Me, lists:seq(1, 50)), First ! {token, 20}, receive {token, X} -> X end end end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
