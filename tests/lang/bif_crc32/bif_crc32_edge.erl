%% crc32: edge.
-module(bif_crc32_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:crc32(id(<<>>)) end),  % expect: 0
    show(fun() -> erlang:crc32_combine(erlang:crc32("ab"), erlang:crc32("cd"), 2) =:= erlang:crc32("abcd") end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
