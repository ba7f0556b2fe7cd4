%% Prints what the compiler says of each file of a folder, one line a diagnostic: `file line:column: error|warning: text`, sorted. The same
%% program runs on Transom and on `erl`; `tests/lint/compare` shows where they differ.
-module(report).
-export([main/1]).

main([Folder]) ->
    {ok, Names} = file:list_dir(Folder),
    Files = [N || N <- lists:sort(Names), filename:extension(N) =:= ".erl"],
    lists:foreach(fun(N) -> one(Folder, N) end, Files).

one(Folder, Name) ->
    Options = [return, strong_validation, {i, Folder}],
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() -> Self ! {self(), compile:file(filename:join(Folder, Name), Options)} end),
    receive
        {Pid, Answer} -> demonitor(Ref, [flush]), lines(Name, Answer);
        {'DOWN', Ref, process, _, _} -> io:format("~s crash~n", [Name])
    after 20000 ->
        exit(Pid, kill),
        io:format("~s timeout~n", [Name])
    end.

lines(Name, Answer) ->
    {Errors, Warnings} =
        case Answer of
            {ok, _, W} -> {[], W};
            {ok, W} -> {[], W};
            {error, E, W} -> {E, W};
            Other -> {[{Name, [{none, ?MODULE, Other}]}], []}
        end,
    Lines = [line(Name, error, D) || {_, Ds} <- Errors, D <- Ds] ++ [line(Name, warning, D) || {_, Ds} <- Warnings, D <- Ds],
    io:put_chars(lists:usort(Lines)).

line(Name, Kind, {At, Module, What}) ->
    Text = try unicode:characters_to_binary(Module:format_error(What)) catch _:_ -> io_lib:format("~tp", [What]) end,
    Place = case At of {L, C} -> io_lib:format("~w:~w", [L, C]); _ -> io_lib:format("~w", [At]) end,
    io_lib:format("~s ~s: ~s: ~ts~n", [Name, Place, Kind, re:replace(Text, "\\s+", " ", [global, unicode, {return, binary}])]).
