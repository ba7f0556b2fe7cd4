%% map: normal, update.
-module(map_normal_update).
-export([start/0, id/1]).

start() ->
    show(fun() -> (id(#{a => 1}))#{b => 2} end),  % expect: #{a => 1,b => 2}
    show(fun() -> (id(#{a => 1}))#{a := 2} end),  % expect: #{a => 2}
    show(fun() -> (id(#{a => 1}))#{a => 3, c => 4} end).  % expect: #{a => 3,c => 4}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
