%% band: error.
-module(bif_band_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1.0) band id(1) end),  % expect: error badarith
    show(fun() -> id(a) band id(1) end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
