%% `transom undo NAME`: takes back the latest step of the journal of reloads. Undoing a reload is a rollback; undoing a rollback loads again
%% what it left.
-module(transom_undo).

-export([command/1]).

command(Args) -> command(Args, #{}, text).

command(["--force" | Args], Opts, Format) -> command(Args, Opts#{force => true}, Format);
command(["--format", F | Args], Opts, _) when F =:= "json"; F =:= "text" -> command(Args, Opts, list_to_atom(F));
command([], Opts, Format) ->
    transom_reload_command:finish(transom_reload:undo(Opts#{by => transom_reload_command:by()}), Format);
command(["--help"], _, _) ->
    io:put_chars(usage()),
    0;
command(_, _, _) ->
    transom_command:error("~ts", [usage()]),
    2.

usage() ->
    "Usage: transom undo NAME [OPTIONS]\n"
    "  --force          go on in spite of refusals; processes in old code are killed\n"
    "  --format json    the report for programs\n".
