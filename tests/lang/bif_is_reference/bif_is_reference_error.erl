%% is_reference: error.
-module(bif_is_reference_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_reference(self()) end),  % expect: false
    show(fun() -> is_reference(id("#Ref<0.0.0.0>")) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
