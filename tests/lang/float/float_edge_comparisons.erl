%% float: edge, comparisons.
% reference: OTP 27: 0.0 =:= -0.0 is false
-module(float_edge_comparisons).
-export([start/0, id/1]).

start() ->
    show(fun() -> [1.0 == 1, 1.0 =:= 1, 1.5 > 1, -0.0 == 0, 0.0 =:= -0.0] end).  % expect: [true,false,true,true,false]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
