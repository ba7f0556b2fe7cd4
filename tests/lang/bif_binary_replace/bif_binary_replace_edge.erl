%% binary_replace: edge.
-module(bif_binary_replace_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:replace(<<"abc">>, <<"z">>, <<"y">>) end),  % expect: <<"abc">>
    show(fun() -> binary:replace(<<"abc">>, <<"b">>, <<"[]">>, [{insert_replaced, 1}]) end).  % expect: <<"a[b]c">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
