%% module_info: normal.
-module(bif_module_info_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> ?MODULE:module_info(module) end),  % expect: bif_module_info_normal
    show(fun() -> lists:member({start,0}, ?MODULE:module_info(exports)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
