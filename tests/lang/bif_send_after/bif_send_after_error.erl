%% send_after: error.
-module(bif_send_after_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:send_after(id(-1), self(), x) end),  % expect: error badarg
    show(fun() -> erlang:send_after(id(a), self(), x) end),  % expect: error badarg
    show(fun() -> erlang:send_after(1, id(1), x) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
