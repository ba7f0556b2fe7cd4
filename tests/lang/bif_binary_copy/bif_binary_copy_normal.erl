%% binary_copy: normal.
-module(bif_binary_copy_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:copy(<<"ab">>) end),  % expect: <<"ab">>
    show(fun() -> binary:copy(<<"ab">>, 3) end).  % expect: <<"ababab">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
