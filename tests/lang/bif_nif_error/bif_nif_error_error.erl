%% nif_error: error.
-module(bif_nif_error_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> catch_it(fun() -> erlang:nif_error(id(badarg)) end) end),  % expect: {caught,badarg}
    show(fun() -> catch_it(fun() -> apply(erlang, nif_error, [a, b, c]) end) end).  % expect: {caught,undef}

catch_it(F) ->
    try F() of V -> V
    catch error:R -> {caught, R}
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
