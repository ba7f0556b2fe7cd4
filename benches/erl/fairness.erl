%% How late another process's timer is while every scheduler has something long to do: `fairness:main([Milliseconds | Names])` prints
%% `name p50 p99 max` (microseconds late) for each load; without names for all of them.
-module(fairness).
-export([main/1]).

%% A timer of so many milliseconds, again and again.
-define(TICK, 5).

main([]) -> main(["1500"]);
main([Time | Names]) ->
    process_flag(priority, normal),
    Wanted = case Names of [] -> [N || {N, _, _} <- loads()]; _ -> [list_to_atom(N) || N <- Names] end,
    [row(Name, Prepare, Work, list_to_integer(Time)) || {Name, Prepare, Work} <- loads(), lists:member(Name, Wanted)],
    ok.

row(Name, Prepare, Work, Time) ->
    Hogs = erlang:system_info(schedulers_online),
    Self = self(),
    Pids = [spawn(fun() -> Input = Prepare(), Self ! ready, hog(Work, Input) end) || _ <- lists:seq(1, Hogs)],
    [receive ready -> ok end || _ <- Pids],
    {Ticker, Ref} = spawn_monitor(fun() -> exit({late, ticks(erlang:monotonic_time(millisecond) + Time, [])}) end),
    Late = receive {'DOWN', Ref, process, Ticker, {late, L}} -> lists:sort(L) end,
    Gone = [monitor(process, P) || P <- Pids],
    [exit(P, kill) || P <- Pids],
    [receive {'DOWN', R, process, _, _} -> ok end || R <- Gone],
    io:format("~s ~w ~w ~w~n", [Name, share(Late, 50), share(Late, 99), lists:last(Late)]).

hog(Work, Input) ->
    _ = Work(Input),
    hog(Work, Input).

ticks(Until, Late) ->
    T0 = erlang:monotonic_time(microsecond),
    receive after ?TICK -> ok end,
    T1 = erlang:monotonic_time(microsecond),
    More = [T1 - T0 - ?TICK * 1000 | Late],
    case T1 div 1000 >= Until of
        true -> More;
        false -> ticks(Until, More)
    end.

share(Sorted, Percent) -> lists:nth(max(1, length(Sorted) * Percent div 100), Sorted).

%% Name, what it works on, what it does with it over and over. `erl' charges nothing for `external_size' and products of large integers: with larger
%% ones its schedulers stand still for minutes.
loads() ->
    [{busy_loop, fun() -> 1000000 end, fun count/1},
     {lists_sort, fun() -> shuffled(500000) end, fun lists:sort/1},
     {lists_reverse, fun() -> lists:seq(1, 1000000) end, fun lists:reverse/1},
     {list_length, fun() -> lists:seq(1, 3000000) end, fun erlang:length/1},
     {list_append, fun() -> lists:seq(1, 1000000) end, fun(L) -> L ++ [1] end},
     {list_subtract, fun() -> lists:seq(1, 200000) end, fun(L) -> L -- lists:seq(1, 200000, 2) end},
     {lists_member, fun() -> lists:seq(1, 3000000) end, fun(L) -> lists:member(x, L) end},
     {lists_keyfind, fun() -> [{I} || I <- lists:seq(1, 1000000)] end, fun(L) -> lists:keyfind(x, 1, L) end},
     {term_to_binary, fun() -> [{I, "some text", <<"and bytes">>} || I <- lists:seq(1, 200000)] end, fun erlang:term_to_binary/1},
     {binary_to_term, fun() -> term_to_binary([{I, "some text", <<"and bytes">>} || I <- lists:seq(1, 200000)]) end, fun erlang:binary_to_term/1},
     {external_size, fun() -> [{I, "some text", <<"and bytes">>} || I <- lists:seq(1, 2000)] end, fun erlang:external_size/1},
     {list_to_binary, fun() -> lists:duplicate(1000000, $x) end, fun erlang:list_to_binary/1},
     {iolist_size, fun() -> lists:duplicate(1000000, [<<"x">>, $y]) end, fun erlang:iolist_size/1},
     {binary_to_list, fun() -> binary:copy(<<"x">>, 3000000) end, fun erlang:binary_to_list/1},
     {binary_matches, fun() -> binary:copy(<<"abcabd">>, 1000000) end, fun(B) -> binary:matches(B, <<"bd">>) end},
     {binary_match, fun() -> binary:copy(<<"abcabd">>, 3000000) end, fun(B) -> binary:match(B, <<"zz">>) end},
     {binary_split, fun() -> binary:copy(<<"abcabd">>, 300000) end, fun(B) -> binary:split(B, <<"d">>, [global]) end},
     {binary_copy, fun() -> <<"abcabd">> end, fun(B) -> binary:copy(B, 10000000) end},
     {re_run, fun() -> binary:copy(<<"abcabd ">>, 500000) end, fun(B) -> re:run(B, "[a-c]+x") end},
     {re_run_global, fun() -> binary:copy(<<"abcabd ">>, 100000) end, fun(B) -> re:run(B, "b[cd]", [global]) end},
     {unicode, fun() -> binary:copy(<<"gr\xc3\xb6\xc3\x9fe ">>, 300000) end, fun unicode:characters_to_list/1},
     {bignum, fun() -> 1 bsl 30000 - 1 end, fun(N) -> N * N end},
     {bignum_text, fun() -> 1 bsl 30000 - 1 end, fun erlang:integer_to_list/1},
     {phash2, fun() -> [{I, "some text"} || I <- lists:seq(1, 300000)] end, fun erlang:phash2/1},
     {md5, fun() -> binary:copy(<<"x">>, 10000000) end, fun erlang:md5/1},
     {crc32, fun() -> binary:copy(<<"x">>, 30000000) end, fun erlang:crc32/1},
     {compare, fun() -> [{I, "some text"} || I <- lists:seq(1, 300000)] end, fun(L) -> L =:= [{I, "some text"} || {I, _} <- L] end},
     {maps_from_list, fun() -> [{I, I} || I <- lists:seq(1, 200000)] end, fun maps:from_list/1},
     {maps_keys, fun() -> maps:from_list([{I, I} || I <- lists:seq(1, 300000)]) end, fun maps:keys/1},
     {list_to_tuple, fun() -> lists:seq(1, 1000000) end, fun erlang:list_to_tuple/1},
     {message, fun() -> {spawn_link(fun sink/0), lists:seq(1, 300000)} end, fun send/1},
     {ets_tab2list, fun() -> filled(200000) end, fun ets:tab2list/1},
     {ets_select, fun() -> filled(200000) end, fun(T) -> ets:select(T, [{{'$1', '$1'}, [{'<', '$1', 0}], ['$1']}]) end},
     {collection, fun() -> [{I, "some text"} || I <- lists:seq(1, 300000)] end, fun(L) -> erlang:garbage_collect(), L end}].

count(0) -> ok;
count(N) -> count(N - 1).

shuffled(N) -> shuffled(N, 42, []).
shuffled(0, _, L) -> L;
shuffled(N, S, L) -> S1 = (S * 1103515245 + 12345) band 16#7fffffff, shuffled(N - 1, S1, [S1 | L]).

sink() -> receive {From, _} -> From ! taken, sink() end.
send({To, Term}) -> To ! {self(), Term}, receive taken -> ok end.

filled(N) ->
    T = ets:new(t, [public]),
    ets:insert(T, [{I, I} || I <- lists:seq(1, N)]),
    T.
