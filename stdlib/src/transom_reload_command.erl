%% `transom reload NAME ...`: arguments, reports, exit status. 0 done; 1 refused, failed or rolled back; 2 wrong usage; 3 a guard's verdict is inconclusive.
-module(transom_reload_command).

-export([command/1, finish/2, by/0]).

command(Args) ->
    try options(Args, [], #{format => text}) of
        {help, _} ->
            io:put_chars(usage()),
            0;
        {Names, Opts} -> run(Names, Opts)
    catch
        throw:{usage, Text} ->
            transom_command:error("~ts~n~ts", [Text, usage()]),
            2
    end.

usage() ->
    "Usage: transom reload NAME|PID [FILE|DIR|MODULE...] [OPTIONS]\n\n"
    "Compiles what has changed (or FILES, DIRs, MODULEs) and loads all of it, or nothing.\n"
    "Sources made of grammars and scanner files that have changed are made anew first.\n\n"
    "  --dry-run        show what would change\n"
    "  --rollback       go back to the versions before the latest reload\n"
    "  --force          go on in spite of refusals; processes in old code are killed\n"
    "  --wait[=MS]      wait until no process is in old code\n"
    "  --timeout MS     how long a server may take to stand still (5000)\n"
    "  --guard SECONDS  watch the new code that long, and go back by itself when it is worse than the old\n"
    "  --max-errors N   exceptions or ends of processes that a guard looks at (3)\n"
    "  --format json    the report for programs\n".

options(["--help" | _], _, _) -> {help, #{}};
options(["--dry-run" | T], N, O) -> options(T, N, O#{dry_run => true});
options(["--rollback" | T], N, O) -> options(T, N, O#{rollback => true});
options(["--force" | T], N, O) -> options(T, N, O#{force => true});
options(["--wait" | T], N, O) -> options(T, N, O#{wait => true});
options(["--wait=" ++ Ms | T], N, O) -> options(T, N, O#{wait => number(Ms)});
options(["--timeout", Ms | T], N, O) -> options(T, N, O#{timeout => number(Ms)});
options(["--guard", Seconds | T], N, O) -> options(T, N, O#{guard => positive(Seconds)});
options(["--max-errors", Number | T], N, O) -> options(T, N, O#{max_errors => positive(Number)});
options(["--format", F | T], N, O) when F =:= "json"; F =:= "text" -> options(T, N, O#{format => list_to_atom(F)});
options(["--" ++ _ = Bad | _], _, _) -> throw({usage, "unknown option " ++ Bad});
options([Name | T], N, O) -> options(T, [Name | N], O);
options([], N, O) -> {lists:reverse(N), O}.

number(Text) ->
    try list_to_integer(Text)
    catch error:badarg -> throw({usage, "not a number: " ++ Text})
    end.

positive(Text) ->
    case number(Text) of
        N when N > 0 -> N;
        _ -> throw({usage, "not a positive number: " ++ Text})
    end.

run(Names, #{format := Format} = Opts) ->
    Options = (maps:with([force, wait, timeout, guard, max_errors], Opts))#{by => by()},
    {Ok, Report} = case Opts of
                       #{rollback := true} -> transom_reload:rollback(Options);
                       #{dry_run := true} -> transom_reload:plan(Names, Options);
                       #{} -> transom_reload:reload(Names, Options)
                   end,
    finish({Ok, Report}, Format).

%% Prints a report (to stderr why nothing was done), and waits for the verdict of a guard: 0 ok, 1 refused, failed or rolled back, 3 inconclusive.
finish({Ok, Report}, Format) ->
    case {Format, Ok} of
        {json, _} -> io:put_chars([transom_reload_text:json(Report), $\n]);
        {text, ok} -> io:put_chars(transom_reload_text:format(Report));
        {text, error} -> transom_command:error("~ts", [transom_reload_text:format(Report)])
    end,
    case {Ok, Report} of
        {ok, #{guard := Pid, number := N}} ->
            transom_guard:await(Pid),
            verdict(transom_reload:entry(N), Format);
        {ok, _} -> 0;
        {error, _} -> 1
    end.

verdict({value, #{guard := #{verdict := Verdict} = Guard}}, Format) ->
    case Format of
        json -> io:put_chars([transom_reload_text:guard_json(Guard), $\n]);
        text -> io:put_chars(transom_guard:text(Guard))
    end,
    case Verdict of
        ok -> 0;
        inconclusive -> 3;
        _ -> 1
    end;
verdict(_, _) ->
    transom_command:error("the guard ended without a verdict~n"),
    1.

by() ->
    case transom_command:context() of
        #{cwd := Cwd} -> {command, Cwd};
        #{} -> self()
    end.
