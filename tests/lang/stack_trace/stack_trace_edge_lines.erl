%% stack trace: edge, lines.
-module(stack_trace_edge_lines).
-export([start/0, id/1]).

f(X) ->
    Y = X + 1,
    Z = Y + a_bad(X),
    Z.
a_bad(_) ->
    error(here).

start() ->
    show(fun() -> try f(1) catch error:here:S -> [L1, L2] = [proplists:get_value(line, P) || {M, F, _, P} <- S, M =:= ?MODULE, lists:member(F, [f, a_bad])], L1 - L2 end end).  % expect: error {badmatch,"\n"}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
