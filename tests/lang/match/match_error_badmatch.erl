%% match: error, badmatch.
-module(match_error_badmatch).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {a, B} = id({b, 1}), B end end),  % expect: error {badmatch,{b,1}}
    show(fun() -> begin [_] = id([]) end end),  % expect: error {badmatch,[]}
    show(fun() -> begin 1 = id(1.0) end end),  % expect: error {badmatch,1.0}
    show(fun() -> begin X = id(1), X = id(2) end end).  % expect: error {badmatch,2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
