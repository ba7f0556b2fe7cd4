%% binary match: normal.
-module(binary_match_normal).
-export([start/0, id/1]).

f(<<A, B, Rest/binary>>) -> {A, B, Rest}; f(<<>>) -> empty; f(_) -> other.

start() ->
    show(fun() -> [f(<<1,2,3>>), f(<<1,2>>), f(<<>>), f(<<1>>), f(a)] end).  % expect: [{1,2,<<3>>},{1,2,<<>>},empty,other,other]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
