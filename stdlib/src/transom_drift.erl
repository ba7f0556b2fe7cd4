%% `transom drift NAME [FILE|DIR|MODULE...]`: running modules that differ from their source on disk. Exit status 1 when there are some.
-module(transom_drift).

-export([command/1]).

command(["--help" | _]) ->
    io:put_chars(usage()),
    0;
command(["--format", F | Args]) when F =:= "json"; F =:= "text" -> report(Args, list_to_atom(F));
command(["--" ++ _ = Bad | _]) ->
    transom_command:error("unknown option ~ts~n~ts", [Bad, usage()]),
    2;
command(Args) -> report(Args, text).

usage() ->
    "Usage: transom drift NAME|PID [--format json] [FILE|DIR|MODULE...]\n\n"
    "Running modules that differ from their source on disk, and servers whose state an older version made. Exit status 1 when a module differs.\n\n"
    "  --format json    the report for programs\n".

report(Args, Format) ->
    {Found, Unknown} = transom_reload:drift(Args),
    lists:foreach(fun(E) -> transom_command:error("~ts~n", [E]) end, Unknown),
    print(Format, Found, transom_reload:old_states()),
    case {Found, Unknown} of
        {[], []} -> 0;
        _ -> 1
    end.

print(json, Found, States) ->
    Modules = [#{module => M, file => unicode:characters_to_binary(P), state => word(S), diagnostics => diagnostics(S)} || {M, P, S} <- Found],
    Old = [#{pid => list_to_binary(pid_to_list(P)), behaviour => B, module => M, version => C, state_version => V} || {P, M, B, V, C} <- States],
    io:put_chars([json:encode(#{modules => Modules, old_states => Old}), $\n]);
print(text, Found, States) ->
    text(Found),
    lists:foreach(fun({P, M, B, V, C}) ->
                          io:format("new code on old state: ~tp (~ts) runs ~ts@~w on a state of version ~w~n", [P, B, M, C, V])
                  end, States).

text([]) -> io:put_chars("no drift: all running code is that of its source\n");
text(Found) ->
    [begin
         io:format("~ts  ~ts  ~ts~n", [M, word(S), P]),
         case S of
             {broken, Said} -> [io:format("~ts~n", [T]) || {T, _} <- Said];
             _ -> ok
         end
     end || {M, P, S} <- Found],
    ok.

diagnostics({broken, Said}) -> [Parts || {_, Parts} <- Said];
diagnostics(_) -> [].

word({broken, _}) -> broken;
word(S) -> S.
