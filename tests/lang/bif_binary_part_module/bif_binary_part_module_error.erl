%% binary_part_module: error.
-module(bif_binary_part_module_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:part(<<"a">>, {0,2}) end),  % expect: error badarg
    show(fun() -> binary:bin_to_list(id(a)) end),  % expect: error badarg
    show(fun() -> binary:list_to_bin(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
