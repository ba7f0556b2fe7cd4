%% statistics: normal.
-module(bif_statistics_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {A, B} = erlang:statistics(reductions), is_integer(A) andalso is_integer(B) end end),  % expect: true
    show(fun() -> begin {A, _} = erlang:statistics(wall_clock), is_integer(A) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
