%% binary_part_module: edge.
-module(bif_binary_part_module_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:bin_to_list(<<"abc">>) end),  % expect: "abc"
    show(fun() -> binary:bin_to_list(<<"abcdef">>, {1,2}) end),  % expect: "bc"
    show(fun() -> binary:list_to_bin([1,[2]]) end).  % expect: <<1,2>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
