%% What the node was started with.
-module(init_all).
-include("../show.hrl").

start() ->
    show(fun() -> [is_list(init:get_arguments()), init:get_argument(no_such_flag_here)] end),  % expect: [true,error]
    show(fun() -> init:get_argument(foo_bar_baz) end),  % expect: error
    show(fun() -> is_list(init:get_plain_arguments()) end),  % expect: true
    show(fun() -> tuple_size(init:script_id()) end),  % expect: 2
    show(fun() -> init:get_argument("x") end).  % expect: error
