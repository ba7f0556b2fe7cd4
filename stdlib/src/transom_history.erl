%% `transom history NAME [MODULE]`: the journal of reloads.
-module(transom_history).

-export([command/1]).

command(["--help" | _]) ->
    io:put_chars("Usage: transom history NAME|PID [MODULE]\n\nThe journal of reloads.\n"),
    0;
command([]) -> show(transom_reload:history());
command([Module]) -> show(transom_reload:history(list_to_atom(Module)));
command(_) ->
    transom_command:error("Usage: transom history NAME [MODULE]~n"),
    2.

show([]) ->
    io:put_chars("no reload yet\n"),
    0;
show(Entries) ->
    [io:format("~w  ~ts  ~ts  ~ts  switch ~.2f ms, ~w converted, ~w killed  ~ts~n",
               [N, calendar:system_time_to_rfc3339(At div 1000), what(What), lists:join(", ", [module(M) || M <- Ms]), Us / 1000, C, K, V])
     || #{number := N, at := At, what := What, modules := Ms, switch_us := Us, converted := C, killed := K, verdict := V} <- Entries],
    0.

what(reload) -> "reload";
what({rollback, N}) -> io_lib:format("rollback of ~w", [N]).

module({M, none, _, _}) -> io_lib:format("~ts gone", [M]);
module({M, V, _, _}) -> io_lib:format("~ts@~w", [M, V]).
