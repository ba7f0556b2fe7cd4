%% binary_copy: edge.
-module(bif_binary_copy_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:copy(<<>>, 10) end),  % expect: <<>>
    show(fun() -> binary:copy(<<"x">>, 0) end).  % expect: <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
