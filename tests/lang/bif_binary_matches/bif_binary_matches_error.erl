%% binary_matches: error.
-module(bif_binary_matches_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:matches(<<"a">>, id(x)) end),  % expect: error badarg
    show(fun() -> binary:matches(<<"a">>, <<"a">>, [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
