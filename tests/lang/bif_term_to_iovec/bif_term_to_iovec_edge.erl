%% term_to_iovec: edge.
-module(bif_term_to_iovec_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_list(erlang:term_to_iovec(id(<<0:8000>>))) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
