%% term_to_binary: error.
-module(bif_term_to_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> term_to_binary(id(a), id(x)) end),  % expect: error badarg
    show(fun() -> term_to_binary(id(a), [nosuch]) end),  % expect: error badarg
    show(fun() -> term_to_binary(id(a), [{compressed,10}]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
