%% binary_to_term: edge.
-module(bif_binary_to_term_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_term(id(<<131,97,5,1,2>>), [used]) end),  % expect: {5,3}
    show(fun() -> binary_to_term(id(<<131,106>>)) end),  % expect: []
    show(fun() -> binary_to_term(id(<<131,107,0,2,1,2>>)) end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
