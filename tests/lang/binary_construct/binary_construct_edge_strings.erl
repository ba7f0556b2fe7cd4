%% binary construct: edge, strings.
-module(binary_construct_edge_strings).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<"å"/utf8>> end),  % expect: <<"Ã¥">>
    show(fun() -> <<"ab":16>> end),  % expect: <<0,97,0,98>>
    show(fun() -> <<"ab"/utf16-little>> end).  % expect: <<97,0,98,0>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
