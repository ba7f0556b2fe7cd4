%% Words for the errors of erlang's built-in functions: which argument was wrong and how. Each function has a row with what its
%% arguments must be.
-module(erl_erts_errors).
-export([format_error/2]).

format_error(_, [{erlang, F, Args, _} | _]) when is_list(Args) ->
    case tracing(F, Args) of
        none ->
            case erl_stdlib_errors:wrong(Args, types(F, Args)) of
                Wrong when map_size(Wrong) =:= 0 -> values(F, Args);
                Wrong -> Wrong
            end;
        Wrong -> Wrong
    end;
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
    try [{At, "invalid option in list"} || not lists:all(Is, Options)]
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

types(abs, [_]) -> [number];
types(adler32, [_]) -> [iodata];
types(alias, [_]) -> [list];
types(append_element, [_, _]) -> [tuple, any];
types(apply, [_, _, _]) -> [atom, atom, list];
types(atom_to_binary, [_]) -> [atom];
types(atom_to_binary, [_, _]) -> [atom, any];
types(atom_to_list, [_]) -> [atom];
types(binary_part, [_, _, _]) -> [binary, integer, integer];
types(binary_to_atom, [_]) -> [binary];
types(binary_to_float, [_]) -> [binary];
types(binary_to_integer, [_]) -> [binary];
types(binary_to_integer, [_, _]) -> [binary, base];
types(binary_to_list, [_]) -> [binary];
types(binary_to_term, [_]) -> [binary];
types(bit_size, [_]) -> [bitstring];
types(bitstring_to_list, [_]) -> [bitstring];
types(byte_size, [_]) -> [bitstring];
types(cancel_timer, [_]) -> [reference];
types(ceil, [_]) -> [number];
types(convert_time_unit, [_, _, _]) -> [integer, unit, unit];
types(crc32, [_]) -> [iodata];
types(delete_element, [_, _]) -> [integer, tuple];
types(demonitor, [_]) -> [reference];
types(display_string, [_]) -> [characters];
types(element, [_, _]) -> [integer, tuple];
types(float, [_]) -> [number];
types(float_to_binary, [_]) -> [float];
types(float_to_list, [_]) -> [float];
types(floor, [_]) -> [number];
types(fun_info, [_]) -> [function];
types(fun_to_list, [_]) -> [function];
types(function_exported, [_, _, _]) -> [atom, atom, integer];
types(garbage_collect, [_]) -> [pid];
types(hd, [_]) -> [nonempty];
types(insert_element, [_, _, _]) -> [integer, tuple, any];
types(integer_to_binary, [_]) -> [integer];
types(integer_to_binary, [_, _]) -> [integer, base];
types(integer_to_list, [_]) -> [integer];
types(integer_to_list, [_, _]) -> [integer, base];
types(iolist_size, [_]) -> [iodata];
types(iolist_to_binary, [_]) -> [iodata];
types(is_map_key, [_, _]) -> [any, map];
types(is_process_alive, [_]) -> [pid];
types(length, [_]) -> [list];
types(link, [_]) -> [pid];
types(list_to_atom, [_]) -> [list];
types(list_to_binary, [_]) -> [iolist];
types(list_to_bitstring, [_]) -> [bitlist];
types(list_to_existing_atom, [_]) -> [list];
types(list_to_float, [_]) -> [list];
types(list_to_integer, [_]) -> [list];
types(list_to_integer, [_, _]) -> [list, base];
types(list_to_pid, [_]) -> [list];
types(list_to_tuple, [_]) -> [list];
types(make_fun, [_, _, _]) -> [atom, atom, integer];
types(map_get, [_, _]) -> [any, map];
types(map_size, [_]) -> [map];
types(md5, [_]) -> [iodata];
types(monitor, [_, _]) -> [any, pid];
types(monotonic_time, [_]) -> [unit];
types(pid_to_list, [_]) -> [pid];
types(process_flag, [_, _, _]) -> [pid, any, any];
types(process_info, [_]) -> [pid];
types(process_info, [_, _]) -> [pid, any];
types(read_timer, [_]) -> [reference];
types(register, [_, _]) -> [atom, pid_or_port];
types(resume_process, [_]) -> [pid];
types(round, [_]) -> [number];
types(send_after, [_, _, _]) -> [integer, pid_or_atom, any];
types(setelement, [_, _, _]) -> [integer, tuple, any];
types(size, [_]) -> [tuple_or_binary];
types(spawn, [_]) -> [function];
types(spawn, [_, _, _]) -> [atom, atom, list];
types(spawn_link, [_]) -> [function];
types(split_binary, [_, _]) -> [binary, integer];
types(start_timer, [_, _, _]) -> [integer, pid_or_atom, any];
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
values(F, [_]) when F =:= list_to_integer; F =:= binary_to_integer -> #{1 => "not a textual representation of an integer"};
values(F, [_]) when F =:= list_to_float; F =:= binary_to_float -> #{1 => "not a textual representation of a float"};
values(list_to_pid, [_]) -> #{1 => "not a textual representation of a pid"};
values(list_to_ref, [_]) -> #{1 => "not a textual representation of a reference"};
values(binary_part, [B, Start, _]) when Start < 0; Start > byte_size(B) -> #{2 => "out of range"};
values(binary_part, [_, _, _]) -> #{3 => "out of range"};
values(memory, [Kinds]) when is_list(Kinds), length(Kinds) >= 0 -> #{1 => "invalid option in list"};
values(memory, [Kind]) when is_atom(Kind) -> #{1 => "invalid memory type option"};
values(memory, [_]) -> #{1 => "not an atom or a list of atoms"};
values(node, [_]) -> #{1 => "not a pid"};
values(halt, [_ | _]) -> #{1 => "invalid status"};
values(_, _) -> #{}.
