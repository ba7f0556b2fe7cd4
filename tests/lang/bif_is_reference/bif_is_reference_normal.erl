%% is_reference: normal.
-module(bif_is_reference_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_reference(make_ref()) end),  % expect: true
    show(fun() -> is_reference(id(a)) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
