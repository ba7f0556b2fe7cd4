%% `transom top NAME`: the processes that do most. On a terminal the table is drawn anew in place, elsewhere printed once.
%%
%% Reductions are those of the last interval (on one print: since the start of each process). A process that is asked costs a signal
%% only if it runs; with very many processes the interval is kept by asking less often, never by asking faster.
-module(transom_top).

-export([command/1, rows/0]).

-record(opt, {sort = reductions, count = default, interval = 2000, once = false}).

command(Args) ->
    case options(Args, #opt{}) of
        {ok, Opt} -> show(Opt);
        help ->
            io:put_chars("Usage: transom top NAME|PID [OPTIONS]\n\n"
                         "Processes by what they do; refreshed in place on a terminal, printed once elsewhere.\n\n"
                         "  --sort KEY        reductions, memory, messages (reductions)\n"
                         "  --count N         rows (what fits; 20 elsewhere)\n"
                         "  --interval SEC    between two tables (2)\n"
                         "  --once            one table on a terminal too\n"),
            0;
        {error, What} -> transom_control:argument_error("transom top: ~ts (see transom top NAME --help)~n", [What])
    end.

options(["--help" | _], _) -> help;
options(["--once" | T], O) -> options(T, O#opt{once = true});
options(["--sort", By | T], O) ->
    case lists:member(By, ["reductions", "memory", "messages"]) of
        true -> options(T, O#opt{sort = list_to_atom(By)});
        false -> {error, ["cannot sort by ", By]}
    end;
options(["--count", N | T], O) -> positive(N, fun(V) -> options(T, O#opt{count = V}) end);
options(["--interval", N | T], O) -> positive(N, fun(V) -> options(T, O#opt{interval = V * 1000}) end);
options([Other | _], _) -> {error, ["unknown argument ", Other]};
options([], O) -> {ok, O}.

positive(Text, Then) ->
    try list_to_integer(Text) of
        N when N > 0 -> Then(N);
        _ -> {error, [Text, " is not above zero"]}
    catch error:badarg -> {error, [Text, " is no number"]}
    end.

show(#opt{once = Once} = O) ->
    Terminal = lists:member({stdout, true}, case io:getopts() of L when is_list(L) -> L; _ -> [] end),
    case Terminal andalso not Once of
        true -> refresh(O, #{});
        false ->
            io:put_chars(table(O, rows(), #{}, count(O, 20))),
            0
    end.

%% The client ends it: Ctrl-C closes the connection, which ends this process.
refresh(O, Before) ->
    Rows = rows(),
    Count = case io:rows() of
        {ok, N} when N > 8 -> count(O, N - 4);
        _ -> count(O, 20)
    end,
    io:put_chars(["\e[H\e[2J", table(O, Rows, Before, Count), "Ctrl-C ends\n"]),
    Now = maps:from_list([{Pid, Reds} || {Pid, _, Reds, _, _, _} <- Rows]),
    receive after O#opt.interval -> refresh(O, Now) end.

count(#opt{count = default}, Default) -> Default;
count(#opt{count = N}, _) -> N.

%% {Pid, Name, Reductions, Memory, Messages, Current function}
rows() ->
    [row(Pid, Info) || Pid <- processes(), Pid =/= self(),
        Info <- [process_info(Pid, [registered_name, initial_call, reductions, memory, message_queue_len, current_function, dictionary])],
        is_list(Info)].

row(Pid, Info) ->
    Get = fun(K) -> proplists:get_value(K, Info) end,
    Name = case Get(registered_name) of
        [] -> mfa(started(Get(initial_call), Get(dictionary)));
        N -> atom_to_list(N)
    end,
    {Pid, Name, Get(reductions), Get(memory), Get(message_queue_len), mfa(Get(current_function))}.

started(Call, Dictionary) when is_list(Dictionary) -> proplists:get_value('$initial_call', Dictionary, Call);
started(Call, _) -> Call.

mfa({M, F, A}) -> lists:flatten(io_lib:format("~tw:~tw/~w", [M, F, A]));
mfa(_) -> "".

table(#opt{sort = Sort}, Rows0, Before, Count) ->
    Rows = [{Pid, Name, Reds - maps:get(Pid, Before, 0), Mem, Msgs, Fun} || {Pid, Name, Reds, Mem, Msgs, Fun} <- Rows0],
    Key = case Sort of reductions -> 3; memory -> 4; messages -> 5 end,
    Sorted = lists:sublist(lists:reverse(lists:keysort(Key, Rows)), Count),
    {Wall, _} = statistics(wall_clock),
    Head = io_lib:format("up ~ts, ~w processes, run queue ~w, memory ~ts, node ~ts~n",
        [transom_info:uptime(Wall div 1000), length(Rows0), erlang:statistics(run_queue),
         transom_info:bytes(erlang:memory(total)), node()]),
    [Head, line(["PID", "NAME OR INITIAL CALL", "REDUCTIONS", "MEMORY", "MESSAGES", "CURRENT FUNCTION"]) |
     [line([pid_to_list(Pid), Name, integer_to_list(Reds), transom_info:bytes(Mem), integer_to_list(Msgs), Fun])
      || {Pid, Name, Reds, Mem, Msgs, Fun} <- Sorted]].

line([Pid, Name, Reds, Mem, Msgs, Fun]) ->
    io_lib:format("~-12ts ~-32ts ~12ts ~9ts ~9ts  ~ts~n", [Pid, string:slice(Name, 0, 32), Reds, Mem, Msgs, string:slice(Fun, 0, 40)]).
