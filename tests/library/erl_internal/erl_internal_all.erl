%% Which names are operators, guards and built-in functions.
-module(erl_internal_all).
-include("../show.hrl").

start() ->
    show(fun() -> [erl_internal:arith_op(O, A) || {O, A} <- [{'+', 1}, {'+', 2}, {'bnot', 1}, {'bsl', 2}, {'and', 2}, {'div', 2}, {'/', 2}, {'!', 2}]] end),  % expect: [true,true,true,true,false,true,true,false]
    show(fun() -> [erl_internal:bool_op(O, A) || {O, A} <- [{'not', 1}, {'and', 2}, {'or', 2}, {'xor', 2}, {'andalso', 2}, {'+', 2}]] end),  % expect: [true,true,true,true,false,false]
    show(fun() -> [erl_internal:comp_op(O, 2) || O <- ['==', '=:=', '/=', '=/=', '<', '=<', '>', '>=', '+']] end),  % expect: [true,true,true,true,true,true,true,true,false]
    show(fun() -> [erl_internal:list_op(O, 2) || O <- ['++', '--', '+']] end),  % expect: [true,true,false]
    show(fun() -> [erl_internal:send_op(O, 2) || O <- ['!', '+']] end),  % expect: [true,false]
    show(fun() -> [erl_internal:op_type(O, A) || {O, A} <- [{'+', 1}, {'not', 1}, {'==', 2}, {'++', 2}, {'!', 2}]] end),  % expect: [arith,bool,comp,list,send]
    show(fun() -> erl_internal:op_type(foo, 2) end),  % expect: error function_clause
    show(fun() -> [erl_internal:guard_bif(F, A) || {F, A} <- [{abs, 1}, {element, 2}, {hd, 1}, {is_atom, 1}, {map_get, 2}, {self, 0}, {node, 0}, {tuple_size, 1}, {atom_to_list, 1}, {is_record, 2}, {binary_part, 3}, {ceil, 1}]] end),  % expect: [true,true,true,true,true,true,true,true,false,true,true,true]
    show(fun() -> [erl_internal:type_test(F, A) || {F, A} <- [{is_atom, 1}, {atom, 1}, {is_record, 2}, {is_function, 2}, {foo, 1}, {is_map, 1}, {record, 2}]] end),  % expect: [true,true,true,true,false,true,true]
    show(fun() -> [erl_internal:new_type_test(F, A) || {F, A} <- [{is_atom, 1}, {atom, 1}, {is_record, 3}, {is_map_key, 2}]] end),  % expect: [true,false,true,false]
    show(fun() -> [erl_internal:old_type_test(F, A) || {F, A} <- [{is_atom, 1}, {atom, 1}, {record, 2}, {constant, 1}, {binary, 1}]] end),  % expect: [false,true,true,false,true]
    show(fun() -> [erl_internal:bif(F, A) || {F, A} <- [{abs, 1}, {atom_to_list, 1}, {spawn, 3}, {foo, 1}, {get, 0}, {monitor, 2}, {'!', 2}, {process_info, 2}, {dist_ctrl_get_data, 1}, {apply, 2}]] end),  % expect: [true,true,true,false,true,true,false,true,false,true]
    show(fun() -> [erl_internal:bif(M, F, A) || {M, F, A} <- [{erlang, abs, 1}, {lists, map, 2}, {erlang, foo, 1}]] end),  % expect: [true,false,false]
    show(fun() -> [erl_internal:old_bif(F, A) || {F, A} <- [{abs, 1}, {get, 0}, {is_map_key, 2}, {put, 2}, {monitor, 2}, {binary_part, 2}]] end),  % expect: [true,true,false,true,false,false]
    show(fun() -> [element(1, F) || F <- erl_internal:add_predefined_functions([{attribute, 1, module, m}])] end),  % expect: [attribute,attribute,function,function]
    show(fun() -> erl_internal:add_predefined_functions([{attribute, 1, module, m}, {attribute, 2, export, [{f, 0}]}, {function, 3, f, 0, []}]) end),  % expect: [{attribute,1,module,m},{attribute,2,export,[{f,0}]},{function,3,f,0,[]},{attribute,0,export,[{module_info,0},{module_info,1}]},{function,0,module_info,0,[{clause,0,[],[],[{call,0,{remote,0,{atom,0,erlang},{atom,0,get_module_info}},[{atom,0,m}]}]}]},{function,0,module_info,1,[{clause,0,[{var,0,'X'}],[],[{call,0,{remote,0,{atom,0,erlang},{atom,0,get_module_info}},[{atom,0,m},{var,0,'X'}]}]}]}]
    show(fun() -> [erl_internal:is_type(T, A) || {T, A} <- [{any, 0}, {list, 0}, {list, 1}, {map, 0}, {foo, 0}, {non_neg_integer, 0}, {nonempty_binary, 0}, {tuple, 1}]] end).  % expect: [true,true,true,true,false,true,true,false]
