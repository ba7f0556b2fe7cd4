%% What is built into the language: guard functions, operators, functions that need no module name.
-module(erl_internal).
-export([bif/2, bif/3, guard_bif/2, old_type_test/2, new_type_test/2, type_test/2, arith_op/2, bool_op/2, comp_op/2, list_op/2, send_op/2, op_type/2,
         is_type/2, add_predefined_functions/1, old_bif/2]).

guard_bif(F, A) when is_atom(F), is_integer(A) -> is_map_key({F, A}, guard_bifs()) orelse (new_type_test(F, A) andalso {F, A} =/= {is_record, 3}).

guard_bifs() ->
    #{{abs, 1} => [], {binary_part, 2} => [], {binary_part, 3} => [], {bit_size, 1} => [], {byte_size, 1} => [], {ceil, 1} => [],
     {element, 2} => [], {float, 1} => [], {floor, 1} => [], {hd, 1} => [], {is_map_key, 2} => [], {length, 1} => [], {map_get, 2} => [],
     {map_size, 1} => [], {max, 2} => [], {min, 2} => [], {node, 0} => [], {node, 1} => [], {round, 1} => [], {self, 0} => [], {size, 1} => [],
     {tl, 1} => [], {trunc, 1} => [], {tuple_size, 1} => []}.

new_type_test(F, A) when is_atom(F), is_integer(A) ->
    is_map_key({F, A},
        #{{is_atom, 1} => [], {is_boolean, 1} => [], {is_binary, 1} => [], {is_bitstring, 1} => [], {is_float, 1} => [], {is_function, 1} => [],
     {is_function, 2} => [], {is_integer, 1} => [], {is_list, 1} => [], {is_map, 1} => [], {is_number, 1} => [], {is_pid, 1} => [],
     {is_port, 1} => [], {is_record, 2} => [], {is_record, 3} => [], {is_reference, 1} => [], {is_tuple, 1} => []}).

type_test(F, A) when is_atom(F), is_integer(A) -> new_type_test(F, A) orelse old_type_test(F, A).

old_type_test(F, 1) when is_atom(F) -> lists:member(F, [integer, float, number, atom, list, tuple, pid, reference, port, binary, function]);
old_type_test(record, 2) -> true;
old_type_test(F, A) when is_atom(F), is_integer(A) -> false.

arith_op(Op, 1) when is_atom(Op) -> lists:member(Op, ['+', '-', 'bnot']);
arith_op(Op, 2) when is_atom(Op) -> lists:member(Op, ['*', '/', '+', '-', 'bor', 'bxor', 'bsl', 'bsr', 'div', 'rem', 'band']);
arith_op(F, A) when is_atom(F), is_integer(A) -> false.

bool_op('not', 1) -> true;
bool_op(Op, 2) when is_atom(Op) -> lists:member(Op, ['and', 'or', 'xor']);
bool_op(F, A) when is_atom(F), is_integer(A) -> false.

comp_op(Op, 2) when is_atom(Op) -> lists:member(Op, ['==', '/=', '=<', '<', '>=', '>', '=:=', '=/=']);
comp_op(F, A) when is_atom(F), is_integer(A) -> false.

list_op(Op, 2) when is_atom(Op) -> Op =:= '++' orelse Op =:= '--';
list_op(F, A) when is_atom(F), is_integer(A) -> false.

send_op('!', 2) -> true;
send_op(F, A) when is_atom(F), is_integer(A) -> false.

op_type(Op, A) ->
    Kinds = [{arith, fun arith_op/2}, {bool, fun bool_op/2}, {comp, fun comp_op/2}, {list, fun list_op/2}, {send, fun send_op/2}],
    case [Kind || {Kind, Is} <- Kinds, Is(Op, A)] of
        [Kind] -> Kind;
        [] -> erlang:error(function_clause, [Op, A])
    end.

%% Functions of module erlang that are called without its name.
bif(erlang, F, A) -> bif(F, A);
bif(M, F, A) when is_atom(M), is_atom(F), is_integer(A) -> false.

