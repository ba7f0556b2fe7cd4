%% binary_match: error.
-module(bif_binary_match_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:match(<<"a">>, <<>>) end),  % expect: error badarg
    show(fun() -> binary:match(id(x), <<"a">>) end),  % expect: error badarg
    show(fun() -> binary:match(<<"a">>, []) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
