%% Options of redbug that the recorded sessions (tests/tracing) do not show, `help/0', and whom it traces.
-module(redbug_options_tests).
-include_lib("eunit/include/eunit.hrl").
-export([f/1, server/0]).
-include("collected.hrl").

f(X) -> X.
server() -> receive {From, X} -> ?MODULE:f(X), From ! {self(), done}, server(); stop -> ok end.

ask(P) -> P ! {self(), 1}, receive {P, done} -> ok end.

%% Messages that print_fun gets for a call of f/1 in a server, until redbug ends.
seen(Options) -> seen("redbug_options_tests:f", Options).

seen(Pattern, Options) ->
    Self = self(),
    Server = spawn(?MODULE, server, []),
    {_, Processes, Functions} = redbug:start(Pattern, [{print_fun, fun(M) -> Self ! {seen, M} end}, {procs, Server}, {msgs, 1}, {time, 5000} | Options]),
    Ref = monitor(process, redbug:redbug_name(node())),
    ask(Server),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    exit(Server, kill),
    {Processes, Functions, messages()}.

messages() -> receive {seen, {meta, _, _, _}} -> messages(); {seen, M} -> [M | messages()] after 0 -> [] end.

help_names_every_option_test() ->
    {ok, Text} = collected(fun(Device) ->
        {P, M} = spawn_monitor(fun() -> group_leader(Device, self()), redbug:help() end),
        receive {'DOWN', M, _, P, _} -> ok end
    end),
    [?assertNotEqual({Option, nomatch}, {Option, string:find(Text, Option)})
     || Option <- ["time", "msgs", "target", "cookie", "blocking", "procs", "max_queue", "max_msg_size", "arity", "discard", "buffered", "print_calls", "print_file",
                   "print_msec", "print_time_unit", "print_depth", "print_re", "print_return", "print_fun", "file", "file_size", "file_count", "print_node", "records"]].

arity_test() ->
    ?assertMatch({1, 1, [{call, {{?MODULE, f, 1}, <<>>}, _, _}]}, seen([arity])),
    ?assertMatch({1, 1, [{call, {{?MODULE, f, [1]}, <<>>}, _, _}]}, seen([])).

discard_shows_nothing_test() ->
    Server = spawn(?MODULE, server, []),
    {ok, Text} = collected(fun(Device) ->
        {P, M} = spawn_monitor(fun() ->
            group_leader(Device, self()),
            {_, 1, 1} = redbug:start("redbug_options_tests:f", [{procs, Server}, {msgs, 1}, discard]),
            Ref = monitor(process, redbug:redbug_name(node())),
            ask(Server),
            receive {'DOWN', Ref, _, _, _} -> ok end
        end),
        receive {'DOWN', M, _, P, Reason} -> ?assertEqual(normal, Reason) end
    end),
    exit(Server, kill),
    ?assertEqual(nomatch, string:find(Text, "redbug_options_tests:f(")).

print_file_test() ->
    File = "redbug_options_tests." ++ os:getpid(),
    Server = spawn(?MODULE, server, []),
    {_, 1, 1} = redbug:start("redbug_options_tests:f->return", [{procs, Server}, {msgs, 2}, {print_file, File}]),
    Ref = monitor(process, redbug:redbug_name(node())),
    ask(Server),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    exit(Server, kill),
    {ok, Text} = file:read_file(File),
    file:delete(File),
    ?assertMatch({match, _}, re:run(Text, "% redbug_options_tests:f\\(1\\)\n(.|\n)*% redbug_options_tests:f/1 -> 1\n")).

%% A pid, its three numbers, a name, a list; `running' and `new' as groups.
whom_it_traces_test() ->
    Server = spawn(?MODULE, server, []),
    register(redbug_options_server, Server),
    [_, B, C] = [list_to_integer(N) || N <- string:lexemes(pid_to_list(Server), "<.>")],
    [begin
         Answer = redbug:start("redbug_options_tests:f", [{procs, Procs}, {print_fun, fun(_) -> ok end}]),
         ?assertMatch({Procs, {_, N, 1}} when N >= Least, {Procs, Answer}),
         stopped()
     end || {Procs, Least} <- [{Server, 1}, {{pid, B, C}, 1}, {redbug_options_server, 1}, {[Server, self()], 2}, {[redbug_options_server], 1}, {running, 1}, {all, 2}, {new, 0}]],
    exit(Server, kill).

stopped() ->
    Ref = monitor(process, redbug:redbug_name(node())),
    redbug:stop(),
    receive {'DOWN', Ref, _, _, _} -> ok end.

one_at_a_time_test() ->
    {_, _, 1} = redbug:start("redbug_options_tests:f", [{print_fun, fun(_) -> ok end}]),
    ?assertEqual(redbug_already_started, redbug:start("redbug_options_tests:f")),
    stopped(),
    ?assertEqual(not_started, redbug:stop()).

the_own_node_is_the_target_test() -> ?assertMatch({1, 1, [{call, _, _, _}]}, seen([{target, node()}])).

lists_of_patterns_test() ->
    Self = self(),
    Server = spawn(?MODULE, server, []),
    {_, 1, 2} = redbug:start(["redbug_options_tests:f", "redbug_options_tests:server"], [{procs, Server}, {msgs, 2}, {print_fun, fun(M) -> Self ! {seen, M} end}]),
    Ref = monitor(process, redbug:redbug_name(node())),
    ask(Server),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    exit(Server, kill),
    ?assertMatch([{call, {{?MODULE, f, [1]}, _}, _, _}, {call, {{?MODULE, server, []}, _}, _, _}], messages()).

a_print_fun_with_a_state_test() ->
    Self = self(),
    Count = fun({call, _, _, _}, N) -> Self ! {seen, N}, N + 1; (_, N) -> N end,
    Server = spawn(?MODULE, server, []),
    {_, 1, 1} = redbug:start("redbug_options_tests:f", [{procs, Server}, {msgs, 3}, {print_fun, Count}]),
    Ref = monitor(process, redbug:redbug_name(node())),
    [ask(Server) || _ <- [1, 2, 3]],
    receive {'DOWN', Ref, _, _, _} -> ok end,
    exit(Server, kill),
    ?assertMatch([_, _, _], messages()).
