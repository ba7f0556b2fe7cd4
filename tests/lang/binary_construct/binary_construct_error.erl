%% binary construct: error.
-module(binary_construct_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(a))>> end),  % expect: error badarg
    show(fun() -> <<(id(1.5))>> end),  % expect: error badarg
    show(fun() -> <<(id(1)):(id(-1))>> end),  % expect: error badarg
    show(fun() -> <<(id(<<1:1>>))/binary>> end),  % expect: error badarg
    show(fun() -> <<(id(16#D800))/utf8>> end),  % expect: error badarg
    show(fun() -> <<(id(x))/float>> end),  % expect: error badarg
    show(fun() -> <<(id(<<"ab">>)):3/binary>> end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
