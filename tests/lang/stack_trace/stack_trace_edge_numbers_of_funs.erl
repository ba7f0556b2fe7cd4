%% stack_trace: edge, numbers of funs.
-module(stack_trace_edge_numbers_of_funs).
-export([start/0, id/1]).

start() ->
    show(fun() -> numbers() end),  % expect: ['-numbers/0-fun-0-',id,'-numbers/0-fun-2-','-numbers/0-Named/0-0-',
    % expect:  '-numbers/0-fun-4-','-numbers/0-fun-6-','-numbers/0-fun-5-']
    show(fun() -> comprehensions() end).  % expect: ['-comprehensions/0-fun-1-','-comprehensions/0-Named/0-1-',
    % expect:  '-comprehensions/0-fun-4-']

%% Every `fun f/1` takes a number, as every fun does; a fun that refers to itself has its own name in it.
numbers() ->
    A = fun() -> ok end,
    B = fun id/1,
    C = fun() -> B end,
    D = fun Named() -> Named end,
    E = fun Unused() -> ok end,
    F = fun() -> fun() -> E end end,
    [name(X) || X <- [A, B, C, D, E, F, F()]].

comprehensions() ->
    A = [fun() -> X end || X <- [1]],
    B = fun Named() -> Named end,
    C = [fun() -> X end || X <- [1]],
    [name(X) || X <- A ++ [B | C]].

name(F) -> element(2, erlang:fun_info(F, name)).

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
