%% deep terms: edge, copy and compare.
% gc-stress: 20000
-module(deep_terms_edge_copy_and_compare).
-export([start/0, id/1]).

nest(0, A) -> A; nest(N, A) -> nest(N - 1, [A]).

start() ->
    show(fun() -> begin T = nest(100000, []), self() ! T, receive M -> M =:= T end end end),  % expect: true
    show(fun() -> nest(100000, []) < nest(100000, a) end),  % expect: false
    show(fun() -> erlang:phash2(nest(100000, [])) =:= erlang:phash2(nest(100000, [])) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
