%% send_after: edge.
-module(bif_send_after_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = erlang:send_after(100000, self(), x), is_integer(erlang:cancel_timer(T)) end end),  % expect: true
    show(fun() -> begin T = erlang:send_after(0, self(), z), receive z -> erlang:cancel_timer(T) end end end),  % expect: false
    show(fun() -> begin erlang:send_after(1, nosuchname_here, x), ok end end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
