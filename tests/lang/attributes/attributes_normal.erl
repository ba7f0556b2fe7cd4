%% attributes: normal.
-module(attributes_normal).
-export([start/0, id/1]).

-vsn("1.0").
-author(me).
-custom({x, [1,2]}).
-custom(second).

start() ->
    show(fun() -> proplists:get_value(vsn, ?MODULE:module_info(attributes)) end),  % expect: "1.0"
    show(fun() -> [V || {custom, V} <- ?MODULE:module_info(attributes)] end).  % expect: [[{x,[1,2]}],[second]]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
