%% greater: error.
-module(bif_greater_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(<<>>) > id(atom) end),  % expect: true
    show(fun() -> id(#{a=>1}) > id(#{}) end),  % expect: true
    show(fun() -> id(#{a=>2,b=>1}) > id(#{a=>1,c=>0}) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
