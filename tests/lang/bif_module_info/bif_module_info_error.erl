%% module_info: error.
-module(bif_module_info_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> ?MODULE:module_info(id(nosuch)) end),  % expect: error badarg
    show(fun() -> nosuchmod:module_info() end).  % expect: error undef

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
