%% make_ref: error.
-module(bif_make_ref_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_reference(make_ref()) andalso not is_pid(make_ref()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
