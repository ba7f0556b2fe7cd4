%% binary_part_2: error.
-module(bif_binary_part_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_part(id(<<"hello">>), {3,4}) end),  % expect: error badarg
    show(fun() -> binary_part(id(<<"hello">>), {-1,1}) end),  % expect: error badarg
    show(fun() -> binary_part(id(x), {0,0}) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
