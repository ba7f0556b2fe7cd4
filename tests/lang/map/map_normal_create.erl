%% map: normal, create.
-module(map_normal_create).
-export([start/0, id/1]).

start() ->
    show(fun() -> #{} end),  % expect: #{}
    show(fun() -> #{a => 1, "b" => 2} end),  % expect: #{a => 1,"b" => 2}
    show(fun() -> #{1 => #{2 => 3}} end).  % expect: #{1 => #{2 => 3}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
