%% fun_info: normal.
-module(bif_fun_info_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:fun_info(fun lists:map/2, module) end),  % expect: {module,lists}
    show(fun() -> erlang:fun_info(fun lists:map/2, arity) end),  % expect: {arity,2}
    show(fun() -> erlang:fun_info(fun lists:map/2, type) end).  % expect: {type,external}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
