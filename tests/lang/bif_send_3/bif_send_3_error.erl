%% send_3: error.
-module(bif_send_3_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:send(nosuchname, m) end),  % expect: error badarg
    show(fun() -> erlang:send(self(), m, [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
