%% phash2: edge.
-module(bif_phash2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash2(id([])) end),  % expect: 113427502
    show(fun() -> erlang:phash2(id(#{a=>1})) end),  % expect: 59617982
    show(fun() -> erlang:phash2(id(1.5)) end),  % expect: 10380315
    show(fun() -> erlang:phash2(id(1 bsl 100)) end),  % expect: 126219984
    show(fun() -> erlang:phash2(id(<<"binary">>)) end),  % expect: 42612997
    show(fun() -> erlang:phash2(id(-1)) end),  % expect: 44071773
    show(fun() -> erlang:phash2(id(<<1:3>>)) end),  % expect: 73037028
    show(fun() -> erlang:phash2(lists:seq(1,300)) end).  % expect: 17099521

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
