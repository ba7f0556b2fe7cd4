%% fun: error, badfun.
-module(fun_error_badfun).
-export([start/0, id/1]).

start() ->
    show(fun() -> (id(a))(1) end),  % expect: error {badfun,a}
    show(fun() -> (id({lists, map}))(1, 2) end),  % expect: error {badfun,{lists,map}}
    show(fun() -> (id(fun nosuch_mod:f/1))(x) end).  % expect: error undef

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
