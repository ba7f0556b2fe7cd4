%% adler32: normal.
-module(bif_adler32_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:adler32(id(<<"hello">>)) end),  % expect: 103547413
    show(fun() -> erlang:adler32(1, id("abc")) end).  % expect: 38600999

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
