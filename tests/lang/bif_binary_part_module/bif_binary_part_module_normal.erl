%% binary_part_module: normal.
-module(bif_binary_part_module_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:part(<<"hello">>, {0,2}) end),  % expect: <<"he">>
    show(fun() -> binary:part(<<"hello">>, 5, -2) end).  % expect: <<"lo">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
