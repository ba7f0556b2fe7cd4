%% What the default handler writes, to a file: messages, reports of crashes of the behaviours, of supervisors and of applications.
-module(logger_default).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, callback_mode/0, handle_event/4, handle_event/2, handle_call/2, code_change/3, terminate/2, start/2, stop/1]).
-include("../show.hrl").

start() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, info),
    process_flag(trap_exit, true),
    show(fun() -> written(fun() -> logger:error("plain ~p", [text]) end) end),  % expect: ["=ERROR REPORT==== header ===","plain text",[]]
    show(fun() -> written(fun() -> logger:notice(#{what => happened, detail => [1, 2, 3]}) end) end),  % expect: ["=NOTICE REPORT==== header ===","    detail: [1,2,3]","    what: happened",[]]
    show(fun() -> written(fun() -> logger:warning([{a, 1}, {b, "two"}]) end) end),  % expect: ["=WARNING REPORT==== header ===","    a: 1","    b: two",[]]
    show(fun() -> written(fun() -> error_logger:error_msg("old ~s", ["style"]) end) end),  % expect: ["=ERROR REPORT==== header ===","old style",[]]
    show(fun() -> written(fun() -> error_logger:error_msg("no arguments") end) end),  % expect: ["=ERROR REPORT==== header ===","no arguments",[]]
    show(fun() -> written(fun() -> error_logger:format("fmt ~p", [x]) end) end),  % expect: ["=ERROR REPORT==== header ===","fmt x",[]]
    show(fun() -> written(fun() -> error_logger:warning_msg("w") end) end),  % expect: ["=WARNING REPORT==== header ===","w",[]]
    show(fun() -> written(fun() -> error_logger:warning_msg("w ~p", [1]) end) end),  % expect: ["=WARNING REPORT==== header ===","w 1",[]]
    show(fun() -> written(fun() -> error_logger:info_msg("i") end) end),  % expect: ["=INFO REPORT==== header ===","i",[]]
    show(fun() -> written(fun() -> error_logger:info_msg("i ~p", [1]) end) end),  % expect: ["=INFO REPORT==== header ===","i 1",[]]
    show(fun() -> written(fun() -> error_logger:error_report([{a, 1}, {bbb, "text"}, c]) end) end),  % expect: ["=ERROR REPORT==== header ===","    a: 1","    bbb: text","    c",[]]
    show(fun() -> written(fun() -> error_logger:error_report(my_type, [{a, 1}]) end) end),  % expect: ["=ERROR REPORT==== header ===","    a: 1",[]]
    show(fun() -> written(fun() -> error_logger:warning_report("just text") end) end),  % expect: ["=WARNING REPORT==== header ===","just text",[]]
    show(fun() -> written(fun() -> error_logger:warning_report(my_type, x) end) end),  % expect: ["=WARNING REPORT==== header ===","x",[]]
    show(fun() -> written(fun() -> error_logger:info_report({some, term}) end) end),  % expect: ["=INFO REPORT==== header ===","{some,term}",[]]
    show(fun() -> written(fun() -> error_logger:info_report(my_type, [x]) end) end),  % expect: ["=INFO REPORT==== header ===","    x",[]]
    show(fun() -> written(fun() -> ends(spawn(fun() -> error(wrong) end)) end) end),  % expect: ["=ERROR REPORT==== header ===","Error in process <pid> with exit value:","{wrong,[{logger_default,'-fun-',0,","                        [{file,\"logger_default.erl\"},","                         line]}]}",[],[]]
    show(fun() -> written(fun() -> ends(spawn(fun() -> throw(ball) end)) end) end),  % expect: ["=ERROR REPORT==== header ===","Error in process <pid> with exit value:","{{nocatch,ball},"," [{logger_default,'-fun-',0,","                  [{file,\"logger_default.erl\"},","                   line]}]}",[],[]]
    show(fun() -> written(fun() -> ends(spawn(fun() -> exit(gone) end)) end) end),  % expect: [[]]
    show(fun() -> written(fun() -> ends(spawn(fun() -> list_to_atom(1) end)) end) end),  % expect: ["=ERROR REPORT==== header ===","Error in process <pid> with exit value:","{badarg,[{erlang,list_to_atom,[1],[{error_info,#{module => erl_erts_errors}}]},","         {logger_default,'-fun-',0,","                         [{file,\"logger_default.erl\"},","                          line]}]}",[],[]]
    show(fun() -> written(fun() -> ends(spawn(lists, map, [foo, [a]])) end) end),  % expect: ["=ERROR REPORT==== header ===","Error in process <pid> with exit value:","{function_clause,[{lists,map,[foo,[a]],[{file,\"lists.erl\"},line]}]}",[],[]]
    show(fun() -> written(fun() -> ends(proc_lib:spawn(fun() -> error(wrong) end)) end) end),  % expect: ["=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:'-fun-'/0","    pid: <pid>","    registered_name: []","    exception error: wrong","      in function  logger_default:'-fun-'/0 logger_default.erl)","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> server(fun(P) -> gen_server:cast(P, crash) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** Generic server log_server terminating ","** Last message in was {'$gen_cast',crash}","** When Server state == {state,[server]}","** Reason for termination ==","** {crashed,[{logger_default,handle_cast,2,","                             [{file,\"logger_default.erl\"},","                              line]}]}",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_server","    exception error: crashed","      in function  logger_default:handle_cast/2 logger_default.erl)","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> server(fun(P) -> catch gen_server:call(P, crash) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** Generic server log_server terminating ","** Last message in was crash","** When Server state == {state,[server]}","** Reason for termination ==","** {crashed,[{logger_default,handle_call,3,","                             [{file,\"logger_default.erl\"},","                              line]}]}","** Client <pid> stacktrace","** stack",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_server","    exception error: crashed","      in function  logger_default:handle_call/3 logger_default.erl)","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> server(fun(P) -> P ! {stop, reason} end) end) end),  % expect: ["=ERROR REPORT==== header ===","** Generic server log_server terminating ","** Last message in was {stop,reason}","** When Server state == {state,[server]}","** Reason for termination ==","** reason",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_server","    exception exit: reason","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> server(fun(P) -> P ! {stop, normal} end) end) end),  % expect: [[]]
    show(fun() -> written(fun() -> server(fun(P) -> gen_server:cast(P, bad_return) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** Generic server log_server terminating ","** Last message in was {'$gen_cast',bad_return}","** When Server state == {state,[server]}","** Reason for termination ==","** {bad_return_value,bad_return}",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_server","    exception exit: {bad_return_value,bad_return}","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> server(fun(P) -> P ! unexpected end, goes_on) end) end),  % expect: [[]]
    show(fun() -> written(fun() -> machine(fun(P) -> gen_statem:cast(P, crash) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** State machine log_machine terminating","** Last event = {cast,crash}","** When server state  = {idle,data}","** Reason for termination = error:crashed","** Callback modules = [logger_default]","** Callback mode = handle_event_function","** Stacktrace =","**  [{logger_default,handle_event,4,","                     [{file,\"logger_default.erl\"},","                      line]}]",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_machine","    exception error: crashed","      in function  logger_default:handle_event/4 logger_default.erl)","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> machine(fun(P) -> gen_statem:cast(P, bad_return) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** State machine log_machine terminating","** Last event = {cast,bad_return}","** When server state  = {idle,data}","** Reason for termination = error:{bad_return_from_state_function,bad_return}","** Callback modules = [logger_default]","** Callback mode = handle_event_function","** Stacktrace =","**  []",[],"=CRASH REPORT==== header ===","  crasher:","    initial call: logger_default:init/1","    pid: <pid>","    registered_name: log_machine","    exception error: {bad_return_from_state_function,bad_return}","    ancestors","    message_queue_len: 0","    messages: []","    links","    dictionary: []","    trap_exit: false","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],[]]
    show(fun() -> written(fun() -> events(fun(P) -> gen_event:sync_notify(P, crash) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** gen_event handler logger_default crashed.","** Was installed in log_events","** Last event was: crash","** When handler state == {state,[handler]}","** Reason == {crashed,","                 [{logger_default,handle_event,2,","                      [{file,\"logger_default.erl\"},","                       line]}]}",[],[]]
    show(fun() -> written(fun() -> events(fun(P) -> gen_event:sync_notify(P, bad_return) end) end) end),  % expect: ["=ERROR REPORT==== header ===","** gen_event handler logger_default crashed.","** Was installed in log_events","** Last event was: bad_return","** When handler state == {state,[handler]}","** Reason == bad_return",[],[]]
    show(fun() -> written(fun() -> supervised(1, kill) end) end),  % expect: ["=SUPERVISOR REPORT==== header ===","    supervisor: {local,log_sup}","    errorContext: child_terminated","    reason: killed","    offender: [{pid,<pid>},","               {id,child},","               {mfargs,{gen_server,start_link,","                                   [{local,log_child},","                                    logger_default,","                                    [server],","                                    []]}},","               {restart_type,permanent},","               {significant,false},","               {shutdown,5000},","               {child_type,worker}]",[],[]]
    show(fun() -> written(fun() -> supervised(0, kill) end) end),  % expect: ["=SUPERVISOR REPORT==== header ===","    supervisor: {local,log_sup}","    errorContext: child_terminated","    reason: killed","    offender: [{pid,<pid>},","               {id,child},","               {mfargs,{gen_server,start_link,","                                   [{local,log_child},","                                    logger_default,","                                    [server],","                                    []]}},","               {restart_type,permanent},","               {significant,false},","               {shutdown,5000},","               {child_type,worker}]",[],"=SUPERVISOR REPORT==== header ===","    supervisor: {local,log_sup}","    errorContext: shutdown","    reason: reached_max_restart_intensity","    offender: [{pid,<pid>},","               {id,child},","               {mfargs,{gen_server,start_link,","                                   [{local,log_child},","                                    logger_default,","                                    [server],","                                    []]}},","               {restart_type,permanent},","               {significant,false},","               {shutdown,5000},","               {child_type,worker}]",[],[]]
    show(fun() -> written(fun() -> supervised(1, normal) end) end),  % expect: [[]]
    show(fun() -> written(fun() -> failing() end) end),  % expect: ["=SUPERVISOR REPORT==== header ===","    supervisor: {local,log_sup}","    errorContext: start_error","    reason: {'EXIT',","                {undef,","                    [{logger_default,no_such_function,[a],[]}]}}","    offender: [{pid,undefined},","               {id,child},","               {mfargs,{logger_default,no_such_function,[a]}},","               {restart_type,permanent},","               {significant,false},","               {shutdown,5000},","               {child_type,worker}]",[],[]]
    show(fun() -> written(fun() -> app(log_fails, fails) end) end),  % expect: ["=CRASH REPORT==== header ===","  crasher:","    initial call: application_master:init/4","    pid: <pid>","    registered_name: []","    exception exit: {on_purpose,{logger_default,start,[normal,fails]}}","    ancestors","    message_queue_len: 1","    messages: [{'EXIT',<pid>,normal}]","    links","    dictionary: []","    trap_exit: true","    status: running","    heap_size","    stack_size","    reductions","  neighbours:",[],"=INFO REPORT==== header ===","    application: log_fails","    exited: {on_purpose,{logger_default,start,[normal,fails]}}","    type: temporary",[],[]]
    show(fun() -> written(fun() -> [app(log_works, works), application:stop(log_works)] end) end).  % expect: ["=INFO REPORT==== header ===","    application: log_works","    exited: stopped","    type: temporary",[],[]]

%% Lines written to a file by the default handler while F runs, without what differs from run to run.
written(F) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "logger_default_" ++ os:getpid()),
    ok = logger:add_handler(to_file, logger_std_h, #{config => #{file => Name}, formatter => {logger_formatter, #{legacy_header => true, single_line => false}},
                            filters => [{progress, {fun logger_filters:progress/2, stop}}]}),
    _ = F(),
    settled(),
    ok = logger_std_h:filesync(to_file),
    ok = logger:remove_handler(to_file),
    Text = case file:read_file(Name) of {ok, T} -> T; _ -> <<>> end,
    file:delete(Name),
    string:split(steady(unicode:characters_to_list(Text)), "\n", all).

steady(Text) ->
    lists:foldl(fun({Re, By}, Acc) -> re:replace(Acc, Re, By, [global, {return, list}, unicode]) end, Text,
        [{"===[^=\n]*===\n", "=== header ===\n"}, {"<[0-9]+[.][0-9]+[.][0-9]+>", "<pid>"}, {"#Ref<[0-9.]+>", "#ref"}, {"    (ancestors|links): .*", "    \\1"}, {"#Fun<([a-z_]+)[^>]*>", "#fun \\1"},
         {"(heap_size|stack_size|reductions): [0-9]+", "\\1"}, {"-start/0-fun-[0-9]+-", "-fun-"}, {"(\\([a-z_/]+[.]erl), line [0-9]+", "\\1"},
         {"\\{line,[0-9]+\\}", "line"}, {"[^ \"]*/(logger_default[.]erl)", "\\1"},
         {",\\s*\\{(gen_server|gen_event|gen_statem|proc_lib|supervisor|application_master),[^][]*\\[\\{file,\\s*\"[a-z_.]*\"\\},\\s*line\\]\\}", ""},
         {"\\[\\{gen_statem,[^][]*\\[\\{file,\\s*\"[a-z_.]*\"\\},\\s*line\\]\\}\\]", "[]"}, {"(?s)( stacktrace\n\\*\\* ).*?\\]\\}\\]\n", "\\1stack\n"},
         {" *in (function|call from) *(gen_server|gen_event|gen_statem|proc_lib|supervisor|application_master):.*\n", ""}]).

%% A server, a machine and a manager of events that fail on demand.
init(Arg) ->
    case Arg of
        [machine] -> {ok, idle, data};
        [supervisor, Intensity] ->
            {ok, {#{intensity => Intensity}, [#{id => child, start => {gen_server, start_link, [{local, log_child}, ?MODULE, [server], []]}}]}};
        [failing_supervisor] -> {ok, {#{}, [#{id => child, start => {?MODULE, no_such_function, [a]}}]}};
        _ -> {ok, {state, Arg}}
    end.
handle_call(crash, _, _) -> error(crashed);
handle_call(_, _, S) -> {reply, ok, S}.
handle_call(_, S) -> {ok, ok, S}.
handle_cast(crash, _) -> error(crashed);
handle_cast(bad_return, _) -> bad_return.
handle_info({stop, R}, S) -> {stop, R, S};
handle_info(_, S) -> {noreply, S}.
handle_event(crash, _) -> error(crashed);
handle_event(bad_return, _) -> bad_return.
callback_mode() -> handle_event_function.
handle_event(cast, crash, _, _) -> error(crashed);
handle_event(cast, bad_return, _, _) -> bad_return.
terminate(_, _) -> ok.
code_change(_, S, _) -> {ok, S}.

%% A server that F ends, or one that goes on.
server(F) ->
    {ok, P} = gen_server:start({local, log_server}, ?MODULE, [server], []),
    F(P),
    ends(P).

server(F, goes_on) ->
    {ok, P} = gen_server:start({local, log_server}, ?MODULE, [server], []),
    F(P),
    settled(),
    exit(P, kill).

machine(F) ->
    {ok, P} = gen_statem:start({local, log_machine}, ?MODULE, [machine], []),
    F(P),
    ends(P).

events(F) ->
    {ok, P} = gen_event:start({local, log_events}),
    ok = gen_event:add_handler(P, ?MODULE, [handler]),
    F(P),
    gen_event:stop(P).

supervised(Intensity, How) ->
    {ok, Sup} = supervisor:start_link({local, log_sup}, ?MODULE, [supervisor, Intensity]),
    unlink(Sup),
    exit(whereis(log_child), How),
    settled(),
    M = monitor(process, Sup),
    exit(Sup, shutdown),
    receive {'DOWN', M, _, _, _} -> ok end.

failing() -> supervisor:start_link({local, log_sup}, ?MODULE, [failing_supervisor]).

start(normal, fails) -> {error, on_purpose};
start(normal, works) -> gen_server:start_link(?MODULE, [server], []).
stop(_) -> ok.

app(Name, How) ->
    _ = application:load({application, Name, [{vsn, "1"}, {applications, []}, {mod, {?MODULE, How}}]}),
    application:start(Name).
