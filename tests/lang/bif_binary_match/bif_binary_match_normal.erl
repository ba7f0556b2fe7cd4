%% binary_match: normal.
-module(bif_binary_match_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:match(<<"hello world">>, <<"o">>) end),  % expect: {4,1}
    show(fun() -> binary:match(<<"hello">>, [<<"l">>,<<"lo">>]) end).  % expect: {2,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
