%% binary comprehension: edge, bits.
-module(binary_comprehension_edge_bits).
-export([start/0, id/1]).

start() ->
    show(fun() -> << <<X:1>> || X <- [1,0,1] >> end),  % expect: <<5:3>>
    show(fun() -> << <<B/binary, ",">> || B <- [<<"a">>, <<"b">>] >> end).  % expect: <<"a,b,">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
