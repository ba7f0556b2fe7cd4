%% spawn_opt: error.
-module(bif_spawn_opt_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn_opt(fun() -> ok end, [bad]) end),  % expect: error badarg
    show(fun() -> spawn_opt(fun() -> ok end, id(x)) end),  % expect: error badarg
    show(fun() -> spawn_opt(fun() -> ok end, [{max_heap_size, 100}]) end),  % expect: error badarg
    show(fun() -> spawn_opt(fun() -> ok end, [{max_heap_size, #{size => 10}}]) end),  % expect: error badarg
    show(fun() -> spawn_opt(id(x), []) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
