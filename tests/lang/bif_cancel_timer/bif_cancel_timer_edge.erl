%% cancel_timer: edge.
-module(bif_cancel_timer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:cancel_timer(make_ref()) end),  % expect: false
    show(fun() -> begin T = erlang:start_timer(100000, self(), m), erlang:cancel_timer(T, [{async,true}]), receive {cancel_timer, T, N} -> is_integer(N) end end end),  % expect: true
    show(fun() -> begin T = erlang:start_timer(100000, self(), m), erlang:cancel_timer(T, [{info,false}]) end end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
