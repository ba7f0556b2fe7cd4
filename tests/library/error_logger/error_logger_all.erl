%% The old interface: reports, handlers, files, limits.
-module(error_logger_all).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2, terminate/2]).
-include("../show.hrl").

start() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, info),
    show(fun() -> error_logger:add_report_handler(?MODULE, self()) end),  % expect: ok
    show(fun() -> error_logger:which_report_handlers() end),  % expect: [error_logger_all]
    show(fun() -> got(fun() -> error_logger:error_msg("plain") end) end),  % expect: {ok,{error,true,true,"plain",[]}}
    show(fun() -> got(fun() -> error_logger:error_msg("with ~p", [arg]) end) end),  % expect: {ok,{error,true,true,"with ~p",[arg]}}
    show(fun() -> got(fun() -> error_logger:format("fmt ~p", [arg]) end) end),  % expect: {ok,{error,true,true,"fmt ~p",[arg]}}
    show(fun() -> got(fun() -> error_logger:warning_msg("plain") end) end),  % expect: {ok,{warning_msg,true,true,"plain",[]}}
    show(fun() -> got(fun() -> error_logger:warning_msg("with ~p", [arg]) end) end),  % expect: {ok,{warning_msg,true,true,"with ~p",[arg]}}
    show(fun() -> got(fun() -> error_logger:info_msg("plain") end) end),  % expect: {ok,{info_msg,true,true,"plain",[]}}
    show(fun() -> got(fun() -> error_logger:info_msg("with ~p", [arg]) end) end),  % expect: {ok,{info_msg,true,true,"with ~p",[arg]}}
    show(fun() -> got(fun() -> error_logger:error_report([{a, 1}]) end) end),  % expect: {ok,{error_report,true,true,std_error,[{a,1}]}}
    show(fun() -> got(fun() -> error_logger:error_report(type, [{a, 1}]) end) end),  % expect: {ok,{error_report,true,true,type,[{a,1}]}}
    show(fun() -> got(fun() -> error_logger:warning_report(rep) end) end),  % expect: {ok,{warning_report,true,true,std_warning,rep}}
    show(fun() -> got(fun() -> error_logger:warning_report(type, rep) end) end),  % expect: {ok,{warning_report,true,true,type,rep}}
    show(fun() -> got(fun() -> error_logger:info_report("text") end) end),  % expect: {ok,{info_report,true,true,std_info,"text"}}
    show(fun() -> got(fun() -> error_logger:info_report(type, "text") end) end),  % expect: {ok,{info_report,true,true,type,"text"}}
    show(fun() -> unheard(fun() -> logger:error("new ~p", [x]) end) end),  % expect: {ok,nothing}
    show(fun() -> unheard(fun() -> logger:error(#{k => v}) end) end),  % expect: {ok,nothing}
    show(fun() -> unheard(fun() -> logger:debug("not seen") end) end),  % expect: {ok,nothing}
    show(fun() -> got(fun() -> error_logger:error_msg(bad_format, not_a_list) end) end),  % expect: {ok,{error,true,true,bad_format,not_a_list}}
    show(fun() -> error_logger:delete_report_handler(?MODULE) end),  % expect: {ended,[]}
    show(fun() -> next() end),  % expect: {ended,[]}
    show(fun() -> error_logger:add_report_handler(?MODULE) end),  % expect: ok
    show(fun() -> error_logger:delete_report_handler(?MODULE) end),  % expect: ok
    show(fun() -> error_logger:warning_map() end),  % expect: warning
    show(fun() -> error_logger:get_format_depth() end),  % expect: unlimited
    show(fun() -> error_logger:limit_term(lists:seq(1, 100)) =:= lists:seq(1, 100) end),  % expect: true
    show(fun() -> error_logger:logfile(filename) end),  % expect: {error,no_log_file}
    show(fun() -> error_logger:logfile(close) end),  % expect: {error,module_not_found}
    show(fun() -> logged() end),  % expect: {ok,true,ok,["into the file here"]}
    show(fun() -> error_logger:tty(false) end),  % expect: ok
    show(fun() -> error_logger:tty(true) end),  % expect: ok
    show(fun() -> error_logger:tty(foo) end),  % expect: error function_clause
    error_logger:tty(false).

init(To) when is_pid(To) -> {ok, To};
init([]) -> {ok, whereis_none}.
handle_event({Kind, GL, {Pid, What, Data}}, To) when is_pid(To) ->
    To ! {Kind, is_pid(GL), is_pid(Pid) orelse Pid, What, Data},
    {ok, To};
handle_event(_, S) -> {ok, S}.
handle_call(_, S) -> {ok, S, S}.
terminate(How, To) when is_pid(To) -> To ! {ended, How};
terminate(_, _) -> ok.

got(F) -> R = F(), {R, next()}.
unheard(F) -> R = F(), {R, next(50)}.

logged() ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "error_logger_" ++ os:getpid()),
    A = error_logger:logfile({open, Name}),
    B = error_logger:logfile(filename),
    error_logger:error_msg("into the file ~p~n", [here]),
    C = error_logger:logfile(close),
    {ok, Text} = file:read_file(Name),
    file:delete(Name),
    {A, B =:= Name, C, [L || L <- string:split(binary_to_list(Text), "\n", all), not lists:prefix("=", L), L =/= ""]}.
