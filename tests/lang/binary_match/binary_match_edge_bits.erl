%% binary match: edge, bits.
-module(binary_match_edge_bits).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<A:1, B:2, C:5>> = id(<<2#10110011>>), {A,B,C} end end),  % expect: {1,1,19}
    show(fun() -> begin <<A:3, R/bitstring>> = id(<<255>>), {A, R} end end),  % expect: {7,<<31:5>>}
    show(fun() -> begin <<_:1, A:8, _:7>> = id(<<1, 128>>), A end end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
