%% external_size: normal.
% reference: OTP 27: atoms are UTF-8 in the external format
-module(bif_external_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:external_size(id(a)) end),  % expect: 4
    show(fun() -> erlang:external_size(id([1,2,3])) end).  % expect: 7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
