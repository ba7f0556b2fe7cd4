%% crc32: error.
-module(bif_crc32_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:crc32(id(a)) end),  % expect: error badarg
    show(fun() -> erlang:crc32(id(-1), <<>>) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
