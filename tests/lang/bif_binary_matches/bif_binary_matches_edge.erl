%% binary_matches: edge.
-module(bif_binary_matches_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:matches(<<"aaaa">>, <<"aa">>) end),  % expect: [{0,2},{2,2}]
    show(fun() -> binary:matches(<<>>, <<"a">>) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
