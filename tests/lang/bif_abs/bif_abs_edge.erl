%% abs: edge.
% reference: OTP 27: abs(-0.0) is 0.0
-module(bif_abs_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> abs(id(-(1 bsl 64))) end),  % expect: 18446744073709551616
    show(fun() -> abs(id(-576460752303423488)) end),  % expect: 576460752303423488
    show(fun() -> abs(id(-0.0)) end),  % expect: 0.0
    show(fun() -> abs(id(576460752303423487)) end).  % expect: 576460752303423487

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
