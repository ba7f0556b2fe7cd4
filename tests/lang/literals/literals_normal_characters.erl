%% literals: normal, characters.
-module(literals_normal_characters).
-export([start/0, id/1]).

start() ->
    show(fun() -> [$a, $\n, $\\, $\s, $\t, $å, $\x41, $\x{1F600}, $\101, $\^A, $ ] end).  % expect: [97,10,92,32,9,229,65,128512,65,1,32]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
