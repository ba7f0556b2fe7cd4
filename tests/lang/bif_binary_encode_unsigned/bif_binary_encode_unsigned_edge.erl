%% binary_encode_unsigned: edge.
-module(bif_binary_encode_unsigned_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:encode_unsigned(0) end),  % expect: <<0>>
    show(fun() -> binary:encode_unsigned(1 bsl 64) end),  % expect: <<1,0,0,0,0,0,0,0,0>>
    show(fun() -> binary:decode_unsigned(<<>>) end),  % expect: 0
    show(fun() -> binary:decode_unsigned(<<1,0,0>>, little) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
