%% match: edge, literals.
-module(match_edge_literals).
-export([start/0, id/1]).

f(1.0) -> float; f(1) -> int; f("ab") -> str; f(<<"x">>) -> bin; f([]) -> nil; f(0) -> zero; f(-1) -> neg; f(16#FFFFFFFFFFFFFFFFFF) -> big; f(_) -> other.

start() ->
    show(fun() -> [f(X) || X <- [1, 1.0, "ab", <<"x">>, [], 0, -1, (1 bsl 72) - 1, a, -0.0]] end).  % expect: [int,float,str,bin,nil,zero,neg,big,other,other]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
