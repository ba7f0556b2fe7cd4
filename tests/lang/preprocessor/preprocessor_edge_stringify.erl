%% preprocessor: edge, stringify.
-module(preprocessor_edge_stringify).
-export([start/0, id/1]).

-define(S(E), {??E, E}).
foo(X) -> X.

start() ->
    show(fun() -> ?S(1 + 2) end),  % expect: {"1 + 2",3}
    show(fun() -> ?S(foo(  bar )) =/= x orelse ok end),  % expect: true
    show(fun() -> ?S(1.0e-4 * 100000.0) end),  % expect: {"0.0001 * 1.0e5",10.0}
    show(fun() -> ?S('a\db') end),  % expect: {"'a\\db'",'a\db'}
    show(fun() -> ?S("a\d\200\1") end).  % expect: {"\"a\\d\\200\\001\"",[97,127,128,1]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
