%% less_equal: error.
-module(bif_less_equal_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(b) =< id(a) end),  % expect: false
    show(fun() -> id(<<"ab">>) =< id(<<"abc">>) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
