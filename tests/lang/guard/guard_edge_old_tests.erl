%% guard: edge, type tests by their names of old, only as whole tests.
-module(guard_edge_old_tests).
-export([start/0]).
-record(r, {a}).
-compile(nowarn_obsolete_guard).

start() ->
    show(fun() -> [kind(X) || X <- [a, 1, 1.5, [], {}, <<>>, self(), make_ref(), fun start/0, #r{}, #{}]] end),  % expect: [atom,integer,float,list,tuple,binary,pid,reference,function,record,other]
    show(fun() -> [top(X) || X <- [1, 1.5, a]] end),  % expect: [other,float,other]
    show(fun() -> [inside(X) || X <- [1, 1.5, 0]] end),  % expect: [one,float,other]
    show(fun() -> [X || X <- [1, 1.5, a, 2.5], float(X)] end),  % expect: [1.5,2.5]
    show(fun() -> [if float(X) -> yes; true -> no end || X <- [1, 1.5]] end).  % expect: [no,yes]

kind(X) when atom(X) -> atom;
kind(X) when integer(X) -> integer;
kind(X) when float(X) -> float;
kind(X) when number(X) -> number;
kind(X) when list(X) -> list;
kind(X) when record(X, r) -> record;
kind(X) when tuple(X) -> tuple;
kind(X) when binary(X) -> binary;
kind(X) when pid(X) -> pid;
kind(X) when port(X) -> port;
kind(X) when reference(X) -> reference;
kind(X) when function(X) -> function;
kind(_) -> other.

top(X) when float(X) -> float;
top(X) when atom(X); integer(X), X > 0 -> other;
top(_) -> none.

inside(X) when float(X) == 1.0 -> one;
inside(X) when float(X) -> float;
inside(_) -> other.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
