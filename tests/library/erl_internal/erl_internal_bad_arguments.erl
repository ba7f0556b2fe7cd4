%% What the functions of erl_internal say of arguments that are none.
-module(erl_internal_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(erl_internal, function_clause, [{bif, 3}, {op_type, 2}]) end),  % expect: []
    show(fun() -> not_always(erl_internal, ok, [{is_type, 2}]) end),  % expect: []
    show(fun() -> bad(erl_internal, add_predefined_functions, 1) end),  % expect: [{bad_generator,8},{badmatch,3}]
    show(fun() -> bad(erl_internal, arith_op, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, bif, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, bool_op, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, comp_op, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, guard_bif, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, list_op, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, new_type_test, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, old_bif, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, old_type_test, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, send_op, 2) end),  % expect: [{function_clause,119},{ok,2}]
    show(fun() -> bad(erl_internal, type_test, 2) end).  % expect: [{function_clause,119},{ok,2}]
