%% trunc: edge.
-module(bif_trunc_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> trunc(id(1.0e30)) end),  % expect: 1000000000000000019884624838656
    show(fun() -> trunc(id(-0.9)) end),  % expect: 0
    show(fun() -> trunc(id(1.7976931348623157e308)) rem 1000 end).  % expect: 368

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
