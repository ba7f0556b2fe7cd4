%% list comprehension: edge, binary generator.
-module(list_comprehension_edge_binary_generator).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || <<X>> <= <<1,2,3>>] end),  % expect: [1,2,3]
    show(fun() -> [{A, B} || <<A:4, B:4>> <= <<16#12, 16#34>>] end),  % expect: [{1,2},{3,4}]
    show(fun() -> [X || <<X:3>> <= <<255, 1:2>>] end).  % expect: [7,7,6]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
