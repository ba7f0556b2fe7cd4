%% preprocessor: edge, overload.
-module(preprocessor_edge_overload).
-export([start/0, id/1]).

-define(M, none).
-define(M(A), {one, A}).
-define(M(A, B), {two, A, B}).

start() ->
    show(fun() -> [?M, ?M(1), ?M(1, 2), ?M({1,2}), ?M([1,2])] end).  % expect: [none,{one,1},{two,1,2},{one,{1,2}},{one,[1,2]}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
