%% alias: edge.
-module(bif_alias_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = alias(), unalias(A), A ! hi, receive hi -> got after 10 -> none end end end),  % expect: none
    show(fun() -> begin A = alias([reply]), A ! one, A ! two, receive one -> ok end, receive two -> got after 10 -> none end end end),  % expect: none
    show(fun() -> unalias(make_ref()) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
