%% binary match: edge, big integers.
-module(binary_match_edge_big_integers).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<X:128>> = id(<<1:128>>), X end end),  % expect: 1
    show(fun() -> begin <<X:100/signed, _:4>> = id(<<-5:100, 0:4>>), X end end),  % expect: -5
    show(fun() -> begin <<X:72/little>> = id(<<1:72/little>>), X end end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
