%% binary_replace: error.
-module(bif_binary_replace_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:replace(<<"a">>, <<>>, <<"b">>) end),  % expect: error badarg
    show(fun() -> binary:replace(id(x), <<"a">>, <<"b">>) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
