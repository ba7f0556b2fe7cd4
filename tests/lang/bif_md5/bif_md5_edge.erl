%% md5: edge.
-module(bif_md5_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:md5(id(<<>>)) end),  % expect: <<212,29,140,217,143,0,178,4,233,128,9,152,236,248,66,126>>
    show(fun() -> erlang:md5_final(erlang:md5_update(erlang:md5_update(erlang:md5_init(), "he"), "llo")) end).  % expect: <<93,65,64,42,188,75,42,118,185,113,157,145,16,23,197,146>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
