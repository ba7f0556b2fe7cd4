%% process_info: error.
-module(bif_process_info_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_info(id(a)) end),  % expect: error badarg
    show(fun() -> process_info(self(), id(nosuch)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
