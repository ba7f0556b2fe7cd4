%% tl: error.
-module(bif_tl_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> tl(id([])) end),  % expect: error badarg
    show(fun() -> tl(id({})) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
