%% crc32: normal.
-module(bif_crc32_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:crc32(id(<<"hello">>)) end),  % expect: 907060870
    show(fun() -> erlang:crc32(1, id("abc")) end).  % expect: 887499765

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
