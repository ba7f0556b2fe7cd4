%% preprocessor: edge, stringify.
-module(preprocessor_edge_stringify).
-export([start/0, id/1]).

-define(S(E), {??E, E}).
foo(X) -> X.

start() ->
    show(fun() -> ?S(1 + 2) end),  % expect: {"1 + 2",3}
    show(fun() -> ?S(foo(  bar )) =/= x orelse ok end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
