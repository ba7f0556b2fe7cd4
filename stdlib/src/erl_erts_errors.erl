%% Words for the errors of erlang's built-in functions: which argument was wrong and how. Each function has a row with what its
%% arguments must be.
-module(erl_erts_errors).
-export([format_error/2, format_bs_fail/2]).

-define(SYSTEM_FLAGS, [backtrace_depth, dirty_cpu_schedulers_online, erts_alloc, fullsweep_after, max_heap_size, min_bin_vheap_size, min_heap_size,
                       multi_scheduling, scheduler_bind_type, scheduler_wall_time, schedulers_online, system_logger, trace_control_word]).

-define(FLAGS, [async_dist, error_handler, fullsweep_after, max_heap_size, message_queue_data, min_bin_vheap_size, min_heap_size, monitor_nodes, priority,
                save_calls, sensitive, trap_exit]).

format_error(system_limit, _) -> #{};
format_error(_, [{erlang, open_port, [Name, Options], Info} | _]) ->
    case proplists:get_value(error_info, Info, #{}) of
        #{cause := badopt} when is_tuple(Name) -> #{2 => "invalid option in list"};
        #{cause := badopt} -> #{1 => "not a tuple", 2 => "invalid option in list"};
        _ -> port_name(Name, Options)
    end;
format_error(_, [{erlang, F, Args, _} | _]) when is_list(Args) ->
    case tracing(F, Args) of
        none ->
            case erl_stdlib_errors:wrong(Args, types(F, Args)) of
                Wrong when map_size(Wrong) =:= 0 -> values(F, Args);
                Wrong -> Wrong
            end;
        Wrong -> Wrong
    end;
format_error(_, [{persistent_term, get, [_], _} | _]) -> #{1 => "no persistent term stored with this key"};
format_error(_, [{M, F, Args, _} | _]) when is_list(Args), M =:= counters orelse M =:= atomics -> cells(F, Args);
format_error(_, _) -> #{}.

%% The functions of tracing: what can be seen to be wrong is named, else it is the first argument.
tracing(trace, [_, How, Flags]) ->
    else_first("invalid spec for pid or port", [{2, "not a boolean ('true' or 'false')"} || not is_boolean(How)] ++ options(3, Flags, fun is_trace_flag/1));
tracing(trace_pattern, [What, Spec]) -> tracing(trace_pattern, [What, Spec, []]);
tracing(trace_pattern, [What, Spec, Flags]) ->
    else_first("invalid MFA specification", [{2, "invalid match specification"} || is_wrong_spec(What, Spec, Flags)] ++ pattern_options(Flags));
tracing(trace_info, [What, _]) ->
    Groups = [new, new_processes, new_ports, on_load, send, 'receive'],
    case is_pid(What) orelse is_port(What) orelse is_tuple(What) orelse lists:member(What, Groups) of
        true -> #{2 => "invalid trace item"};
        false -> #{1 => "not a valid tracee specification"}
    end;
tracing(trace_delivered, [_]) -> #{1 => "not a pid or 'all'"};
tracing(match_spec_test, [Against, _, Type]) ->
    maps:from_list([{1, "not a list"} || Type =:= trace, not is_list(Against)] ++ [{3, "invalid type for match spec"} || Type =/= trace, Type =/= table]);
tracing(system_monitor, [_]) -> #{1 => "invalid system monitor item"};
tracing(system_monitor, [Pid, _]) when not is_pid(Pid) -> #{1 => "not a pid"};
tracing(system_monitor, [_, Options]) when not is_list(Options) -> #{2 => "not a list"};
tracing(system_monitor, [_, _]) -> #{2 => "invalid system monitor option"};
tracing(_, _) -> none.

else_first(Text, []) -> #{1 => Text};
else_first(_, Wrong) -> maps:from_list(Wrong).

options(At, Options, _) when not is_list(Options) -> [{At, "not a list"}];
options(At, Options, Is) ->
    try length(Options) of
        _ -> [{At, "invalid option in list"} || not lists:all(Is, Options)]
    catch error:_ -> [{At, "not a proper list"}]
    end.

pattern_options(Flags) ->
    case options(3, Flags, fun is_pattern_flag/1) of
        [] -> [{3, "invalid option in list"} || lists:member(global, Flags), length(Flags) > 1];
        Wrong -> Wrong
    end.

is_trace_flag({tracer, Tracer}) -> is_pid(Tracer) orelse is_port(Tracer);
is_trace_flag({tracer, Module, _}) -> is_atom(Module);
is_trace_flag(Flag) ->
    lists:member(Flag, [all, send, 'receive', call, procs, ports, garbage_collection, running, running_procs, running_ports, exiting, set_on_spawn, set_on_first_spawn,
                        set_on_link, set_on_first_link, timestamp, monotonic_timestamp, strict_monotonic_timestamp, cpu_timestamp, arity, return_to, silent]).

is_pattern_flag({meta, Tracer}) -> is_pid(Tracer) orelse is_port(Tracer);
is_pattern_flag({meta, Module, _}) -> is_atom(Module);
is_pattern_flag(Flag) -> lists:member(Flag, [global, local, meta, call_count, call_time, call_memory]).

is_wrong_spec(_, Spec, _) when Spec =:= []; is_boolean(Spec); Spec =:= restart; Spec =:= pause -> false;
is_wrong_spec(_, Spec, _) when not is_list(Spec) -> true;
%% Those for messages allow less: without flags nothing else can be wrong.
is_wrong_spec(What, _, Flags) when What =:= send; What =:= 'receive' -> Flags =:= [];
is_wrong_spec(_, Spec, _) ->
    case erlang:match_spec_test([], Spec, trace) of
        {error, _} -> true;
        _ -> false
    end.

%% A binary that could not be put together: the segment, its type, what is wrong, and with which value.
format_bs_fail(_, [{_, _, _, Info} | _]) ->
    {_, #{cause := {N, Type, Error, Value}}} = lists:keyfind(error_info, 1, Info),
    Text = io_lib:format("segment ~b of type '~ts': ~ts", [N, Type, segment(Error, Type, Value)]),
    #{general => lists:flatten(Text), reason => "construction of binary failed"}.

segment(invalid, float, Size) -> io_lib:format("expected one of the supported sizes 16, 32, or 64 but got: ~tp", [Size]);
segment(short, _, Value) -> io_lib:format("the value ~tp is shorter than the size of the segment", [Value]);
segment(size, _, Size) -> io_lib:format("expected a non-negative integer as size but got: ~tp", [Size]);
segment(unit, _, Value) -> io_lib:format("the size of the value ~tp is not a multiple of the unit for the segment", [Value]);
segment(type, Type, Value) ->
    Wanted = case Type of
        binary -> "a binary";
        float -> "a float or an integer";
        integer -> "an integer";
        _ -> ["a non-negative integer encodable as ", atom_to_list(Type)]
    end,
    io_lib:format("expected ~ts but got: ~tp", [Wanted, Value]).

%% Arrays of counters: their size, a place in them, a value of 64 bits.
cells(new, [Size, _]) when not is_integer(Size) -> #{1 => "not an integer"};
cells(new, [Size, _]) when Size < 1 -> #{1 => "out of range"};
cells(new, [_, Options]) -> option(2, Options);
cells(_, [Ref | _]) when not is_tuple(Ref), not is_reference(Ref) -> #{1 => "invalid reference"};
cells(F, [_ | Rest]) when F =/= info ->
    At = [{N, "not an integer"} || {N, A} <- lists:zip(lists:seq(2, length(Rest) + 1), Rest), not is_integer(A)],
    case At of
        [{N, Text} | _] -> #{N => Text};
        [] when hd(Rest) < 1 -> #{2 => "out of range"};
        [] ->
            case [N || {N, A} <- lists:zip(lists:seq(2, length(Rest) + 1), Rest), N > 2, A >= 1 bsl 63 orelse A < -(1 bsl 63)] of
                [N | _] -> #{N => "out of range"};
                [] -> #{2 => "out of range"}
            end
    end;
cells(_, _) -> #{}.

%% A list of options of which one is not known, or no list.
%% A list of nothing but these atoms?
are_options(Known, [{asynchronous, _} | L]) -> are_options(Known, [asynchronous | L]);
are_options(Known, [O | L]) -> lists:member(O, Known) andalso are_options(Known, L);
are_options(_, L) -> L =:= [].

option(N, L) -> option(N, L, "invalid option in list").

option(N, L, Text) ->
    try length(L) of _ -> #{N => Text}
    catch error:_ when is_list(L) -> #{N => "not a proper list"};
          error:_ -> #{N => "not a list"}
    end.

types(abs, [_]) -> [number];
types(F, [_]) when F =:= adler32; F =:= crc32; F =:= iolist_to_iovec -> [iodata];
types(F, [_, _]) when F =:= adler32; F =:= crc32 -> [word, iodata];
types(F, [_, _, _]) when F =:= adler32_combine; F =:= crc32_combine -> [word, word, nonneg];
types(append, [_, _]) -> [plain_list, any];
types(alias, [_]) -> [list];
types(append_element, [_, _]) -> [tuple, any];
types(apply, [_, _, L]) when not is_list(L) -> [atom, atom, list];
types(apply, [_, _, _]) -> [atom, atom, any];
types(atom_to_binary, [_]) -> [atom];
types(atom_to_binary, [_, _]) -> [atom, any];
types(atom_to_list, [_]) -> [atom];
types(binary_part, [_, _]) -> [binary, range];
types(binary_part, [_, _, _]) -> [binary, integer, integer];
types(binary_to_atom, [_]) -> [binary];
types(binary_to_float, [_]) -> [binary];
types(binary_to_integer, [_]) -> [binary];
types(binary_to_integer, [_, _]) -> [binary, base];
types(binary_to_list, [_]) -> [binary];
types(binary_to_list, [_, _, _]) -> [binary, position, integer];
types(bump_reductions, [_]) -> [nonneg];
types(F, [_, _]) when F =:= binary_to_atom; F =:= binary_to_existing_atom -> [binary, encoding];
types(binary_to_existing_atom, [_]) -> [binary];
types(binary_to_term, [_]) -> [binary];
types(binary_to_term, [_, _]) -> [binary, list];
types(bit_size, [_]) -> [bitstring];
types(bitstring_to_list, [_]) -> [bitstring];
types(byte_size, [_]) -> [bitstring];
types(cancel_timer, [_]) -> [reference];
types(ceil, [_]) -> [number];
types(convert_time_unit, [_, _, _]) -> [integer, unit, unit];
types(F, [_]) when F =:= check_old_code; F =:= delete_module; F =:= module_loaded; F =:= purge_module -> [atom];
types(check_process_code, [_, _, _]) -> [pid, atom, any];
types(decode_packet, [_, _, _]) -> [any, binary, any];
types(delete_element, [_, _]) -> [integer, tuple];
types(demonitor, [_]) -> [reference];
types(exit, [_, _]) -> [pid, any];
types(element, [_, _]) -> [integer, tuple];
types(float, [_]) -> [number];
types(float_to_binary, [_]) -> [float];
types(float_to_binary, [_, _]) -> [float, list];
types(float_to_list, [_]) -> [float];
types(float_to_list, [_, _]) -> [float, list];
types(floor, [_]) -> [number];
types(fun_info, [_]) -> [function];
types(fun_to_list, [_]) -> [function];
types(F, [_, _, _]) when F =:= function_exported; F =:= is_builtin -> [atom, atom, integer];
types(garbage_collect, [_]) -> [pid];
types(external_size, [_, _]) -> [any, list];
types(group_leader, [_, _]) -> [pid, pid];
types(hd, [_]) -> [nonempty];
types(hibernate, [_, _, _]) -> [atom, atom, list];
types(insert_element, [_, _, _]) -> [integer, tuple, any];
types(integer_to_binary, [_]) -> [integer];
types(integer_to_binary, [_, _]) -> [integer, base];
types(integer_to_list, [_]) -> [integer];
types(integer_to_list, [_, _]) -> [integer, base];
types(iolist_size, [_]) -> [iodata];
types(iolist_to_binary, [_]) -> [iodata];
types(is_builtin, [_, _, _]) -> [atom, atom, integer];
types(is_record, [_, _, _]) -> [any, atom, integer];
types(is_function, [_, _]) -> [any, integer];
types(is_map_key, [_, _]) -> [any, map];
types(is_process_alive, [_]) -> [pid];
types(length, [_]) -> [plain_list];
types(link, [_]) -> [pid];
types(F, [_]) when F =:= get_cookie; F =:= set_cookie -> [atom];
types(set_cookie, [_, _]) -> [atom, atom];
types(load_module, [_, _]) -> [atom, binary];
types(list_to_atom, [_]) -> [characters];
types(list_to_binary, [_]) -> [iolist];
types(list_to_bitstring, [_]) -> [bitlist];
types(list_to_existing_atom, [_]) -> [characters];
types(F, [_]) when F =:= list_to_port; F =:= list_to_ref -> [plain_list];
types(list_to_float, [_]) -> [plain_list];
types(list_to_integer, [_]) -> [plain_list];
types(list_to_integer, [_, _]) -> [list, base];
types(list_to_pid, [_]) -> [plain_list];
types(list_to_tuple, [_]) -> [plain_list];
types(make_fun, [_, _, _]) -> [atom, atom, nonneg];
types(map_get, [_, _]) -> [any, map];
types(map_size, [_]) -> [map];
types(md5, [_]) -> [iodata];
types(monitor, [process, _]) -> [any, pid];
types(monitor_node, [_, _]) -> [atom, truth];
types(F, [_]) when F =:= monotonic_time; F =:= time_offset -> [unit];
types(port_call, [_, _, _]) -> [port_or_atom, word, any];
types(port_close, [_]) -> [port_or_atom];
types(port_command, [_, _]) -> [port_or_atom, iodata];
types(port_command, [_, _, _]) -> [port_or_atom, iodata, list];
types(port_connect, [_, _]) -> [port_or_atom, pid];
types(port_control, [_, _, _]) -> [port_or_atom, word, iodata];
types(F, [_]) when F =:= port_info; F =:= port_to_list -> [port];
types(port_info, [_, _]) -> [port, any];
types(posixtime_to_universaltime, [_]) -> [integer];
types(F, [_]) when F =:= ref_to_list; F =:= spawn_request_abandon -> [reference];
types(pid_to_list, [_]) -> [pid];
types(process_flag, [_, _, _]) -> [pid, any, any];
types(process_info, [_]) -> [pid];
types(process_info, [_, _]) -> [pid, any];
types(read_timer, [_]) -> [reference];
types(register, [Name, _]) when Name =/= undefined -> [atom, pid_or_port];
types(suspend_process, [_]) -> [pid];
types(suspend_process, [Pid, _]) when Pid =/= self() -> [pid, list];
types(resume_process, [_]) -> [pid];
types(round, [_]) -> [number];
types(send_after, [_, _, _]) -> [integer, pid_or_atom, any];
types(setelement, [_, _, _]) -> [integer, tuple, any];
types(size, [_]) -> [tuple_or_binary];
types(spawn, [_]) -> [function];
types(spawn_request, [_, F, _]) when is_function(F) -> [atom, any, list];
types(F, [_, _, _]) when F =:= spawn; F =:= spawn_link; F =:= spawn_monitor; F =:= spawn_request -> [atom, atom, list];
types(spawn_opt, [_, _, _, _]) -> [atom, atom, list, any];
types(spawn_request, [_, _, A, _]) when is_atom(A) -> [atom, atom, any, list];
types(spawn_request, [_, _, _, _]) -> [atom, atom, list, any];
types(spawn_request, [_, _, _, _, _]) -> [atom, atom, atom, list, any];
types(subtract, [_, _]) -> [list, list];
types(spawn_monitor, [_]) -> [function];
types(spawn_opt, [_, L]) when not is_list(L) -> [function, list];
types(spawn_link, [_]) -> [function];
types(split_binary, [_, _]) -> [binary, integer];
types(start_timer, [_, _, _]) -> [integer, pid_or_atom, any];
types(term_to_binary, [_, _]) -> [any, list];
types(term_to_iovec, [_, _]) -> [any, list];
types(system_time, [_]) -> [unit];
types(tl, [_]) -> [nonempty];
types(trunc, [_]) -> [number];
types(tuple_size, [_]) -> [tuple];
types(tuple_to_list, [_]) -> [tuple];
types(unalias, [_]) -> [reference];
types(unlink, [_]) -> [pid];
types(unregister, [_]) -> [pid];
types(whereis, [_]) -> [atom];
types(_, _) -> [].

%% Arguments of the right types with values that are not taken.
values(element, [_, _]) -> #{1 => "out of range"};
values(setelement, [_, _, _]) -> #{1 => "out of range"};
values(delete_element, [_, _]) -> #{1 => "out of range"};
values(insert_element, [_, _, _]) -> #{1 => "out of range"};
values(F, [_ | _]) when F =:= list_to_integer; F =:= binary_to_integer -> #{1 => "not a textual representation of an integer"};
values(F, [_]) when F =:= list_to_float; F =:= binary_to_float -> #{1 => "not a textual representation of a float"};
values(display_string, [_]) -> #{1 => "not a list of characters"};
values(list_to_pid, [_]) -> #{1 => "not a textual representation of a pid"};
values(list_to_port, [_]) -> #{1 => "not a textual representation of a port"};
values(list_to_ref, [_]) -> #{1 => "not a textual representation of a reference"};
values(binary_part, [B, Start, _]) when Start < 0; Start > byte_size(B) -> #{2 => "out of range"};
values(binary_part, [_, _, _]) -> #{3 => "out of range"};
values(memory, [Kinds]) when is_list(Kinds), length(Kinds) >= 0 -> #{1 => "invalid option in list"};
values(memory, [Kind]) when is_atom(Kind) -> #{1 => "invalid memory type option"};
values(memory, [_]) -> #{1 => "not an atom or a list of atoms"};
values(node, [_]) -> #{1 => "not a pid"};
values(halt, [_ | _]) -> #{1 => "invalid status"};
values(map_get, [_, _]) -> #{1 => "not present in map"};
values(apply, [_, _, L]) -> option(3, L, "");
values(binary_to_list, [B, Start, Stop]) ->
    if
        Stop < 1; Stop > byte_size(B) -> #{3 => "out of range"};
        Start > Stop -> #{2 => "start position greater than stop position"};
        true -> #{}
    end;
values(decode_packet, [Type, _, L]) ->
    Types = [raw, 0, 1, 2, 4, asn1, cdr, sunrm, fcgi, tpkt, line, ssl_tls, http, http_bin, httph, httph_bin],
    case lists:member(Type, Types) of
        true -> option(3, L);
        false -> (option(3, L))#{1 => "invalid packet type"}
    end;
values(is_record, [_, Name]) when not is_atom(Name) -> #{1 => "not an atom"};
values(localtime_to_universaltime, [_, Dst]) when Dst =/= true, Dst =/= false, Dst =/= undefined -> #{2 => "not 'true', 'false', or 'undefined'"};
values(localtime_to_universaltime, [_ | _]) -> #{1 => "not a valid local time"};
values(F, [_]) when F =:= universaltime_to_localtime; F =:= universaltime_to_posixtime -> #{1 => "not a valid universal time"};
values(port_info, [_, _]) -> #{2 => "invalid option in list"};
values(port_command, [P, _, L]) when is_port(P) -> option(3, L);
values(send_nosuspend, [_, _]) -> #{1 => "invalid destination"};
values(F, [_, _, L]) when F =:= send; F =:= send_nosuspend ->
    case are_options([nosuspend, noconnect], L) of
        true -> #{1 => "invalid destination"};
        false -> option(3, L)
    end;
values(posixtime_to_universaltime, [_]) -> #{1 => "not an integer"};
values(F, [_]) when F =:= spawn_monitor; F =:= spawn_request -> #{1 => "not a fun"};
values(F, [_, L]) when F =:= external_size; F =:= term_to_binary; F =:= term_to_iovec; F =:= float_to_list; F =:= float_to_binary -> option(2, L);
values(binary_to_term, [_]) -> #{1 => "invalid external representation of a term"};
values(binary_to_term, [_, L]) ->
    case [O || O <- L, O =/= safe, O =/= used] of
        [_ | _] -> option(2, L);
        [] ->
            Safe = lists:member(safe, L),
            #{1 => if Safe -> "invalid or unsafe external representation of a term"; true -> "invalid external representation of a term" end}
    end;
values(phash2, [_, Range]) when not is_integer(Range) -> #{1 => "not an integer"};
values(phash2, [_, Range]) when Range < 1 -> #{1 => "out of range"};
values(F, [_, _, A]) when F =:= function_exported, is_integer(A), A < 0; F =:= is_builtin, is_integer(A), A < 0 -> #{3 => "out of range"};
values(split_binary, [_, _]) -> #{2 => "out of range"};
values(binary_part, [_, {_, _}]) -> #{2 => "out of range"};
values(make_tuple, [_, _]) -> #{1 => "out of range"};
values(make_tuple, [Arity, _ | _]) when not is_integer(Arity) -> #{1 => "not an integer"};
values(make_tuple, [Arity, _ | _]) when Arity < 0 -> #{1 => "out of range"};
values(make_tuple, [_, _, L]) -> option(3, L);
values(atom_to_binary, [_, Encoding]) when Encoding =:= latin1 -> #{1 => "contains a character not expressible in latin1"};
values(atom_to_binary, [_, _]) -> #{2 => "is an invalid encoding option"};
values(F, [_ | _]) when F =:= binary_to_existing_atom; F =:= list_to_existing_atom -> #{1 => "not an already existing atom"};
values(binary_to_atom, [_ | _]) -> #{1 => "invalid UTF8 encoding"};
values(fun_info, [F, _]) when is_function(F) -> #{2 => "invalid item"};
values(fun_info, [_, _]) -> #{1 => "not a fun"};
values(is_function, [_, _]) -> #{2 => "out of range"};
values(system_info, [_]) -> #{1 => "invalid system info item"};
values(statistics, [_]) -> #{1 => "invalid statistics item"};
values(unique_integer, [L]) -> option(1, L, "invalid modifier");
values(process_info, [_, _]) -> #{2 => "invalid item or item list"};
values(process_flag, [Flag, _]) -> flag(1, Flag, ?FLAGS);
values(process_flag, [Pid, save_calls, N]) when is_integer(N), N >= 0, N =< 10000, Pid =/= self() ->
    #{1 => "the pid does not refer to an existing process"};
values(process_flag, [_, Flag, _]) -> flag(2, Flag, [save_calls]);
values(monitor, [Type | _]) when Type =/= process, Type =/= port, Type =/= time_offset -> #{1 => "invalid monitor type"};
values(monitor, [process, Who, _]) when not is_pid(Who), not is_atom(Who) -> #{2 => "not a pid"};
values(monitor, [port, Who | _]) when not is_port(Who), not is_atom(Who) -> #{2 => "not a port"};
values(monitor, [_, Who]) when not is_pid(Who) -> #{2 => "not a pid"};
values(monitor, [_, _, L]) -> option(3, L);
values(demonitor, [Ref, _]) when not is_reference(Ref) -> #{1 => "not a reference"};
values(demonitor, [_, L]) -> option(2, L);
values(alias, [L]) -> option(1, L);
values(F, [Fun, L]) when F =:= spawn_opt, is_function(Fun) -> option(2, L, "invalid spawn option");
values(spawn_opt, [_, _]) -> #{1 => "not a fun"};
values(spawn_opt, [_, _, _, L]) -> option(4, L, "invalid spawn option");
values(register, [undefined, Who]) ->
    maps:from_list([{1, "'undefined' is not a valid name"} | [{2, "not a pid or port"} || not is_pid(Who), not is_port(Who)]]);
values(register, [Name, Who]) ->
    Named = case is_pid(Who) of
                true -> erlang:process_info(Who, registered_name);
                false -> erlang:port_info(Who, registered_name)
            end,
    case {Named, whereis(Name)} of
        {undefined, _} -> #{2 => "the pid does not refer to an existing process"};
        {[], Other} when Other =/= undefined -> #{1 => "name is in use"};
        _ -> #{2 => "this process or port already has a name"}
    end;
values(send, [_, _]) -> #{1 => "invalid destination"};
values(cancel_timer, [Ref, _]) when not is_reference(Ref) -> #{1 => "not a reference"};
values(read_timer, [Ref, _]) when not is_reference(Ref) -> #{1 => "not a reference"};
values(F, [_, L]) when F =:= cancel_timer; F =:= read_timer -> option(2, L);
values(F, [Time, To, _ | Rest]) when F =:= send_after; F =:= start_timer ->
    {First, Last} = case Rest of
        [L] when length(L) >= 0 -> times(lists:search(fun(O) -> O =:= {abs, true} end, L));
        _ -> times(false)
    end,
    if
        not is_integer(Time) -> #{1 => "not an integer"};
        not is_pid(To), not is_atom(To) -> #{2 => "not a pid or an atom"};
        Time < First -> #{1 => "out of range"};
        Time > Last -> #{1 => "exceeds the maximum supported time value"};
        Rest =:= [] -> #{};
        true -> option(3, hd(Rest))
    end;
values(resume_process, [_]) -> #{1 => "process is not suspended or is not alive"};
values(suspend_process, [Pid | _]) when Pid =:= self() -> #{1 => "the pid refers to the current process"};
values(suspend_process, [_]) -> #{1 => "the pid does not refer to an existing process"};
values(suspend_process, [_, L]) ->
    case are_options([unless_suspending, asynchronous], L) of
        true -> #{1 => "the pid does not refer to an existing process"};
        false -> option(2, L)
    end;
values(garbage_collect, [Pid, _]) when not is_pid(Pid) -> #{1 => "not a pid"};
values(garbage_collect, [_, L]) ->
    try [] = [O || O <- L, not is_tuple(O) orelse not lists:member(element(1, O), [async, type])] of
        [] -> #{}
    catch
        error:_ -> #{2 => "invalid option in list"}
    end;
values(check_process_code, [Pid, _ | _]) when not is_pid(Pid) -> #{1 => "not a pid"};
values(check_process_code, [_, Module | _]) when not is_atom(Module) -> #{2 => "not an atom"};
values(check_process_code, [_, _, _]) -> #{3 => "invalid option in list"};
values(system_flag, [Flag, _]) ->
    case lists:member(Flag, ?SYSTEM_FLAGS) of
        true -> #{2 => "invalid value for this system flag"};
        false -> #{1 => "invalid system flag"}
    end;
values(spawn_request, [F, _]) when is_function(F, 0) -> #{2 => "invalid option in list"};
values(spawn_request, [F, _]) when is_function(F) -> #{};
values(spawn_request, [_, F]) when is_function(F) -> #{1 => "not an atom"};
values(spawn_request, [F, _]) when is_atom(F) -> #{2 => "not a fun"};
values(spawn_request, [_, _]) -> #{1 => "not a fun or an atom"};
values(spawn_request, [_, _, _, _]) -> #{4 => "invalid option in list"};
values(spawn_request, [Node, _, _, _, _]) when Node =:= node() -> #{5 => "invalid option in list"};
values(unregister, [_]) -> #{1 => "not a pid"};
values(nodes, [Type]) when is_atom(Type) -> #{1 => "not a valid node type"};
values(nodes, [[_ | _]]) -> #{1 => "not a list of valid node types"};
values(nodes, [_]) -> #{1 => "not a valid node type or list of valid node types"};
values(_, _) -> #{}.

%% The least and the largest time of a timer, absolute or from now on.
times({value, {abs, true}}) -> {milliseconds(start_time), milliseconds(end_time)};
times(false) -> {0, milliseconds(end_time) - erlang:monotonic_time(millisecond)}.

milliseconds(Item) -> erlang:convert_time_unit(erlang:system_info(Item), native, millisecond).

%% What a port cannot be opened by.
port_name(Name, Options) when is_tuple(Name), element(1, Name) =/= spawn_executable, is_list(Options) ->
    case lists:keymember(args, 1, Options) of
        true -> #{1 => "must be spawn_executable"};
        false -> #{1 => "invalid port name"}
    end;
port_name(Name, _) when is_tuple(Name) -> #{1 => "invalid port name"};
port_name(_, _) -> #{}.

%% A flag that is not known, or a value that it does not take.
flag(N, Flag, Known) ->
    case lists:member(Flag, Known) of
        true when N =:= 2 -> #{3 => "invalid value for process flag 'save_calls'"};
        true -> #{N + 1 => "invalid value for this process flag"};
        false when N =:= 1 -> #{1 => "invalid process flag"};
        false -> #{N => "invalid process flag"}
    end.
