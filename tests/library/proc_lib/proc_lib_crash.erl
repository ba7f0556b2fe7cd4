%% The report of a crash: what is logged, and as text.
-module(proc_lib_crash).
-export([log/2]).
-include("../show.hrl").

start() ->
    sets_handler(),
    show(fun() -> crash(fun() -> error(wrong) end) end),  % expect: {error,{proc_lib,crash},[initial_call,{pid,pid},{registered_name,[]},{error_info,error,wrong,{proc_lib_crash,0}},{ancestors,[pid]},{message_queue_len,0},{messages,[]},{links,[]},{dictionary,[]},{trap_exit,false},{status,running},heap_size,stack_size,reductions],[],[domain,error_logger,gl,logger_formatter,pid,report_cb,time],[otp,sasl]}
    show(fun() -> crash(fun() -> exit(bad_exit) end) end),  % expect: {error,{proc_lib,crash},[initial_call,{pid,pid},{registered_name,[]},{error_info,exit,bad_exit,{proc_lib_crash,0}},{ancestors,[pid]},{message_queue_len,0},{messages,[]},{links,[]},{dictionary,[]},{trap_exit,false},{status,running},heap_size,stack_size,reductions],[],[domain,error_logger,gl,logger_formatter,pid,report_cb,time],[otp,sasl]}
    show(fun() -> crash(fun() -> throw(ball) end) end),  % expect: {error,{proc_lib,crash},[initial_call,{pid,pid},{registered_name,[]},{error_info,throw,ball,{proc_lib_crash,0}},{ancestors,[pid]},{message_queue_len,0},{messages,[]},{links,[]},{dictionary,[]},{trap_exit,false},{status,running},heap_size,stack_size,reductions],[],[domain,error_logger,gl,logger_formatter,pid,report_cb,time],[otp,sasl]}
    show(fun() -> crash(fun() -> exit(normal) end) end),  % expect: nothing
    show(fun() -> crash(fun() -> exit(shutdown) end) end),  % expect: nothing
    show(fun() -> crash(fun() -> exit({shutdown, why}) end) end),  % expect: nothing
    show(fun() -> crash(fun() -> put(a, 1), process_flag(trap_exit, true), self() ! msg, error({complex, [1, 2, 3]}) end) end),  % expect: {error,{proc_lib,crash},[initial_call,{pid,pid},{registered_name,[]},{error_info,error,{complex,[1,2,3]},{proc_lib_crash,0}},{ancestors,[pid]},{message_queue_len,1},{messages,[msg]},{links,[]},{dictionary,[{a,1}]},{trap_exit,true},{status,running},heap_size,stack_size,reductions],[],[domain,error_logger,gl,logger_formatter,pid,report_cb,time],[otp,sasl]}
    show(fun() -> lines(fun() -> proc_lib:format(report(), latin1) end) end),  % expect: ["  crasher:","    initial call: my_mod:start/1","    pid: pid","    registered_name: reg","    exception error: bad argument","      in function  m:f/1 ","      in call from m:g/2 (m.erl, line 3)","    ancestors: [a,b]","    message_queue_len: 0","    messages: []","    links: []","    dictionary: [{long,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,","                         21,22,23,24,25,26,27,28,29,30]}]","    trap_exit: false","    status: running","    heap_size: 610","    stack_size: 27","    reductions: 100","  neighbours:",[]]
    show(fun() -> lines(fun() -> proc_lib:format(report()) end) end),  % expect: ["  crasher:","    initial call: my_mod:start/1","    pid: pid","    registered_name: reg","    exception error: bad argument","      in function  m:f/1 ","      in call from m:g/2 (m.erl, line 3)","    ancestors: [a,b]","    message_queue_len: 0","    messages: []","    links: []","    dictionary: [{long,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,","                         21,22,23,24,25,26,27,28,29,30]}]","    trap_exit: false","    status: running","    heap_size: 610","    stack_size: 27","    reductions: 100","  neighbours:",[]]
    show(fun() -> lines(fun() -> proc_lib:format(report(), unicode, 8) end) end),  % expect: ["  crasher:","    initial call: my_mod:start/1","    pid: pid","    registered_name: reg","    exception error: bad argument","      in function  m:f/1 ","      in call from m:g/2 (m.erl, line 3)","    ancestors: [a,b]","    message_queue_len: 0","    messages: []","    links: []","    dictionary: [{long,[1,2,3,4|...]}]","    trap_exit: false","    status: running","    heap_size: 610","    stack_size: 27","    reductions: 100","  neighbours:",[]]
    show(fun() -> lines(fun() -> proc_lib:format(report(), utf8, unlimited) end) end),  % expect: ["  crasher:","    initial call: my_mod:start/1","    pid: pid","    registered_name: reg","    exception error: bad argument","      in function  m:f/1 ","      in call from m:g/2 (m.erl, line 3)","    ancestors: [a,b]","    message_queue_len: 0","    messages: []","    links: []","    dictionary: [{long,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,","                         21,22,23,24,25,26,27,28,29,30]}]","    trap_exit: false","    status: running","    heap_size: 610","    stack_size: 27","    reductions: 100","  neighbours:",[]]
    show(fun() -> lines(fun() -> proc_lib:report_cb(#{label => {proc_lib, crash}, report => report()}, #{single_line => true, depth => unlimited, chars_limit => unlimited}) end) end).  % expect: ["crasher: initial call: my_mod:start/1, pid: pid, registered_name: reg, error: {badarg,[{m,f,1,[]},{m,g,2,[{file,\"m.erl\"},{line,3}]}]}, ancestors: [a,b], message_queue_len: 0, messages: [], links: [], dictionary: [{long,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]}], trap_exit: false, status: running, heap_size: 610, stack_size: 27, reductions: 100; neighbours: "]

sets_handler() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, all),
    ok = logger:add_handler(proc_lib_tests, ?MODULE, #{config => self(), filter_default => log}).

log(#{level := L, msg := {report, R}, meta := Meta}, #{config := To}) ->
    To ! {log, L, R, lists:sort([K || K <- maps:keys(Meta), not lists:member(K, [file, line, mfa])]), maps:get(domain, Meta, none)};
log(_, _) -> ok.

crash(F) ->
    P = proc_lib:spawn(F),
    _ = ends(P),
    receive
        {log, L, #{label := Label, report := [Info, Linked]}, Keys, Domain} -> {L, Label, [value(I) || I <- Info], Linked, Keys, Domain}
    after 100 -> nothing
    end.

value({K, _}) when K =:= heap_size; K =:= stack_size; K =:= reductions; K =:= initial_call -> K;
value({dictionary, D}) -> {dictionary, lists:sort(D)};
value({error_info, {C, R, [{M, _, A, _} | _]}}) -> {error_info, C, R, {M, A}};
value(Other) -> Other.

report() ->
    [[{initial_call, {my_mod, start, ['Argument__1']}}, {pid, pid}, {registered_name, reg}, {error_info, {error, badarg, [{m, f, 1, []}, {m, g, 2, [{file, "m.erl"}, {line, 3}]}]}},
      {ancestors, [a, b]}, {message_queue_len, 0}, {messages, []}, {links, []}, {dictionary, [{long, lists:seq(1, 30)}]},
      {trap_exit, false}, {status, running}, {heap_size, 610}, {stack_size, 27}, {reductions, 100}], []].

lines(F) -> string:split(lists:flatten(F()), "\n", all).
