%% erase: error.
-module(bif_erase_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erase(never_there) end).  % expect: undefined

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
