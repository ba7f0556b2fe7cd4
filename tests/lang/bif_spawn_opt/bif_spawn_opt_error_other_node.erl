%% spawn_opt: error, other node.
-module(bif_spawn_opt_error_other_node).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn_opt(id('a@b'), fun() -> ok end, [bad]) end),  % expect: error badarg
    show(fun() -> spawn_opt(id('a@b'), fun() -> ok end, [{priority, id(x)}]) end),  % expect: error badarg
    show(fun() -> spawn_opt(id('a@b'), fun() -> ok end, id([link | x])) end),  % expect: error badarg
    show(fun() -> spawn_opt(id('a@b'), id(fun(_) -> ok end), []) end),  % expect: error badarg
    show(fun() -> spawn_opt(id('a@b'), lists, reverse, id(x), []) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
