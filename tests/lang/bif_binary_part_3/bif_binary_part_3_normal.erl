%% binary_part_3: normal.
-module(bif_binary_part_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_part(id(<<"hello">>), 1, 3) end),  % expect: <<"ell">>
    show(fun() -> binary_part(id(<<"hello">>), 5, -5) end).  % expect: <<"hello">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
