%% The verdict, from figures of old and new code; what is counted, and that it goes back.
-module(transom_guard_tests).

-include_lib("eunit/include/eunit.hrl").
-include("reloading.hrl").

-define(F, {m, f, 1}).

%% A second of old code and one of new.
figures(Calls, P90, Errors, Exits) ->
    #{calls => #{?F => {Calls, P90}}, errors => maps:from_list([{?F, Errors} || Errors > 0]), exits => #{m => Exits}, ms => 1000}.

judge(Old, New) -> element(1, transom_guard:judge(Old, New, #{})).

verdict_test_() ->
    Old = figures(1000, 1000, 0, 0),
    [?_assertEqual(ok, judge(Old, figures(1000, 1100, 0, 0))),
     %% Too little traffic says nothing, good or bad.
     ?_assertEqual(inconclusive, judge(Old, figures(5, 1000, 0, 0))),
     ?_assertEqual(inconclusive, judge(Old, figures(5, 1000, 2, 0))),
     %% One of a thousand that threw nothing before, once there are enough of them.
     ?_assertEqual(rolled_back, judge(Old, figures(3000, 1000, 3, 0))),
     ?_assertEqual(ok, judge(Old, figures(3000, 1000, 2, 0))),
     %% As often as before.
     ?_assertEqual(ok, judge(figures(1000, 1000, 100, 0), figures(1000, 1000, 110, 0))),
     ?_assertEqual(rolled_back, judge(figures(1000, 1000, 100, 0), figures(1000, 1000, 300, 0))),
     %% Ten times the traffic with ten times the exceptions is no change.
     ?_assertEqual(ok, judge(figures(100, 1000, 10, 0), figures(1000, 1000, 100, 0))),
     %% Processes that end.
     ?_assertEqual(rolled_back, judge(Old, figures(1000, 1000, 0, 3))),
     ?_assertEqual(ok, judge(figures(1000, 1000, 0, 5), figures(1000, 1000, 0, 8))),
     %% Ten times slower matters from some length on.
     ?_assertEqual(rolled_back, judge(Old, figures(1000, 1000000, 0, 0))),
     ?_assertEqual(ok, judge(Old, figures(1000, 10000, 0, 0))),
     %% A baseline of another length.
     ?_assertEqual(ok, judge((figures(100, 1000, 10, 0))#{ms := 300}, (figures(1000, 1000, 90, 0))#{ms := 3000}))].

limit_test() ->
    Old = figures(1000, 1000, 0, 0),
    ?assertEqual(rolled_back, element(1, transom_guard:judge(Old, figures(1000, 1000, 1, 0), #{max_errors => 1}))),
    ?assertEqual(ok, element(1, transom_guard:judge(Old, figures(1000, 1000, 9, 0), #{max_errors => 10}))).

words_test() ->
    Old = figures(1000, 1000, 0, 0),
    New = figures(1000, 2000000, 30, 0),
    {Verdict, Why} = transom_guard:judge(Old, New, #{}),
    Text = unicode:characters_to_list(transom_guard:text(#{verdict => Verdict, why => Why, ms => 1200, old => Old, new => New})),
    ?assertEqual("guard: rolled back after 1.2 s: m:f/1 raised in 30 of 1000 calls, before in 0 of 1000 calls; m:f/1 takes 2.0 ms, before 1.0 us\n"
                 "  m:f/1: 1000 calls, 30 raised, p90 2.0 ms; before 1000 calls, 0 raised, p90 1.0 us\n", Text).

guard_test_() ->
    each([{guard_ok, fun guard_ok/1}, {guard_goes_back, fun guard_goes_back/1}, {guard_without_traffic, fun guard_without_traffic/1},
          {guard_starts_anew, fun guard_starts_anew/1}, {guard_of_an_endless_loop, fun guard_of_an_endless_loop/1}, {guard_by_version, fun guard_by_version/1}, {guard_from_the_switch_on, fun guard_from_the_switch_on/1}, {guard_of_old_traffic, fun guard_of_old_traffic/1},
          {guard_of_old_callbacks, fun guard_of_old_callbacks/1}, {guard_sees_slowness, fun guard_sees_slowness/1}, {guard_needs_a_way_back, fun guard_needs_a_way_back/1}]).

%% Calls ra:f/1 all the time; what it raises is nobody's trouble.
traffic() ->
    spawn(fun Call() -> catch ra:f(erlang:unique_integer([positive])), receive stop -> ok after 1 -> Call() end end).

guarded(Dir, V1, V2, Opts) ->
    first(Dir, ra, "-export([f/1]).\nf(X) -> " ++ V1 ++ ".\n"),
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> " ++ V2 ++ ".\n")], Opts#{guard => 1}),
    transom_guard:await(Guard),
    P ! stop,
    {value, #{guard := Result, verdict := Verdict}} = transom_reload:entry(N),
    _ = unicode:characters_to_list(transom_guard:text(Result)),
    _ = json:decode(iolist_to_binary(transom_reload_text:guard_json(Result))),
    {Verdict, Result}.

guard_ok(Dir) ->
    {ok, #{verdict := ok, new := #{calls := Calls}}} = guarded(Dir, "{old, X}", "{new, X}", #{}),
    #{{ra, f, 1} := {N, _}} = Calls,
    true = N >= 20,
    {new, 1} = ra:f(1).

guard_goes_back(Dir) ->
    {rolled_back, #{verdict := rolled_back, why := [{errors, {ra, f, 1}, E, _, 0, _}]}} =
        guarded(Dir, "{old, X}", "case X rem 3 of 0 -> error(new); _ -> {new, X} end", #{}),
    true = E >= 3,
    {old, 1} = ra:f(1),
    %% What it threw as often before, and what it catches itself, is no reason.
    {ok, #{verdict := ok}} = guarded(Dir, "case X rem 3 of 0 -> error(old); _ -> {old, X} end", "case X rem 3 of 0 -> error(new); _ -> {new, X} end", #{}),
    {ok, #{verdict := ok}} = guarded(Dir, "{old, X}", "try error(X) catch error:Y -> {new, Y} end", #{}).

guard_without_traffic(Dir) ->
    first(Dir, ra, value("1")),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, value("2"))], #{guard => 1}),
    transom_guard:await(Guard),
    {value, #{guard := #{verdict := inconclusive}}} = transom_reload:entry(N),
    2 = ra:v().

%% Another reload while it watches: the watch begins anew, and goes back over both.
guard_starts_anew(Dir) ->
    first(Dir, ra, "-export([f/1]).\nf(X) -> {1, X}.\n"),
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> {2, X}.\n")], #{guard => 3}),
    receive after 500 -> ok end,
    {ok, #{guard := Guard}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> error({3, X}).\n")]),
    transom_guard:await(Guard),
    P ! stop,
    {value, #{verdict := rolled_back, guard := #{verdict := rolled_back}}} = transom_reload:entry(N),
    {1, x} = ra:f(x).

%% Who stays in old code, and calls and fails there, is no witness against the new code, nor for it.
guard_by_version(Dir) ->
    Text = fun(V) -> "-export([f/1, stay/1]).\nf(X) -> {" ++ V ++ ", X}.\n"
                         "stay(N) -> receive stop -> " ++ V ++ "; die -> g({" ++ V ++ ", N}) after 1 -> catch g(" ++ V ++ "), stay(N + 1) end.\n"
                         "g(X) -> error({X, " ++ V ++ "}).\n" end,
    first(Dir, ra, Text("1")),
    Stay = [spawn(ra, stay, [0]) || _ <- lists:seq(1, 10)],
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, Text("2"))], #{guard => 1}),
    [S ! die || S <- tl(Stay)],
    transom_guard:await(Guard),
    P ! stop,
    {value, #{verdict := ok, guard := #{verdict := ok, old := Old, new := New}}} = transom_reload:entry(N),
    %% Before the switch they were seen, afterwards nothing of them was, and what runs in the new code was.
    #{calls := #{{ra, g, 1} := {Before, _}}, errors := #{{ra, g, 1} := Raised}} = Old,
    true = Before > 50 andalso Raised > 50,
    #{calls := #{{ra, f, 1} := {Calls, _}} = NewCalls, errors := NewErrors, exits := #{ra := 0}} = New,
    [true, false, 0] = [Calls > 20, is_map_key({ra, g, 1}, NewCalls), map_size(NewErrors)],
    hd(Stay) ! stop.

%% With nobody but those in old code it has seen nothing of the new.
guard_of_old_traffic(Dir) ->
    Text = fun(V) -> "-export([stay/0]).\nstay() -> receive stop -> " ++ V ++ " after 1 -> g(), stay() end.\ng() -> " ++ V ++ ".\n" end,
    first(Dir, ra, Text("1")),
    P = spawn(ra, stay, []),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, Text("2"))], #{guard => 1}),
    transom_guard:await(Guard),
    P ! stop,
    {value, #{guard := #{verdict := inconclusive}}} = transom_reload:entry(N).

%% A server that is in a callback of the old code at the switch, and fails there, ended in the old code.
guard_of_old_callbacks(Dir) ->
    Text = fun(V) -> "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, f/1]).\ninit(_) -> {ok, 1}.\nf(X) -> {" ++ V ++ ", X}.\n"
                         "handle_call(get, _, S) -> {reply, S, S}.\nhandle_cast({fail, Ms}, _) -> timer:sleep(Ms), error({fail, " ++ V ++ "}).\n" end,
    first(Dir, ra, Text("1")),
    Ps = [element(2, gen_server:start(ra, [], [])) || _ <- lists:seq(1, 10)],
    T = traffic(),
    %% The old code is measured for 0.3 s, and then the new one runs.
    [gen_server:cast(P, {fail, 700}) || P <- Ps],
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, Text("2"))], #{guard => 1}),
    transom_guard:await(Guard),
    [false = is_process_alive(P) || P <- Ps],
    {value, #{verdict := ok, guard := #{verdict := ok, new := #{exits := #{ra := 0}}}}} = transom_reload:entry(N),
    %% Those that run the new code and fail are counted.
    Qs = [element(2, gen_server:start(ra, [], [])) || _ <- lists:seq(1, 10)],
    {ok, #{guard := Guard2, number := M}} = transom_reload:reload([file(Dir, ra, Text("3"))], #{guard => 1}),
    [gen_server:cast(Q, {fail, 0}) || Q <- Qs],
    transom_guard:await(Guard2),
    T ! stop,
    {value, #{verdict := rolled_back, guard := #{why := Why}}} = transom_reload:entry(M),
    [true = case W of {errors, {ra, handle_cast, 2}, _, _, 0, _} -> true; {exits, ra, _, 0} -> true end || W <- Why].

%% What fails right after the switch is seen too, be it over before the watch looks for the first time; and a newer reload of something else
%% in the module does not forget what the one before has changed.
guard_from_the_switch_on(Dir) ->
    Text = fun(V, W) -> "-export([f/1, g/1]).\nf(X) -> " ++ V ++ ".\ng(X) -> " ++ W ++ ".\n" end,
    first(Dir, ra, Text("{1, X}", "{1, X}")),
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, Text("{2, X}", "error(X)"))], #{guard => 1, max_errors => 20}),
    [catch ra:g(x) || _ <- lists:seq(1, 20)],
    transom_guard:await(Guard),
    {value, #{verdict := rolled_back, guard := #{why := [{errors, {ra, g, 1}, 20, 20, 0, 0}]}}} = transom_reload:entry(N),
    first(Dir, ra, Text("{3, X}", "{3, X}")),
    {ok, #{guard := Guard2, number := M}} = transom_reload:reload([file(Dir, ra, Text("{4, X}", "{3, X}"))], #{guard => 3}),
    {ok, #{guard := Guard2}} = transom_reload:reload([file(Dir, ra, Text("{4, X}", "{4, X}"))]),
    transom_guard:await(Guard2),
    P ! stop,
    {value, #{guard := #{verdict := ok, new := #{calls := #{{ra, f, 1} := {Calls, _}}}}}} = transom_reload:entry(M),
    true = Calls > 20.

guard_sees_slowness(Dir) ->
    {rolled_back, #{why := [{slow, {ra, f, 1}, _, _}]}} = guarded(Dir, "{old, X}", "receive after 4 -> {new, X} end", #{}).

%% A function that does not come back any more is no success: nothing was seen to end.
guard_of_an_endless_loop(Dir) ->
    {ok, #{verdict := inconclusive}} = guarded(Dir, "{old, X}", "(fun Loop(Y) -> Loop(Y) end)(X)", #{}),
    [exit(P, kill) || P <- processes(), {current_function, {ra, F, _}} <- [process_info(P, current_function)], F =/= f].

guard_needs_a_way_back(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    Refused = transom_reload:reload([file(Dir, rs, server("a = 1, b = 2", "case Vsn of {down, _} -> error(never); _ -> {ok, {s, 1, 2}} end"))], #{guard => 1}),
    ['R011'] = codes(Refused),
    {s, 1} = gen_server:call(P, get),
    gen_server:stop(P).
