%% term_to_iovec: error.
-module(bif_term_to_iovec_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:term_to_iovec(id(a), id(x)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
