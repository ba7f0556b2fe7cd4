%% adler32: edge.
-module(bif_adler32_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:adler32(id([])) end),  % expect: 1
    show(fun() -> erlang:adler32_combine(erlang:adler32("ab"), erlang:adler32("cd"), 2) =:= erlang:adler32("abcd") end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
