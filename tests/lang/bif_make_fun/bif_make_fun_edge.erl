%% make_fun: edge.
-module(bif_make_fun_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_function(erlang:make_fun(nosuch, f, 3), 3) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
