%% process: edge, many processes.
% gc-stress: 5000
-module(process_edge_many_processes).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin S = self(), [spawn(fun() -> S ! I end) || I <- lists:seq(1, 2000)], lists:sum([receive X -> X end || _ <- lists:seq(1, 2000)]) end end).  % expect: 2001000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