bif(F, A) when is_atom(F), is_integer(A) -> guard_bif(F, A) orelse new_type_test(F, A) orelse is_map_key({F, A}, auto_imported()).

%% Those a module could call without their module's name before releases began to add such names: a function of its own takes precedence
%% over the others.
old_bif(F, A) -> bif(F, A) andalso not lists:member({F, A}, added_later()).

added_later() ->
    [{is_map_key, 2}, {map_get, 2}, {monitor, 2}, {monitor, 3}, {demonitor, 1}, {demonitor, 2}, {binary_part, 2}, {binary_part, 3},
     {binary_to_atom, 1}, {binary_to_atom, 2}, {binary_to_existing_atom, 1}, {binary_to_existing_atom, 2}, {atom_to_binary, 1},
     {atom_to_binary, 2}, {binary_to_float, 1}, {binary_to_integer, 1}, {binary_to_integer, 2}, {bitstring_to_list, 1},
     {list_to_bitstring, 1}, {ceil, 1}, {floor, 1}, {error, 3}, {float_to_binary, 1}, {float_to_binary, 2}, {float_to_list, 2},
     {get_keys, 0}, {integer_to_binary, 1}, {integer_to_binary, 2}, {integer_to_list, 2}, {is_map, 1}, {is_bitstring, 1}, {is_function, 2},
     {iolist_size, 1}, {list_to_integer, 2}, {map_size, 1}, {max, 2}, {min, 2}, {port_command, 3}, {spawn_monitor, 1}, {spawn_monitor, 2},
     {spawn_monitor, 3}, {spawn_monitor, 4}, {spawn_request, 1}, {spawn_request, 2}, {spawn_request, 3}, {spawn_request, 4},
     {spawn_request, 5}, {spawn_request_abandon, 1}, {term_to_iovec, 1}, {term_to_iovec, 2}, {tuple_size, 1}, {byte_size, 1}, {bit_size, 1},
     {list_to_port, 1}, {list_to_ref, 1}, {check_process_code, 3}, {garbage_collect, 2}, {alias, 0}, {alias, 1}, {unalias, 1}].

