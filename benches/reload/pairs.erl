%% Two modules that are loaded together, and processes that call from one into the other all the time: `benches/reload/pairs`.
%%
%% Each round begins with a fresh slice (`erlang:yield/0`) and is far shorter than one, so that nothing but a switch in two steps could show it
%% two versions. To see that it would be noticed, the modules are then loaded one after the other for a twentieth of the time.
%% Prints a line `Name<tab>Value` for each figure.
-module(pairs).

-export([main/1]).

-define(CHECKERS, 4).

main([Ms]) ->
    Versions = {[binaries(1), binaries(2)], [binaries(3), binaries(4)]},
    Time = list_to_integer(Ms),
    {Pairs, Switches, Mixed} = load(fun together/1, Time, Versions),
    {_, Others, Seen} = load(fun one_by_one/1, Time div 20 + 200, Versions),
    print("pairs of calls", Pairs),
    print("switches of both modules", Switches),
    print("pairs that saw two versions", Mixed),
    print("the same, modules loaded one after the other", Seen),
    print("switches then", Others).

print(Name, Value) -> io:format("~s\t~w~n", [Name, Value]).

binaries(V) ->
    N = integer_to_list(V),
    [{pa, "pa.erl", binary("-module(pa). -export([v/0, cross/0]). v() -> " ++ N ++ ". cross() -> {" ++ N ++ ", pb:back()}.")},
     {pb, "pb.erl", binary("-module(pb). -export([v/0, back/0]). v() -> " ++ N ++ ". back() -> {" ++ N ++ ", pa:v()}.")}].

binary(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, _, Bin} = compile:forms(forms(Tokens, []), []),
    Bin.

forms([], []) -> [];
forms([{dot, _} = Dot | Tokens], Form) ->
    {ok, F} = erl_parse:parse_form(lists:reverse([Dot | Form])),
    [F | forms(Tokens, [])];
forms([T | Tokens], Form) -> forms(Tokens, [T | Form]).

load(Switch, Ms, {[A, B], [C, D]}) ->
    Switch(A),
    Stop = atomics:new(1, []),
    Checkers = [spawn_monitor(fun() -> exit(check(Stop, 0, 0)) end) || _ <- lists:seq(1, ?CHECKERS)],
    Switches = switches(Switch, [B, C, D, A], erlang:monotonic_time(millisecond) + Ms, 0),
    atomics:put(Stop, 1, 1),
    Counts = [receive {'DOWN', Mon, _, _, {counted, Pairs, Mixed}} -> {Pairs, Mixed} end || {_, Mon} <- Checkers],
    {lists:sum([P || {P, _} <- Counts]), Switches, lists:sum([M || {_, M} <- Counts])}.

switches(Switch, [Next | Rest], End, N) ->
    receive after 1 -> ok end,
    [true = code:soft_purge(M) || {M, _, _} <- Next],
    Switch(Next),
    case erlang:monotonic_time(millisecond) < End of
        true -> switches(Switch, Rest ++ [Next], End, N + 1);
        false -> N + 1
    end.

together(Modules) -> ok = code:atomic_load(Modules).

one_by_one(Modules) -> [{module, M} = code:load_binary(M, File, Bin) || {M, File, Bin} <- Modules].

check(Stop, Pairs, Mixed) ->
    erlang:yield(),
    A = pa:v(),
    B = pb:v(),
    Same = {A, {A, A}} =:= {B, pb:back()} andalso {A, {A, A}} =:= pa:cross(),
    case {Same, atomics:get(Stop, 1)} of
        {true, 0} -> check(Stop, Pairs + 1, Mixed);
        {false, 0} -> check(Stop, Pairs + 1, Mixed + 1);
        {_, _} -> {counted, Pairs, Mixed}
    end.
