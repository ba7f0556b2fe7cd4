%% `transom diff NAME [NUMBER|MODULE]`: what a reload changed, function by function, and line by line where the sources of both versions are
%% known: that of a version that came by an earlier reload is.
-module(transom_diff).

-export([command/1, entry/1, lines/2]).

%% Lines shown around a change.
-define(CONTEXT, 2).
%% Beyond this product of line counts the parts that differ are shown as a whole.
-define(MOST_CELLS, 4000000).

command([]) -> latest(transom_reload:history());
command(["--help"]) ->
    io:put_chars(usage()),
    0;
command([Arg]) ->
    try list_to_integer(Arg) of
        N -> show(N)
    catch error:badarg -> latest(transom_reload:history(list_to_atom(Arg)))
    end;
command(_) ->
    transom_command:error("~ts", [usage()]),
    2.

usage() -> "Usage: transom diff NAME [NUMBER|MODULE]\nWhat that reload, or the latest one (of the module), changed; `transom history NAME` has the numbers.\n".

latest([]) -> none();
latest(Entries) -> show(maps:get(number, lists:last(Entries))).

show(N) ->
    case transom_reload:entry(N) of
        {value, Entry} ->
            io:put_chars(entry(Entry)),
            0;
        false -> none()
    end.

none() ->
    transom_command:error("no such reload~n"),
    1.

