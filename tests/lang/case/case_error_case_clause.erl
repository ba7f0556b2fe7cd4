%% case: error, case clause.
-module(case_error_case_clause).
-export([start/0, id/1]).

start() ->
    show(fun() -> case id(3) of 1 -> a; 2 -> b end end),  % expect: error {case_clause,3}
    show(fun() -> case id({a,"b"}) of {b, _} -> ok end end).  % expect: error {case_clause,{a,"b"}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
