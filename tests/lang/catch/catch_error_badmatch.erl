%% catch: error, badmatch.
-module(catch_error_badmatch).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {'EXIT', {R, _}} = (catch begin a = id(b) end), R end end),  % expect: {badmatch,b}
    show(fun() -> begin {'EXIT', {R, _}} = (catch id(1) + id(a)), R end end).  % expect: badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
