%% binary construct: edge, sizes.
-module(binary_construct_edge_sizes).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin N = id(4), <<15:N>> end end),  % expect: <<15:4>>
    show(fun() -> begin N = id(2), <<(id(<<"abcd">>)):N/binary>> end end),  % expect: <<"ab">>
    show(fun() -> <<1:0>> end),  % expect: <<>>
    show(fun() -> begin U = id(3), <<7:U/unit:4>> end end).  % expect: <<0,7:4>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
