%% Labels and failures of starts, as OTP 27 documents them.
% reference: OTP 27
-module(proc_lib_27).
-export([fails/2, fails/3]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> proc_lib:get_label(self()) end),  % expect: undefined
    show(fun() -> proc_lib:set_label({worker, 3}) end),  % expect: ok
    show(fun() -> proc_lib:get_label(self()) end),  % expect: {worker,3}
    show(fun() -> proc_lib:get_label(spawn(fun() -> ok end)) end),  % expect: undefined
    show(fun() -> proc_lib:start(?MODULE, fails, [{error, because}, {exit, gone}]) end),  % expect: {error,because}
    show(fun() -> proc_lib:start_link(?MODULE, fails, [{error, because}, {exit, gone}]) end),  % expect: {error,because}
    show(fun() -> proc_lib:start(?MODULE, fails, [self(), {error, because}, {error, wrong}]) end),  % expect: {error,because}
    show(fun() -> proc_lib:start_monitor(?MODULE, fails, [self(), {error, because}, {exit, normal}]) end),  % expect: {{error,because},ref}
    show(fun() -> next() end).  % expect: {'DOWN',ref,process,pid,normal}

fails(Return, How) -> proc_lib:init_fail(Return, How).
fails(Parent, Return, How) -> proc_lib:init_fail(Parent, Return, How).
