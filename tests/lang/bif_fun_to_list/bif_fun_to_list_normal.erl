%% fun_to_list: normal.
-module(bif_fun_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:prefix("#Fun<", erlang:fun_to_list(fun() -> ok end)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
