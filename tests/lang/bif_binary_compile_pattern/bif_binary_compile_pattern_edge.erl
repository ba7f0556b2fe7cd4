%% binary_compile_pattern: edge.
-module(bif_binary_compile_pattern_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:matches(<<"abcabc">>, binary:compile_pattern([<<"a">>,<<"c">>])) end).  % expect: [{0,1},{2,1},{3,1},{5,1}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
