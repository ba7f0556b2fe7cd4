%% fun_info: edge.
-module(bif_fun_info_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = id(5), erlang:fun_info(fun() -> X end, env) end end),  % expect: {env,[5]}
    show(fun() -> erlang:fun_info(fun(_) -> ok end, arity) end),  % expect: {arity,1}
    show(fun() -> erlang:fun_info(fun(_) -> ok end, module) end),  % expect: {module,bif_fun_info_edge}
    show(fun() -> erlang:fun_info(fun() -> ok end, type) end).  % expect: {type,local}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