auto_imported() ->
    #{{apply, 2} => [], {apply, 3} => [], {atom_to_binary, 1} => [], {atom_to_binary, 2} => [], {atom_to_list, 1} => [],
     {binary_to_atom, 1} => [], {binary_to_atom, 2} => [], {binary_to_existing_atom, 1} => [], {binary_to_existing_atom, 2} => [],
     {binary_to_float, 1} => [], {binary_to_integer, 1} => [], {binary_to_integer, 2} => [], {binary_to_list, 1} => [],
     {binary_to_list, 3} => [], {binary_to_term, 1} => [], {binary_to_term, 2} => [], {bitstring_to_list, 1} => [],
     {check_process_code, 2} => [], {check_process_code, 3} => [], {date, 0} => [], {delete_module, 1} => [], {demonitor, 1} => [],
     {demonitor, 2} => [], {disconnect_node, 1} => [], {erase, 0} => [], {erase, 1} => [], {error, 1} => [], {error, 2} => [], {error, 3} => [],
     {exit, 1} => [], {exit, 2} => [], {float_to_binary, 1} => [], {float_to_binary, 2} => [], {float_to_list, 1} => [],
     {float_to_list, 2} => [], {garbage_collect, 0} => [], {garbage_collect, 1} => [], {garbage_collect, 2} => [], {get, 0} => [],
     {get, 1} => [], {get_keys, 0} => [], {get_keys, 1} => [], {group_leader, 0} => [], {group_leader, 2} => [], {halt, 0} => [],
     {halt, 1} => [], {halt, 2} => [], {integer_to_binary, 1} => [], {integer_to_binary, 2} => [], {integer_to_list, 1} => [],
     {integer_to_list, 2} => [], {iolist_size, 1} => [], {iolist_to_binary, 1} => [], {is_alive, 0} => [], {is_process_alive, 1} => [],
     {link, 1} => [], {list_to_atom, 1} => [], {list_to_binary, 1} => [], {list_to_bitstring, 1} => [], {list_to_existing_atom, 1} => [],
     {list_to_float, 1} => [], {list_to_integer, 1} => [], {list_to_integer, 2} => [], {list_to_pid, 1} => [], {list_to_port, 1} => [],
     {list_to_ref, 1} => [], {list_to_tuple, 1} => [], {load_module, 2} => [], {make_ref, 0} => [], {module_loaded, 1} => [], {monitor, 2} => [],
     {monitor, 3} => [], {monitor_node, 2} => [], {nodes, 0} => [], {nodes, 1} => [], {now, 0} => [], {open_port, 2} => [],
     {pid_to_list, 1} => [], {port_close, 1} => [], {port_command, 2} => [], {port_command, 3} => [], {port_connect, 2} => [],
     {port_control, 3} => [], {port_to_list, 1} => [], {pre_loaded, 0} => [], {process_flag, 2} => [], {process_flag, 3} => [],
     {process_info, 1} => [], {process_info, 2} => [], {processes, 0} => [], {purge_module, 1} => [], {put, 2} => [], {ref_to_list, 1} => [],
     {register, 2} => [], {registered, 0} => [], {setelement, 3} => [], {spawn, 1} => [], {spawn, 2} => [], {spawn, 3} => [], {spawn, 4} => [],
     {spawn_link, 1} => [], {spawn_link, 2} => [], {spawn_link, 3} => [], {spawn_link, 4} => [], {spawn_monitor, 1} => [],
     {spawn_monitor, 2} => [], {spawn_monitor, 3} => [], {spawn_monitor, 4} => [], {spawn_opt, 2} => [], {spawn_opt, 3} => [],
     {spawn_opt, 4} => [], {spawn_opt, 5} => [], {spawn_request, 1} => [], {spawn_request, 2} => [], {spawn_request, 3} => [],
     {spawn_request, 4} => [], {spawn_request, 5} => [], {spawn_request_abandon, 1} => [], {split_binary, 2} => [], {statistics, 1} => [],
     {term_to_binary, 1} => [], {term_to_binary, 2} => [], {term_to_iovec, 1} => [], {term_to_iovec, 2} => [], {throw, 1} => [], {time, 0} => [],
     {tuple_to_list, 1} => [], {unlink, 1} => [], {unregister, 1} => [], {whereis, 1} => [], {alias, 0} => [], {alias, 1} => [],
     {unalias, 1} => []}.

is_type(F, A) -> lists:member({F, A}, [{T, 0} || T <- types0()] ++ [{list, 1}, {nonempty_list, 1}, {maybe_improper_list, 2}, {nonempty_improper_list, 2}, {nonempty_maybe_improper_list, 2}]).

types0() ->
    [any, arity, atom, binary, bitstring, bool, boolean, byte, char, dynamic, float, function, identifier, integer, iodata, iolist, list, map,
     maybe_improper_list, mfa, module, neg_integer, nil, no_return, node, non_neg_integer, none, nonempty_binary, nonempty_bitstring, nonempty_list,
     nonempty_maybe_improper_list, nonempty_string, number, pid, port, pos_integer, reference, string, term, timeout, tuple].

%% Forms with module_info/0,1 added.
add_predefined_functions(Forms) ->
    [Module | _] = [M || {attribute, _, module, M} <- Forms],
    Call = fun(Args) -> {call, 0, {remote, 0, {atom, 0, erlang}, {atom, 0, get_module_info}}, [{atom, 0, Module} | Args]} end,
    Forms ++ [
        {attribute, 0, export, [{module_info, 0}, {module_info, 1}]},
        {function, 0, module_info, 0, [{clause, 0, [], [], [Call([])]}]},
        {function, 0, module_info, 1, [{clause, 0, [{var, 0, 'X'}], [], [Call([{var, 0, 'X'}])]}]}
    ].
