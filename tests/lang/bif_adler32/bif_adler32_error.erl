%% adler32: error.
-module(bif_adler32_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:adler32(id(a)) end),  % expect: error badarg
    show(fun() -> erlang:adler32(id(x), <<>>) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
