%% `transom ps` asks each system for these lines: key, tab, value.
-module(transom_info).

-export([command/1, uptime/1, bytes/1]).

command(_) ->
    {Wall, _} = statistics(wall_clock),
    Lines = [{"uptime", uptime(Wall div 1000)},
             {"processes", integer_to_list(erlang:system_info(process_count))},
             {"schedulers", integer_to_list(erlang:system_info(schedulers))},
             {"memory", bytes(erlang:memory(total))},
             {"node", atom_to_list(node())},
             {"runs", init:script_name()}] ++
                [{"old state", ["new code on old state: ", lists:join("; ", Old)]} || [_ | _] = Old <- [transom_reload:old_states_text()]],
    io:put_chars([[K, $\t, V, $\n] || {K, V} <- Lines]),
    0.

%% Seconds as 3d04h, 4h05m, 5m06s or 7s.
uptime(S) when S >= 86400 -> io_lib:format("~wd~2..0wh", [S div 86400, S rem 86400 div 3600]);
uptime(S) when S >= 3600 -> io_lib:format("~wh~2..0wm", [S div 3600, S rem 3600 div 60]);
uptime(S) when S >= 60 -> io_lib:format("~wm~2..0ws", [S div 60, S rem 60]);
uptime(S) -> io_lib:format("~ws", [S]).

%% Bytes in the largest unit that keeps one digit before the point.
bytes(N) -> bytes(N, ["B", "KiB", "MiB", "GiB", "TiB"]).

bytes(N, [Unit | _]) when N < 1024, is_integer(N) -> io_lib:format("~w~s", [N, Unit]);
bytes(N, [Unit | Units]) when N < 1024; Units =:= [] -> io_lib:format("~.1f~s", [float(N), Unit]);
bytes(N, [_ | Units]) -> bytes(N / 1024, Units).
