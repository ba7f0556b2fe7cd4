%% binary_to_term: normal.
-module(bif_binary_to_term_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_term(term_to_binary(id({a,[1,2],<<"x">>}))) end),  % expect: {a,[1,2],<<"x">>}
    show(fun() -> binary_to_term(id(<<131,97,5>>)) end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
