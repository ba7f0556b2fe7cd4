%% The operating system. Native: getenv/0,1, putenv/2, unsetenv/1, getpid/0, system_time/0,1, timestamp/0, perf_counter/0,1, env/0.
-module(os).

-export([cmd/1, cmd/2, find_executable/1, find_executable/2, getenv/2, type/0, version/0]).
-export([env/0, getenv/0, getenv/1, getpid/0, perf_counter/0, perf_counter/1, putenv/2, set_signal/2, system_time/0,
         system_time/1, timestamp/0, unsetenv/1]).

-define(BADARG(Args), erlang:error(badarg, Args, [{error_info, #{module => erl_kernel_errors}}])).
-define(BADOPT(Args), erlang:error(badarg, Args, [{error_info, #{module => erl_kernel_errors, cause => badopt}}])).

env() -> erlang:nif_error(undef).
getenv() -> [K ++ "=" ++ V || {K, V} <- os:env()].
getenv(Name) -> erlang:nif_error(undef, [Name]).
getpid() -> erlang:nif_error(undef).
perf_counter() -> erlang:monotonic_time().
perf_counter(Unit) ->
    try erlang:convert_time_unit(erlang:monotonic_time(), native, Unit)
    catch error:badarg -> ?BADARG([Unit])
    end.
putenv(Name, Value) -> erlang:nif_error(undef, [Name, Value]).

%% A signal that is handled comes as an event to erl_signal_server, which starts with the first of them.
set_signal(Signal, How) when How =/= default, How =/= handle, How =/= ignore -> ?BADOPT([Signal, How]);
set_signal(Signal, How) ->
    try
        How =:= handle andalso signal_server(),
        erts_internal:set_signal(Signal, How)
    catch
        error:badarg -> ?BADARG([Signal, How])
    end.

signal_server() ->
    case whereis(erl_signal_server) of
        undefined ->
            case gen_event:start({local, erl_signal_server}) of
                {ok, Server} ->
                    group_leader(whereis(user), Server),
                    gen_event:add_handler(Server, erl_signal_handler, []);
                {error, _} -> ok
            end;
        _ -> ok
    end.

system_time() -> erlang:system_time().
system_time(Unit) ->
    try erlang:system_time(Unit)
    catch error:badarg -> ?BADARG([Unit])
    end.
timestamp() -> erlang:timestamp().
unsetenv(Name) -> erlang:nif_error(undef, [Name]).

getenv(Name, Default) ->
    case os:getenv(Name) of
        false -> Default;
        Value -> Value
    end.

type() -> erlang:system_info(os_type).

version() -> erlang:system_info(os_version).

find_executable(Name) ->
    case os:getenv("PATH") of
        false -> find_executable(Name, []);
        Path -> find_executable(Name, Path)
    end.

find_executable(Name, Path) ->
    case filename:pathtype(filename:flatten(Name)) =:= absolute of
        true ->
            Full = filename:absname(Name),
            case executable(Full) of
                true -> Full;
                false -> false
            end;
        false -> search(string:tokens(Path, ":"), Name)
    end.

search([Dir | Dirs], Name) ->
    Full = filename:absname(filename:join(Dir, Name)),
    case executable(Full) of
        true -> Full;
        false -> search(Dirs, Name)
    end;
search([], _) -> false.

%% #file_info{} is {file_info, Size, Type, Access, Atime, Mtime, Ctime, Mode, ...}; any execute bit will do.
executable(File) ->
    case file:read_file_info(File, [raw]) of
        {ok, Info} -> element(3, Info) =:= regular andalso element(8, Info) band 8#111 =/= 0;
        {error, _} -> false
    end.

cmd(Command) ->
    case command_text(Command) of
        error -> ?BADARG([Command]);
        Text -> output(Text, infinity)
    end.

%% The shell's standard output and error together; input is empty. Trailing text past max_size is dropped.
cmd(Command, Opts) when not is_map(Opts); is_integer(map_get(max_size, Opts)), map_get(max_size, Opts) < 0 -> ?BADOPT([Command, Opts]);
cmd(Command, Opts) ->
    case command_text(Command) of
        error -> ?BADARG([Command, Opts]);
        Text -> output(Text, maps:get(max_size, Opts, infinity))
    end.

output(Text, Max) ->
    {Self, Tag} = {self(), make_ref()},
    {Pid, Mon} = spawn_monitor(fun() -> Self ! {Tag, run(Text, Max)} end),
    receive
        {Tag, Out} ->
            erlang:demonitor(Mon, [flush]),
            Out;
        {'DOWN', Mon, process, Pid, Reason} -> erlang:error(Reason)
    end.

%% The command in UTF-8, or error.
command_text(Command) ->
    try unicode:characters_to_binary(filename_text(Command)) of
        Bin when is_binary(Bin) ->
            case binary:match(Bin, <<0>>) of
                nomatch -> Bin;
                _ -> error
            end;
        _ -> error
    catch error:_ -> error
    end.

filename_text(A) when is_atom(A) -> atom_to_list(A);
filename_text(L) when is_list(L) -> true = lists:all(fun is_integer/1, lists:flatten(L)), L.

run(Text, Max) ->
    Port = open_port({spawn_executable, "/bin/sh"},
                     [{args, ["-c", <<"(", Text/binary, "\n) </dev/null">>]}, binary, stderr_to_stdout, exit_status, hide]),
    Out = collect(Port, [], 0, Max),
    case unicode:characters_to_list(Out) of
        L when is_list(L) -> L;
        _ -> binary_to_list(Out)
    end.

collect(Port, Acc, Size, Max) ->
    receive
        {Port, {data, Data}} when Size + byte_size(Data) < Max -> collect(Port, [Acc, Data], Size + byte_size(Data), Max);
        {Port, {data, Data}} ->
            catch port_close(Port),
            iolist_to_binary([Acc, binary:part(Data, 0, Max - Size)]);
        {Port, {exit_status, _}} -> iolist_to_binary(Acc)
    end.
