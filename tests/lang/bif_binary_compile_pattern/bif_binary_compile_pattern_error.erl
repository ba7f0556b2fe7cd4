%% binary_compile_pattern: error.
-module(bif_binary_compile_pattern_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:compile_pattern(<<>>) end),  % expect: error badarg
    show(fun() -> binary:compile_pattern(id(a)) end),  % expect: error badarg
    show(fun() -> binary:compile_pattern([]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
