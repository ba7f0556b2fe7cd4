#!/usr/bin/env transom
%% Counts words on standard input, in parallel, and prints the most frequent ones.
%%
%%   transom run examples/wordfreq/wordfreq.erl [COUNT] < FILE
%%
%% The reader cuts the input into chunks at line ends; each chunk goes to a worker process that builds a map; the maps are merged as they
%% come back. A bounded number of workers is alive at once, so a large input does not fill the memory.
-module(wordfreq).
-mode(compile).
-export([main/1]).

-record(state, {
    busy = 0 :: non_neg_integer(),
    limit = 4 :: pos_integer(),
    totals = #{} :: #{binary() => pos_integer()},
    lines = 0 :: non_neg_integer()
}).

-define(CHUNK_LINES, 500).

main(Args) ->
    ok = io:setopts([{encoding, unicode}]),
    start(Args).

start([]) -> start(["10"]);
start([Count]) ->
    try list_to_integer(Count) of
        N when N > 0 -> run(N);
        _ -> usage()
    catch
        error:badarg -> usage()
    end;
start(_) -> usage().

usage() ->
    io:format(standard_error, "usage: wordfreq [COUNT]~n", []),
    halt(2).

run(N) ->
    process_flag(trap_exit, true),
    State = read_chunks(#state{}, [], 0),
    Totals = State#state.totals,
    Words = lists:sum(maps:values(Totals)),
    io:format("~b lines, ~b words, ~b different~n", [State#state.lines, Words, map_size(Totals)]),
    Sorted = lists:sort(fun by_count/2, maps:to_list(Totals)),
    Top = lists:sublist(Sorted, N),
    Width = lists:max([0 | [string:length(W) || {W, _} <- Top]]),
    [io:format("~ts ~6b ~5.1f% ~ts~n", [pad(W, Width), C, 100 * C / Words, bar(C, Top)]) || {W, C} <- Top],
    io:format("longest: ~ts~n", [longest(Totals)]).

%% More first; equal counts alphabetically.
by_count({W1, C}, {W2, C}) -> W1 =< W2;
by_count({_, C1}, {_, C2}) -> C1 > C2.

pad(Word, Width) -> [Word, lists:duplicate(Width - string:length(Word), $\s)].

bar(Count, [{_, Most} | _]) -> lists:duplicate(max(1, Count * 30 div Most), $#).

longest(Totals) ->
    {Longest, _} = maps:fold(
        fun(W, _, {Best, Length}) ->
            case string:length(W) of
                L when L > Length; L =:= Length, W < Best -> {W, L};
                _ -> {Best, Length}
            end
        end,
        {<<"-">>, 0},
        Totals
    ),
    Longest.

%%% Reading and handing out

read_chunks(State, Lines, ?CHUNK_LINES) ->
    read_chunks(start_worker(State, Lines), [], 0);
read_chunks(State, Lines, N) ->
    case io:get_line("") of
        eof when Lines =:= [] -> drain(State);
        eof -> drain(start_worker(State, Lines));
        Line ->
            Text = unicode:characters_to_binary(Line),
            read_chunks(State#state{lines = State#state.lines + 1}, [Text | Lines], N + 1)
    end.

start_worker(#state{busy = Limit, limit = Limit} = State, Lines) ->
    start_worker(collect(State), Lines);
start_worker(State, Lines) ->
    spawn_link(fun() -> exit({counts, count(Lines)}) end),
    State#state{busy = State#state.busy + 1}.

collect(State) ->
    receive
        {'EXIT', _, {counts, Counts}} ->
            State#state{busy = State#state.busy - 1, totals = merge(Counts, State#state.totals)};
        {'EXIT', Pid, Reason} ->
            io:format(standard_error, "worker ~p failed: ~p~n", [Pid, Reason]),
            halt(1)
    end.

drain(#state{busy = 0} = State) -> State;
drain(State) -> drain(collect(State)).

merge(Counts, Totals) ->
    maps:fold(fun(W, N, Acc) -> maps:update_with(W, fun(Old) -> Old + N end, N, Acc) end, Totals, Counts).

%%% Counting

count(Lines) -> lists:foldl(fun count_line/2, #{}, Lines).

count_line(Line, Counts) -> words(Line, <<>>, Counts).

words(<<C/utf8, Rest/binary>>, Word, Counts) ->
    case letter(C) of
        true -> words(Rest, <<Word/binary, (lower(C))/utf8>>, Counts);
        false when C =:= $', Word =/= <<>> -> apostrophe(Rest, Word, Counts);
        false -> words(Rest, <<>>, add(Word, Counts))
    end;
words(<<_, Rest/binary>>, Word, Counts) -> words(Rest, <<>>, add(Word, Counts));
words(<<>>, Word, Counts) -> add(Word, Counts).

%% An apostrophe belongs to a word only between letters: don't, but not 'quoted'.
apostrophe(<<C/utf8, _/binary>> = Rest, Word, Counts) ->
    case letter(C) of
        true -> words(Rest, <<Word/binary, $'>>, Counts);
        false -> words(Rest, <<>>, add(Word, Counts))
    end;
apostrophe(Rest, Word, Counts) -> words(Rest, <<>>, add(Word, Counts)).

add(<<>>, Counts) -> Counts;
add(Word, Counts) ->
    case Counts of
        #{Word := N} -> Counts#{Word := N + 1};
        #{} -> Counts#{Word => 1}
    end.

letter(C) when C >= $a, C =< $z; C >= $A, C =< $Z -> true;
letter(C) when C >= 16#C0, C =/= 16#D7, C =/= 16#F7, C =< 16#24F -> true;
letter(_) -> false.

lower(C) when C >= $A, C =< $Z -> C + 32;
lower(C) when C >= 16#C0, C =< 16#DE, C =/= 16#D7 -> C + 32;
lower(C) -> C.
