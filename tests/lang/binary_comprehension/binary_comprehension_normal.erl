%% binary comprehension: normal.
-module(binary_comprehension_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> << <<(X * 2)>> || X <- [1,2,3] >> end),  % expect: <<2,4,6>>
    show(fun() -> << <<X>> || <<X>> <= <<1,2,3>>, X > 1 >> end).  % expect: <<2,3>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
