%% `transom drift NAME [FILE|DIR|MODULE...]`: running modules that differ from their source on disk. Exit status 1 when there are some.
-module(transom_drift).

-export([command/1]).

command(["--help" | _]) ->
    io:put_chars("Usage: transom drift NAME|PID [--format json] [FILE|DIR|MODULE...]\n\n"
                 "Running modules that differ from their source on disk. Exit status 1 when there are some.\n"),
    0;
command(["--format", "json" | Args]) -> report(Args, json);
command(Args) -> report(Args, text).

report(Args, Format) ->
    {Found, Unknown} = transom_reload:drift(Args),
    lists:foreach(fun(E) -> transom_command:error("~ts~n", [E]) end, Unknown),
    print(Format, Found),
    case {Found, Unknown} of
        {[], []} -> 0;
        _ -> 1
    end.

print(json, Found) ->
    io:put_chars([json:encode([#{module => M, file => unicode:characters_to_binary(P), state => word(S)} || {M, P, S} <- Found]), $\n]);
print(text, []) -> io:put_chars("no drift: all running code is that of its source\n");
print(text, Found) ->
    [begin
         io:format("~ts  ~ts  ~ts~n", [M, word(S), P]),
         case S of
             {broken, Texts} -> [io:format("~ts~n", [T]) || T <- Texts];
             _ -> ok
         end
     end || {M, P, S} <- Found],
    ok.

word({broken, _}) -> broken;
word(S) -> S.
