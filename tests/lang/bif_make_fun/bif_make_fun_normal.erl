%% make_fun: normal.
-module(bif_make_fun_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> (erlang:make_fun(lists, reverse, 1))([1,2]) end),  % expect: [2,1]
    show(fun() -> erlang:make_fun(lists, map, 2) =:= fun lists:map/2 end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
