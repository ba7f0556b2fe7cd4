%% preprocessor: error, in macro argument.
-module(preprocessor_error_in_macro_argument).
-export([start/0, id/1]).

-define(DIV(A, B), (A) div (B)).

start() ->
    show(fun() -> ?DIV(1, id(0)) end),  % expect: error badarith
    show(fun() -> ?DIV(id(a), 2) end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
