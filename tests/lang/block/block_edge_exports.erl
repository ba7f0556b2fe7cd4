%% block: edge, exports.
-module(block_edge_exports).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin begin A = 1 end, A end end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
