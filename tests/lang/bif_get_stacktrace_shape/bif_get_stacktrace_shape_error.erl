%% get_stacktrace_shape: error.
-module(bif_get_stacktrace_shape_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> try nosuch_mod_a:f(1) catch _:R:St -> {R, erlang:delete_element(4, hd(St))} end end).  % expect: {undef,{nosuch_mod_a,f,[1]}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
