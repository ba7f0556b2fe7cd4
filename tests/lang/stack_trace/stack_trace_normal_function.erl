%% stack trace: normal, function.
-module(stack_trace_normal_function).
-export([start/0, id/1]).

f(X) -> 1 + g(X).
g(X) -> 1 + hd(X).

start() ->
    show(fun() -> try f([]) catch error:badarg:S -> [{M, F, A} || {M, F, A, _} <- S, M =:= ?MODULE, F =/= start, F =/= main] -- [{?MODULE, '-start/0-fun-0-', 0}] end end).  % expect: [{stack_trace_normal_function,g,1},
    % expect:  {stack_trace_normal_function,'-start/0-fun-1-',0},
    % expect:  {stack_trace_normal_function,show,1}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
