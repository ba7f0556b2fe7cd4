%% What the functions of queue say of arguments that are none.
-module(queue_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(queue, badarg, [{all, 2}, {any, 2}, {cons, 2}, {daeh, 1}, {delete, 2}, {delete_r, 2}, {delete_with, 2}, {delete_with_r, 2}, {drop, 1}, {drop_r, 1}, {filter, 2}, {filtermap, 2}, {fold, 3}, {get, 1}, {get_r, 1}, {head, 1}, {in, 2}, {in_r, 2}, {init, 1}, {is_empty, 1}, {join, 2}, {lait, 1}, {last, 1}, {len, 1}, {liat, 1}, {member, 2}, {out, 1}, {out_r, 1}, {peek, 1}, {peek_r, 1}, {reverse, 1}, {snoc, 2}, {split, 2}, {tail, 1}, {to_list, 1}]) end),  % expect: []
    show(fun() -> not_always(queue, ok, [{is_queue, 1}]) end),  % expect: []
    show(fun() -> bad(queue, from_list, 1) end).  % expect: [{badarg,8},{ok,3}]
