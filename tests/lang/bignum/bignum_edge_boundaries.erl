%% bignum: edge, boundaries.
-module(bignum_edge_boundaries).
-export([start/0, id/1]).

start() ->
    show(fun() -> [id(1 bsl N) - 1 || N <- [59, 60, 63, 64, 127, 128]] end),  % expect: [576460752303423487,1152921504606846975,9223372036854775807,
    % expect:  18446744073709551615,170141183460469231731687303715884105727,
    % expect:  340282366920938463463374607431768211455]
    show(fun() -> [-id(1 bsl N) || N <- [59, 60, 63, 64]] end),  % expect: [-576460752303423488,-1152921504606846976,-9223372036854775808,
    % expect:  -18446744073709551616]
    show(fun() -> id(1 bsl 1000) bsr 999 end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
