%% deep terms: normal.
% gc-stress: 20000
-module(deep_terms_normal).
-export([start/0, id/1]).

nest(0) -> []; nest(N) -> [nest(N - 1)].

start() ->
    show(fun() -> nest(3) end),  % expect: [[[[]]]]
    show(fun() -> nest(1000) =:= nest(1000) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
