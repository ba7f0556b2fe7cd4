%% `transom history NAME [--diff] [MODULE]`: the journal of reloads, with `--diff` what each changed.
-module(transom_history).

-export([command/1]).

command(["--diff" | Args]) -> command(Args, true);
command(Args) -> command(Args, false).

command([], Diff) -> show(transom_reload:history(), Diff);
command(["--help"], _) ->
    io:put_chars("Usage: transom history NAME [--diff] [MODULE]\n"),
    0;
command([Module], Diff) when hd(Module) =/= $- -> show(transom_reload:history(list_to_atom(Module)), Diff);
command(_, _) ->
    transom_command:error("Usage: transom history NAME [--diff] [MODULE]~n"),
    2.

show([], _) ->
    io:put_chars("no reload yet\n"),
    0;
show(Entries, Diff) ->
    [begin
         io:format("~w  ~ts  ~ts  ~ts  by ~ts  switch ~.2f ms, ~w converted, ~w killed  ~ts~ts~n",
                   [N, calendar:system_time_to_rfc3339(At div 1000), what(What), lists:join(", ", [module(M) || M <- Ms]), by(By), Us / 1000, C, K, V,
                    guard(E)]),
         case Diff andalso transom_reload:entry(N) of
             {value, Whole} -> io:put_chars(transom_diff:entry(Whole));
             false -> ok
         end
     end || #{number := N, at := At, what := What, modules := Ms, by := By, switch_us := Us, converted := C, killed := K, verdict := V} = E <- Entries],
    0.

by({command, Cwd}) -> ["a command in ", Cwd];
by(Pid) when is_pid(Pid) -> pid_to_list(Pid);
by(Name) -> io_lib:format("~tp", [Name]).

guard(#{guard := watching}) -> ", watched";
guard(#{guard := #{verdict := Verdict}}) -> io_lib:format(", guard: ~ts", [Verdict]);
guard(_) -> "".

what(reload) -> "reload";
what({rollback, N}) -> io_lib:format("rollback of ~w", [N]).

module({M, none, _, _}) -> io_lib:format("~ts gone", [M]);
module({M, V, _, _}) -> io_lib:format("~ts@~w", [M, V]).
