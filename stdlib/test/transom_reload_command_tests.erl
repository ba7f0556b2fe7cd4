%% Arguments, exit status and what is printed; the options reach the reload.
-module(transom_reload_command_tests).

-include_lib("eunit/include/eunit.hrl").
-include("collected.hrl").
-include("reloading.hrl").

command_test_() ->
    each([{usage, fun usage/1}, {statuses, fun statuses/1}, {by_force, fun by_force/1}, {waiting, fun waiting/1}, {guarded, fun guarded/1}]).

%% {exit status, standard output}
run(Args) ->
    Me = group_leader(),
    try collected(fun(Device) -> group_leader(Device, self()), transom_reload_command:command(Args) end)
    after group_leader(Me, self())
    end.

usage(_) ->
    {0, "Usage: transom reload NAME|PID" ++ _} = run(["--help"]),
    [{2, _} = run(Args) || Args <- [["--nonsense"], ["--guard", "x"], ["--guard", "0"], ["--timeout", "soon"], ["--wait=x"], ["--format", "xml"]]].

statuses(Dir) ->
    File = file(Dir, ra, value("1")),
    {0, Plan} = run(["--dry-run", File]),
    {match, _} = re:run(Plan, "module ra: new, version [0-9]+\n(.*\n)*plan only, nothing was changed\n"),
    false = erlang:module_loaded(ra),
    {0, Done} = run([File]),
    {match, _} = re:run(Done, "reloaded 1 module in [0-9.]+ ms, 0 states converted\n$"),
    {0, "nothing to do: all code is that of its source\n"} = run([File]),
    file(Dir, ra, "v() -> X.\n"),
    {1, _} = run([File]),
    {1, Refused} = run(["--format", "json", File]),
    #{<<"result">> := <<"refused">>, <<"broken">> := [_]} = json:decode(list_to_binary(Refused)),
    {0, _} = run(["--rollback"]),
    false = erlang:module_loaded(ra).

by_force(Dir) ->
    first(Dir, ra, strand("1")),
    P = spawn(ra, loop, []),
    1 = ask(P),
    {0, Done} = run([file(Dir, ra, strand("2"))]),
    {match, _} = re:run(Done, "1 process\\(es\\) still in old code of ra\n  process <.*> in ra@[0-9]+ loop/0 line 3\n"),
    {1, _} = run([file(Dir, ra, strand("3"))]),
    true = is_process_alive(P),
    {0, Forced} = run(["--force", file(Dir, ra, strand("3"))]),
    {match, _} = re:run(Forced, ", 1 killed\n"),
    false = is_process_alive(P).

%% It waits until the process has left the old code, and meanwhile the journal can be read; with a limit it gives up.
waiting(Dir) ->
    first(Dir, ra, strand("1")),
    P = spawn(ra, loop, []),
    1 = ask(P),
    first(Dir, ra, strand("2")),
    File = file(Dir, ra, strand("3")),
    {1, _} = run(["--wait=50", File]),
    Me = self(),
    spawn_link(fun() -> Me ! {waited, run(["--wait", File])} end),
    receive {waited, _} = Early -> error(Early) after 200 -> ok end,
    [_ | _] = transom_reload:history(ra),
    exit(P, kill),
    {0, _} = receive {waited, Answer} -> Answer after 30000 -> none end.

guarded(Dir) ->
    first(Dir, ra, value("1")),
    {3, Text} = run(["--guard", "1", "--max-errors", "2", file(Dir, ra, value("2"))]),
    {match, _} = re:run(Text, "guard: inconclusive after [0-9]+[.][0-9] s: 0 call\\(s\\) of changed functions are too few"),
    {3, Json} = run(["--guard", "1", "--format", "json", file(Dir, ra, value("3"))]),
    [Report, Verdict] = string:lexemes(Json, "\n"),
    {#{<<"result">> := <<"reloaded">>}, #{<<"guard">> := <<"inconclusive">>}} = {json:decode(list_to_binary(Report)), json:decode(list_to_binary(Verdict))}.
