%% preprocessor: normal, define.
-module(preprocessor_normal_define).
-export([start/0, id/1]).

-define(X, 5).
-define(ADD(A, B), A + B).

start() ->
    show(fun() -> ?X end),  % expect: 5
    show(fun() -> ?ADD(1, 2) * 2 end),  % expect: 5
    show(fun() -> {?MODULE, ?FUNCTION_NAME, ?FUNCTION_ARITY} end).  % expect: {preprocessor_normal_define,start,0}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
