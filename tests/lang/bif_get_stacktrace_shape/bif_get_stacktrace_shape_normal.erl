%% get_stacktrace_shape: normal.
-module(bif_get_stacktrace_shape_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> try error(x) catch _:_:S -> is_list(S) end end),  % expect: true
    show(fun() -> try error(x) catch _:_:St -> element(1, hd(St)) end end).  % expect: bif_get_stacktrace_shape_normal

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