%% The text for one entry of the journal.
-spec entry(map()) -> unicode:chardata().
entry(#{what := {rollback, N}}) -> io_lib:format("back to the versions before reload ~w~n", [N]);
entry(#{before := []}) -> "its versions are no longer kept\n";
entry(#{before := Before, 'after' := After, modules := Modules}) ->
    [module(M, V, lists:keyfind(M, 1, Before), lists:keyfind(M, 1, After)) || {M, V, _, _} <- Modules].

module(M, V, {_, none, _}, _) -> io_lib:format("module ~ts: new, version ~w~n", [M, V]);
module(M, V, {_, Old, _}, {_, New, Path, Text}) ->
    {F0, E0, R0} = erts_internal:module_contents(Old),
    {F1, E1, R1} = erts_internal:module_contents(New),
    [io_lib:format("module ~ts: to version ~w~n", [M, V]),
     [io_lib:format("  ~ts ~tw/~w~n", [Word, F, A]) || {Word, F, A} <- functions(F0, F1)],
     [io_lib:format("  ~ts ~tw/~w~n", [Word, F, A]) || {Word, L} <- [{"no longer exports", E0 -- E1}, {"now exports", E1 -- E0}], {F, A} <- L],
     [io_lib:format("  record ~tw: ~0tp, before ~0tp~n", [R, Fs, maps:get(R, maps:from_list(R0))])
      || {R, Fs} <- R1, lists:keymember(R, 1, R0), not lists:member({R, Fs}, R0)],
     sources(Path, source(M, Old), Text)].

functions(F0, F1) ->
    Old = maps:from_list([{{F, A}, H} || {F, A, H} <- F0]),
    New = maps:from_list([{{F, A}, H} || {F, A, H} <- F1]),
    [{"changed", F, A} || {F, A, H} <- F1, is_map_key({F, A}, Old), map_get({F, A}, Old) =/= H] ++
        [{"new", F, A} || {F, A, _} <- F1, not is_map_key({F, A}, Old)] ++
        [{"removed", F, A} || {F, A, _} <- F0, not is_map_key({F, A}, New)].

%% The source of a version, if a reload that the journal keeps brought it.
source(M, Bytes) ->
    Texts = [T || #{number := N} <- transom_reload:history(M), {value, #{'after' := After}} <- [transom_reload:entry(N)],
                  {M1, B, _, T} <- After, M1 =:= M, B =:= Bytes],
    case Texts of
        [T | _] -> T;
        [] -> none
    end.

sources(_, none, _) -> [];
sources(_, _, none) -> [];
sources(Path, Old, New) ->
    case lines(split(Old), split(New)) of
        [] -> [];
        Hunks -> [["  ", Path, $\n], Hunks]
    end.

split(Text) -> binary:split(iolist_to_binary(Text), <<"\n">>, [global]).

%%% Lines

%% Hunks of `- `, `+ ` and context lines, each under the line it begins at in the new text.
-spec lines([binary()], [binary()]) -> unicode:chardata().
lines(Same, Same) -> [];
lines(Old, New) ->
    {Head, Old1, New1} = common(Old, New),
    {Tail, Old2, New2} = common(lists:reverse(Old1), lists:reverse(New1)),
    Steps = [{same, L} || L <- Head] ++ steps(lists:reverse(Old2), lists:reverse(New2)) ++ [{same, L} || L <- lists:reverse(Tail)],
    hunks(number(Steps, 1)).

common(Old, New) -> common(Old, New, []).
common([L | Old], [L | New], Acc) -> common(Old, New, [L | Acc]);
common(Old, New, Acc) -> {lists:reverse(Acc), Old, New}.

%% By the longest common subsequence.
steps(Old, New) when length(Old) * length(New) > ?MOST_CELLS -> [{old, L} || L <- Old] ++ [{new, L} || L <- New];
steps(Old, New) ->
    %% Rows[i] is the list of lengths for the suffix of Old from i on, for every suffix of New.
    Rows = lists:foldl(fun(L, [Below | _] = Acc) -> [row(L, New, Below) | Acc] end, [[0 || _ <- [end_of_text | New]]], lists:reverse(Old)),
    walk(Old, New, Rows).

row(_, [], [_]) -> [0];
row(L, [N | New], [B | Below]) ->
    [Right | _] = Rest = row(L, New, Below),
    [case L =:= N of
         true -> hd(Below) + 1;
         false -> max(B, Right)
     end | Rest].

walk([L | Old], [L | New], [_, Below | Rows]) -> [{same, L} | walk(Old, New, [tl(Below) | [tl(R) || R <- Rows]])];
walk([O | Old] = Olds, [N | New], [[_, Right | _] = Row, [Down | _] = Below | Rows]) ->
    case Down >= Right of
        true -> [{old, O} | walk(Old, [N | New], [Below | Rows])];
        false -> [{new, N} | walk(Olds, New, [tl(R) || R <- [Row, Below | Rows]])]
    end;
walk(Old, New, _) -> [{old, L} || L <- Old] ++ [{new, L} || L <- New].

number([{old, L} | Steps], N) -> [{N, old, L} | number(Steps, N)];
number([{Kind, L} | Steps], N) -> [{N, Kind, L} | number(Steps, N + 1)];
number([], _) -> [].

hunks(Steps) ->
    case lists:splitwith(fun({_, Kind, _}) -> Kind =:= same end, Steps) of
        {_, []} -> [];
        {Before, Rest} ->
            {Hunk, After} = hunk(Rest, []),
            Lead = lists:nthtail(max(0, length(Before) - ?CONTEXT), Before),
            [{N, _, _} | _] = Shown = Lead ++ Hunk,
            [io_lib:format("  @@ line ~w~n", [N]), [["  ", sign(Kind), L, $\n] || {_, Kind, L} <- Shown], hunks(After)]
    end.

%% Changes with no more than twice the context between them are one hunk.
hunk(Steps, Acc) ->
    {Changed, Rest} = lists:splitwith(fun({_, Kind, _}) -> Kind =/= same end, Steps),
    {Same, More} = lists:splitwith(fun({_, Kind, _}) -> Kind =:= same end, Rest),
    Acc1 = Acc ++ Changed,
    case More of
        [_ | _] when length(Same) =< 2 * ?CONTEXT -> hunk(More, Acc1 ++ Same);
        _ -> {Acc1 ++ lists:sublist(Same, ?CONTEXT), lists:nthtail(min(?CONTEXT, length(Same)), Same) ++ More}
    end.

sign(same) -> "  ";
sign(old) -> "- ";
sign(new) -> "+ ".
