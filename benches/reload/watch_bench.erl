%% Saves files of the project it is part of, and waits for the new code: `benches/reload/watch`.
-module(watch_bench).

-export([main/1, main/0]).

main() -> main(init:get_plain_arguments()).

main([Dir, Saves]) ->
    spawn(fun() -> measure(Dir, list_to_integer(Saves)) end),
    ok.

measure(Dir, Saves) ->
    until(fun() -> whereis(transom_watch) =/= undefined end),
    receive after 500 -> ok end,
    One = [save(Dir, [5], N) || N <- lists:seq(1, Saves)],
    All = [save(Dir, lists:seq(0, 9), Saves + N) || N <- lists:seq(1, max(1, Saves div 4))],
    print("one of ten modules", One),
    print("all ten at once", All),
    init:stop().

save(Dir, Ns, V) ->
    receive after 60 -> ok end,
    Texts = [begin
                 File = filename:join(Dir, "saved_" ++ integer_to_list(N) ++ ".erl"),
                 {ok, Text} = file:read_file(File),
                 {File, re:replace(Text, "\nv\\(\\) -> [0-9]+", ["\nv() -> ", integer_to_list(V)])}
             end || N <- Ns],
    Begin = erlang:monotonic_time(microsecond),
    [ok = file:write_file(File, Text) || {File, Text} <- Texts],
    Modules = [list_to_atom("saved_" ++ integer_to_list(N)) || N <- Ns],
    until(fun() -> lists:all(fun(M) -> M:v() =:= V end, Modules) end),
    erlang:monotonic_time(microsecond) - Begin.

until(F) ->
    case F() of
        true -> ok;
        false ->
            receive after 1 -> ok end,
            until(F)
    end.

print(Name, Times) ->
    S = lists:sort(Times),
    At = fun(P) -> lists:nth(max(1, length(S) * P div 100), S) / 1000 end,
    io:format("~-20ts ~w saves, ms p50 / p90 / max: ~.1f / ~.1f / ~.1f~n", [Name, length(S), At(50), At(90), At(100)]).
