%% persistent_term: normal.
-module(bif_persistent_term_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin persistent_term:put(pt1, {a,1}), persistent_term:get(pt1) end end),  % expect: {a,1}
    show(fun() -> persistent_term:get(nosuchkey, def) end).  % expect: def

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
