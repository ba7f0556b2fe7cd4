%% process: error, spawn undef.
-module(process_error_spawn_undef).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {_, M} = spawn_monitor(nosuch_mod_zz, f, [1]), receive {'DOWN', M, _, _, {R, [{Mo, F, A, _}|_]}} -> {R, Mo, F, A} end end end).  % expect: {undef,nosuch_mod_zz,f,[1]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
