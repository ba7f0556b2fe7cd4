%% error_2: error.
-module(bif_error_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:error(id({x}), id([a]), [{error_info, #{}}]) end).  % expect: error {x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
