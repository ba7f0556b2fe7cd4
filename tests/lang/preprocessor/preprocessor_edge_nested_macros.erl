%% preprocessor: edge, nested macros.
-module(preprocessor_edge_nested_macros).
-export([start/0, id/1]).

-define(A, ?B).
-define(B, ?C(1)).
-define(C(X), {c, X}).
-define(NAME(N), N).

start() ->
    show(fun() -> ?A end),  % expect: {c,1}
    show(fun() -> ?NAME(lists):reverse([1,2]) end),  % expect: [2,1]
    show(fun() -> (?NAME(fun(X) -> X end))(3) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
