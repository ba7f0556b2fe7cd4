%% spawn_1: error, other node.
-module(bif_spawn_1_error_other_node).
-export([start/0, id/1]).

start() ->
    show(fun() -> frame(fun() -> spawn(id(1), fun lists:reverse/1) end) end),  % expect: {error,badarg,{erlang,spawn,[1,erlang,apply,[fun lists:reverse/1,[]]]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), id(1)) end) end),  % expect: {error,badarg,{erlang,spawn,[a@b,1]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), lists, id(1), []) end) end),  % expect: {error,badarg,{erlang,spawn,[a@b,lists,1,[]]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), lists, reverse, id([a | b])) end) end).  % expect: {error,badarg,{erlang,spawn,[a@b,lists,reverse,[a|b]]}}

%% The exception with its nearest frame.
frame(F) ->
    try F() of V -> V
    catch C:R:S -> {M, N, A, _} = hd(S), {C, R, {M, N, A}}
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
