%% binary match: normal, types.
-module(binary_match_normal_types).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<A:16/big, B:16/little, C:8/signed>> = id(<<1,2,1,2,255>>), {A,B,C} end end),  % expect: {258,513,-1}
    show(fun() -> begin <<F/float>> = id(<<1.5/float>>), F end end),  % expect: 1.5
    show(fun() -> begin <<F:32/float-little>> = id(<<2.5:32/float-little>>), F end end).  % expect: 2.5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
