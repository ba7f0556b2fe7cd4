%% literals: normal, atoms.
-module(literals_normal_atoms).
-export([start/0, id/1]).

start() ->
    show(fun() -> [abc, 'a b', 'A', aB_1@x, 'åäö', []] end).  % expect: [abc,'a b','A',aB_1@x,åäö,[]]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
