%% module_info: edge.
-module(bif_module_info_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_list(?MODULE:module_info()) end),  % expect: true
    show(fun() -> is_list(?MODULE:module_info(attributes)) end),  % expect: true
    show(fun() -> is_list(?MODULE:module_info(compile)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
