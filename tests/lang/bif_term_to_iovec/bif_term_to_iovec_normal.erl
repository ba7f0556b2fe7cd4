%% term_to_iovec: normal.
-module(bif_term_to_iovec_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_to_binary(erlang:term_to_iovec(id({a,1}))) =:= term_to_binary({a,1}) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
