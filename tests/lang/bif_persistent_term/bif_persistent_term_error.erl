%% persistent_term: error.
-module(bif_persistent_term_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> persistent_term:get(nosuchkey) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
