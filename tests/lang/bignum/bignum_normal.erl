%% bignum: normal.
-module(bignum_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(123456789012345678901234567890) + 1 end),  % expect: 123456789012345678901234567891
    show(fun() -> id(99999999999999999999) * id(99999999999999999999) end),  % expect: 9999999999999999999800000000000000000001
    show(fun() -> id(1 bsl 200) rem 1000000007 end).  % expect: 499445072

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
