#!/usr/bin/env transom
%% The n queens: all solutions in parallel, one process per first move; the distinct ones under rotation and mirroring; one as a board.
%%
%%   transom run examples/queens/queens.erl [N]
-module(queens).
-mode(compile).
-export([main/1, solve/1]).

main([]) -> main(["8"]);
main([Arg]) ->
    case string:to_integer(Arg) of
        {N, ""} when N >= 1, N =< 12 -> run(N);
        _ -> usage()
    end;
main(_) -> usage().

usage() ->
    io:format(standard_error, "usage: queens [N], N from 1 to 12~n", []),
    halt(2).

run(N) ->
    Solutions = solve(N),
    io:format("~b queens: ~b solutions", [N, length(Solutions)]),
    Distinct = lists:usort([canonical(S, N) || S <- Solutions]),
    io:format(", ~b distinct, ~b by bit masks~n", [length(Distinct), count(N)]),
    case Distinct of
        [] -> ok;
        [First | _] -> print(First, N), histogram(Solutions, N)
    end.

%% Each solution is the list of columns, row by row.
solve(N) ->
    Parent = self(),
    Pids = [spawn_link(fun() -> Parent ! {self(), rows(N, 2, [First], [])} end) || First <- lists:seq(1, N)],
    lists:append([receive {Pid, Found} -> lists:sort(Found) end || Pid <- Pids]).

rows(N, Row, Placed, Found) when Row > N -> [lists:reverse(Placed) | Found];
rows(N, Row, Placed, Found) -> columns(N, N, Row, Placed, Found).

columns(0, _, _, _, Found) -> Found;
columns(Column, N, Row, Placed, Found) ->
    Next =
        case safe(Column, Placed, 1) of
            true -> rows(N, Row + 1, [Column | Placed], Found);
            false -> Found
        end,
    columns(Column - 1, N, Row, Placed, Next).

safe(_, [], _) -> true;
safe(Column, [Column | _], _) -> false;
safe(Column, [Other | _], Distance) when abs(Column - Other) =:= Distance -> false;
safe(Column, [_ | Placed], Distance) -> safe(Column, Placed, Distance + 1).

%% The same count with bit masks, as a check: columns and both diagonals in three integers.
count(N) -> count(0, 0, 0, (1 bsl N) - 1).

count(Full, _, _, Full) -> 1;
count(Columns, Left, Right, Full) ->
    Free = Full band bnot (Columns bor Left bor Right),
    try_bits(Free, Columns, Left, Right, Full, 0).

try_bits(0, _, _, _, _, Sum) -> Sum;
try_bits(Free, Columns, Left, Right, Full, Sum) ->
    Bit = Free band -Free,
    More = count(Columns bor Bit, (Left bor Bit) bsl 1, (Right bor Bit) bsr 1, Full),
    try_bits(Free bxor Bit, Columns, Left, Right, Full, Sum + More).

%% The smallest of the eight images of a board.
canonical(Solution, N) -> lists:min(images(Solution, N)).

images(S, N) ->
    Rotations = rotations(S, N, 4),
    Rotations ++ [mirror(R, N) || R <- Rotations].

rotations(_, _, 0) -> [];
rotations(S, N, K) -> [S | rotations(rotate(S, N), N, K - 1)].

mirror(S, N) -> [N + 1 - C || C <- S].

%% A queen at (Row, Column) turns to (Column, N + 1 - Row).
rotate(S, N) ->
    Turned = [{Column, N + 1 - Row} || {Row, Column} <- lists:zip(lists:seq(1, N), S)],
    [Column || {_, Column} <- lists:sort(Turned)].

print(S, N) ->
    Line = ["+", lists:duplicate(N, "---+"), "\n"],
    Rows = [[[["|", cell(C, Column)] || C <- lists:seq(1, N)], "|\n", Line] || Column <- S],
    io:put_chars([Line, Rows]).

cell(C, C) -> " Q ";
cell(_, _) -> "   ".

%% How often each column holds the queen of the first row.
histogram(Solutions, N) ->
    Counts = lists:foldl(
        fun([First | _], Acc) -> maps:update_with(First, fun(K) -> K + 1 end, 1, Acc) end,
        #{},
        Solutions
    ),
    [io:format("column ~2b: ~3b ~s~n", [C, K, lists:duplicate(K, $*)]) || C <- lists:seq(1, N), K <- [maps:get(C, Counts, 0)], K < 60],
    ok.
