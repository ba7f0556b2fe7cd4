%% binary_construct: edge, float too large.
-module(binary_construct_edge_float_too_large).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(65519.0)):16/float>> end),  % expect: <<"{ÿ">>
    show(fun() -> <<(id(65520.0)):16/float>> end),  % expect: <<124,0>>
    show(fun() -> <<(id(-100000)):16/float>> end),  % expect: <<252,0>>
    show(fun() -> <<(id(1.0e300)):16/little-float>> end),  % expect: <<0,124>>
    show(fun() -> <<(id(3.4028234663852886e38)):32/float>> end),  % expect: <<127,127,255,255>>
    show(fun() -> <<(id(3.4028235677973366e38)):32/float>> end),  % expect: <<127,128,0,0>>
    show(fun() -> <<(id(-1 bsl 128)):32/float>> end),  % expect: <<255,128,0,0>>
    show(fun() -> <<1.0e300:32/float, 70000.0:16/float>> end),  % expect: <<127,128,0,0,124,0>>
    show(fun() -> <<(id(1 bsl 1023)):32/float>> end),  % expect: <<127,128,0,0>>
    show(fun() -> <<(id(1 bsl 1024)):32/float>> end),  % expect: error badarg
    show(fun() -> <<(id(1 bsl 1024)):64/float>> end),  % expect: error badarg
    show(fun() -> <<X:16/float>> = <<(id(1.0e300)):16/float>>, X end),  % expect: error {badmatch,<<124,0>>}
    show(fun() -> <<(id(2.9802322387695313e-8)):16/float, (id(5.960464477539063e-8)):16/float, (id(2049)):16/float, (id(2051)):16/float>> end),  % expect: <<0,0,0,1,104,0,104,2>>
    show(fun() -> << <<X:16/float>> || X <- [1, 100000] >> end).  % expect: <<60,0,124,0>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
