%% fun_info: error.
-module(bif_fun_info_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:fun_info(id(a), arity) end),  % expect: error badarg
    show(fun() -> erlang:fun_info(fun lists:map/2, id(nosuch)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
