%% function: error, undef.
-module(function_error_undef).
-export([start/0, id/1]).

start() ->
    show(fun() -> nosuch_module_x:f(1) end),  % expect: error undef
    show(fun() -> lists:nosuch(1, 2) end),  % expect: error undef
    show(fun() -> ?MODULE:not_exported(id(3)) end).  % expect: error undef

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
