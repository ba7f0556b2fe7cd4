%% fun: error, badarity.
-module(fun_error_badarity).
-export([start/0, id/1]).

start() ->
    show(fun() -> try (id(fun(X) -> X end))(1, 2) catch error:{badarity, {_, A}} -> {badarity, A} end  end),  % expect: {badarity,[1,2]}
    show(fun() -> try (id(fun() -> ok end))(1) catch error:{badarity, {F, A}} -> {is_function(F), A} end end).  % expect: {true,[1]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
