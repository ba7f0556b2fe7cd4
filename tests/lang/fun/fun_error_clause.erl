%% fun: error, clause.
-module(fun_error_clause).
-export([start/0, id/1]).

start() ->
    show(fun() -> try (id(fun(1) -> ok end))(2) catch error:R -> R end end).  % expect: function_clause

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
