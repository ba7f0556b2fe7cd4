%% What the tests of erlang:trace_info/2 set on a function, and ask.
-include("named.hrl").

f(X) -> X.

-define(ITEMS, [all, traced, match_spec, meta, meta_match_spec, call_count, call_time]).

%% Everything known of f/1 after these patterns.
set(Patterns) ->
    [1 = erlang:trace_pattern({?MODULE, f, 1}, Spec, Flags) || {Spec, Flags} <- Patterns],
    Known = [plain(erlang:trace_info({?MODULE, f, 1}, Item)) || Item <- ?ITEMS],
    clear(),
    Known.

clear() -> [erlang:trace_pattern({?MODULE, f, 1}, false, Flags) || Flags <- [[global], [local, meta, call_count, call_time]]].

on_load(Flags, Spec) ->
    0 = erlang:trace_pattern(on_load, Spec, Flags),
    Known = [plain(erlang:trace_info(on_load, Item)) || Item <- ?ITEMS],
    [erlang:trace_pattern(on_load, false, F) || F <- [Flags, [local]]],
    Known.

%% What is counted while words for the counter and calls of f/1 take turns.
counted(Steps) -> with(call_count, Steps, fun(N) -> N end).
timed(Steps) -> with(call_time, Steps, fun(Rows) when is_list(Rows) -> [{P =:= self(), N, is_integer(S), is_integer(Us)} || {P, N, S, Us} <- Rows]; (Other) -> Other end).

with(Kind, Steps, Shown) ->
    1 = erlang:trace(self(), true, [call, {tracer, spawn(fun() -> receive stop -> ok end end)}]),
    erlang:trace_pattern({?MODULE, f, 1}, true, [Kind]),
    [case is_function(Step) of true -> Step(); false -> erlang:trace_pattern({?MODULE, f, 1}, Step, [Kind]) end || Step <- Steps],
    erlang:trace(self(), false, [all]),
    {Kind, Known} = erlang:trace_info({?MODULE, f, 1}, Kind),
    clear(),
    Shown(Known).

plain(T) -> norm(T, []).
