%% get_stacktrace_shape: edge.
-module(bif_get_stacktrace_shape_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> try erlang:error(x, [1,2]) catch _:_:St -> element(3, hd(St)) end end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
