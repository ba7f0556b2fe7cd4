%% binary construct: edge, append loop.
-module(binary_construct_edge_append_loop).
-export([start/0, id/1]).

app(0, B) -> B; app(N, B) -> app(N - 1, <<B/binary, N>>).

start() ->
    show(fun() -> byte_size(app(1000, <<>>)) end),  % expect: 1000
    show(fun() -> begin B = app(3, <<>>), {<<B/binary, 1>>, <<B/binary, 2>>, B} end end).  % expect: {<<3,2,1,1>>,<<3,2,1,2>>,<<3,2,1>>}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
