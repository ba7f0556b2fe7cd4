%% binary_compile_pattern: normal.
-module(bif_binary_compile_pattern_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:match(<<"abc">>, binary:compile_pattern(<<"b">>)) end).  % expect: {1,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
