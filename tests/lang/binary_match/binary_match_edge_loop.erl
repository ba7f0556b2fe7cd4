%% binary match: edge, loop.
-module(binary_match_edge_loop).
-export([start/0, id/1]).

count(<<>>, N) -> N; count(<<_, R/binary>>, N) -> count(R, N + 1).
lines(<<>>, A, L) -> lists:reverse([A|L]); lines(<<$\n, R/binary>>, A, L) -> lines(R, <<>>, [A|L]); lines(<<C, R/binary>>, A, L) -> lines(R, <<A/binary, C>>, L).

start() ->
    show(fun() -> count(<<0:8000>>, 0) end),  % expect: 1000
    show(fun() -> lines(<<"ab\ncd\n\ne">>, <<>>, []) end).  % expect: [<<"ab">>,<<"cd">>,<<>>,<<"e">>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
