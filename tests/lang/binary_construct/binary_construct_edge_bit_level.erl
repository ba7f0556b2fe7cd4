%% binary construct: edge, bit level.
-module(binary_construct_edge_bit_level).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<1:1, 0:1, 1:1>> end),  % expect: <<5:3>>
    show(fun() -> <<5:3, (id(2)):5>> end),  % expect: <<"¢">>
    show(fun() -> <<(id(<<1:1>>))/bitstring, 3:7>> end),  % expect: <<131>>
    show(fun() -> <<1:3, (id(<<"ab">>))/binary>> end).  % expect: <<44,44,2:3>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
