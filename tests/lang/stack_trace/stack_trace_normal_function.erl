%% stack trace: normal, function.
-module(stack_trace_normal_function).
-export([start/0, id/1]).

f(X) -> 1 + g(X).
g(X) -> 1 + hd(X).

start() ->
    show(fun() -> try f(id([])) catch error:badarg:S -> [{F, A} || {M, F, A, _} <- S, M =:= ?MODULE, F =:= f orelse F =:= g] end end).  % expect: [{g,1},{f,1}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
