%% binary_split: normal.
-module(bif_binary_split_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:split(<<"a,b,c">>, <<",">>) end),  % expect: [<<"a">>,<<"b,c">>]
    show(fun() -> binary:split(<<"a,b,c">>, <<",">>, [global]) end).  % expect: [<<"a">>,<<"b">>,<<"c">>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
