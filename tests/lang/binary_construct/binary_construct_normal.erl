%% binary construct: normal.
-module(binary_construct_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<1,2,3>> end),  % expect: <<1,2,3>>
    show(fun() -> <<"abc">> end),  % expect: <<"abc">>
    show(fun() -> <<1:16>> end),  % expect: <<0,1>>
    show(fun() -> <<(id(258)):16/little>> end).  % expect: <<2,1>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
