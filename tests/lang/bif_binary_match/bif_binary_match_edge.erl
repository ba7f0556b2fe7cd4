%% binary_match: edge.
-module(bif_binary_match_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:match(<<"abc">>, <<"z">>) end),  % expect: nomatch
    show(fun() -> binary:match(<<"hello">>, <<"l">>, [{scope,{3,2}}]) end),  % expect: {3,1}
    show(fun() -> binary:match(<<>>, <<"a">>) end).  % expect: nomatch

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
