%% apply_2: error.
-module(bif_apply_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> try apply(id(fun(_) -> ok end), id([])) catch error:{badarity, {_, A}} -> {badarity, A} end end),  % expect: {badarity,[]}
    show(fun() -> apply(id(a), id([])) end),  % expect: error {badfun,a}
    show(fun() -> apply(id(fun() -> ok end), id(x)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
