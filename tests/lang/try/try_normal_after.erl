%% try: normal, after.
-module(try_normal_after).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(log, []), R = try put(log, [body|get(log)]), 1 after put(log, [aft|get(log)]) end, {R, get(log)} end end).  % expect: {1,[aft,body]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
