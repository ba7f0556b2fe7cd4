%% binary_split: edge.
-module(bif_binary_split_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:split(<<>>, <<",">>) end),  % expect: [<<>>]
    show(fun() -> binary:split(<<",a,">>, <<",">>, [global, trim_all]) end),  % expect: [<<"a">>]
    show(fun() -> binary:split(<<"a,,">>, <<",">>, [global, trim]) end).  % expect: [<<"a">>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
