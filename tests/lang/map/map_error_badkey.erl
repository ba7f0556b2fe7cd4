%% map: error, badkey.
-module(map_error_badkey).
-export([start/0, id/1]).

start() ->
    show(fun() -> (id(#{a => 1}))#{b := 1} end),  % expect: error {badkey,b}
    show(fun() -> begin #{z := X} = id(#{a => 1}), X end end).  % expect: error {badmatch,#{a => 1}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
