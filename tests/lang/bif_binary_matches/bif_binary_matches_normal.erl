%% binary_matches: normal.
-module(bif_binary_matches_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:matches(<<"banana">>, <<"an">>) end),  % expect: [{1,2},{3,2}]
    show(fun() -> binary:matches(<<"banana">>, [<<"b">>,<<"na">>]) end).  % expect: [{0,1},{2,2},{4,2}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
