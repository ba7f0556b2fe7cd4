%% binary comprehension: edge, nested.
-module(binary_comprehension_edge_nested).
-export([start/0, id/1]).

start() ->
    show(fun() -> << <<X, Y>> || X <- [1,2], <<Y>> <= <<8,9>> >> end),  % expect: <<1,8,1,9,2,8,2,9>>
    show(fun() -> << <<>> || _ <- [1,2] >> end).  % expect: <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
