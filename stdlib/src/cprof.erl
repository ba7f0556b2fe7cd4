%% cprof: counts calls of functions by breakpoints.
%%
%% A thin layer over the pattern flag call_count and trace_info/2. Counting slows no process by more than the count; nothing is sent anywhere.
-module(cprof).

-export([start/0, start/1, start/2, start/3, stop/0, stop/1, stop/2, stop/3, restart/0, restart/1, restart/2, restart/3,
         pause/0, pause/1, pause/2, pause/3, analyse/0, analyse/1, analyse/2, analyze/0, analyze/1, analyze/2]).

start() -> set({'_', '_', '_'}, true) + set({on_load}, true).
start({on_load}) -> set({on_load}, true);
start(What) -> set(functions(What), true).
start(M, F) -> set({M, F, '_'}, true).
start(M, F, A) -> set({M, F, A}, true).

stop() -> set({'_', '_', '_'}, false) + set({on_load}, false).
stop({on_load}) -> set({on_load}, false);
stop(What) -> set(functions(What), false).
stop(M, F) -> set({M, F, '_'}, false).
stop(M, F, A) -> set({M, F, A}, false).

restart() -> set({'_', '_', '_'}, restart).
restart(What) -> set(functions(What), restart).
restart(M, F) -> set({M, F, '_'}, restart).
restart(M, F, A) -> set({M, F, A}, restart).

pause() -> set({'_', '_', '_'}, pause) + set({on_load}, false).
pause({on_load}) -> set({on_load}, false);
pause(What) -> set(functions(What), pause).
pause(M, F) -> set({M, F, '_'}, pause).
pause(M, F, A) -> set({M, F, A}, pause).

functions({_, _, _} = Mfa) -> Mfa;
functions(M) when is_atom(M) -> {M, '_', '_'}.

set({on_load}, What) -> erlang:trace_pattern(on_load, What, [call_count]);
set({_, _, _} = Mfa, What) -> erlang:trace_pattern(Mfa, What, [call_count]).

%% {Calls of all modules, [{Module, Calls, [{Mfa, Calls}]}]}, the largest first; nothing with fewer calls than the limit.
analyse() -> analyse(1).

analyse(Limit) when is_integer(Limit) ->
    Modules = [Analysis || {M, _} <- code:all_loaded(), M =/= ?MODULE, Analysis <- [analyse(M, Limit)], element(2, Analysis) > 0],
    {lists:sum([Calls || {_, Calls, _} <- Modules]), by_calls([Analysis || {_, Calls, _} = Analysis <- Modules, Calls >= Limit])};
analyse(M) when is_atom(M) -> analyse(M, 1).

analyse(M, Limit) when is_atom(M), is_integer(Limit) ->
    Counts = [{{M, F, A}, N} || {F, A} <- M:module_info(functions), N <- count({M, F, A})],
    Calls = [{Calls, Mfa} || {Mfa, Calls} <- Counts, Calls >= Limit],
    {M, lists:sum([N || {_, N} <- Counts]), [{Mfa, N} || {N, Mfa} <- lists:sort(fun larger/2, Calls)]}.

count(Mfa) ->
    case erlang:trace_info(Mfa, call_count) of
        {call_count, N} when is_integer(N) -> [N];
        _ -> []
    end.

larger({N, A}, {N, B}) -> A =< B;
larger({N, _}, {M, _}) -> N > M.

by_calls(Modules) -> lists:sort(fun({A, N, _}, {B, M, _}) -> larger({N, A}, {M, B}) end, Modules).

analyze() -> analyse().
analyze(What) -> analyse(What).
analyze(M, Limit) -> analyse(M, Limit).
