%% md5: normal.
-module(bif_md5_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:md5(id(<<"hello">>)) end),  % expect: <<93,65,64,42,188,75,42,118,185,113,157,145,16,23,197,146>>
    show(fun() -> erlang:md5(id(["he",<<"llo">>])) end).  % expect: <<93,65,64,42,188,75,42,118,185,113,157,145,16,23,197,146>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
