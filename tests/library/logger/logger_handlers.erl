%% Handlers, filters, levels, metadata and configuration, with a handler that tells what it gets.
-module(logger_handlers).
-export([log/2, adding_handler/1, changing_config/3, removing_handler/1, keep/2, drop/2, crashes/2]).
-include("../show.hrl").

start() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, notice),
    register(log_tester, self()),
    show(fun() -> logger:add_handler(h1, ?MODULE, #{config => #{name => h1}, level => info}) end),  % expect: ok
    show(fun() -> logger:add_handler(h1, ?MODULE, #{}) end),  % expect: {error,{already_exist,h1}}
    show(fun() -> logger:add_handler(h2, no_such_module_here, #{}) end),  % expect: {error,{invalid_handler,{function_not_exported,{no_such_module_here,log,2}}}}
    show(fun() -> logger:add_handler("h2", ?MODULE, #{}) end),  % expect: {error,{invalid_id,"h2"}}
    show(fun() -> logger:add_handler(h2, ?MODULE, foo) end),  % expect: {error,{invalid_config,foo}}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{level => odd}) end),  % expect: {error,{invalid_level,odd}}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{filters => foo}) end),  % expect: {error,{invalid_filters,foo}}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{filter_default => foo}) end),  % expect: {error,{invalid_filter_default,foo}}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{formatter => foo}) end),  % expect: {error,{invalid_formatter,foo}}
    show(fun() -> logger:add_handler(h2, ?MODULE, #{config => refuse}) end),  % expect: {error,{handler_not_added,refused}}
    show(fun() -> logger:get_handler_ids() end),  % expect: [h1]
    show(fun() -> without_formatter(logger:get_handler_config(h1)) end),  % expect: [{config,#{name => h1}},{filter_default,log},{filters,[]},{id,h1},{level,info},{module,logger_handlers}]
    show(fun() -> [maps:get(id, H) || H <- logger:get_handler_config()] end),  % expect: [h1]
    show(fun() -> logger:get_handler_config(none) end),  % expect: {error,{not_found,none}}
    show(fun() -> logger:notice("text") end),  % expect: ok
    show(fun() -> got() end),  % expect: {notice,{string,"text"},[gl,pid,time],h1}
    show(fun() -> logger:info("not logged") end),  % expect: ok
    show(fun() -> got() end),  % expect: nothing
    show(fun() -> logger:set_primary_config(level, debug) end),  % expect: ok
    show(fun() -> logger:debug("below the handler's level") end),  % expect: ok
    show(fun() -> got() end),  % expect: nothing
    show(fun() -> [logger:emergency("a"), got(), logger:emergency("~p", [1]), got(), logger:emergency("~p", [2], #{k => v}), got()] end),  % expect: [ok,{emergency,{string,"a"},[gl,pid,time],h1},ok,{emergency,{"~p",[1]},[gl,pid,time],h1},ok,{emergency,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:alert(#{a => 1}), got(), logger:alert("~p", [1]), got(), logger:alert("~p", [2], #{k => v}), got()] end),  % expect: [ok,{alert,{report,#{a => 1}},[gl,pid,time],h1},ok,{alert,{"~p",[1]},[gl,pid,time],h1},ok,{alert,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:critical([{a, 1}]), got(), logger:critical("~p", [1]), got(), logger:critical("~p", [2], #{k => v}), got()] end),  % expect: [ok,{critical,{report,[{a,1}]},[gl,pid,time],h1},ok,{critical,{"~p",[1]},[gl,pid,time],h1},ok,{critical,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:error("a"), got(), logger:error("~p", [1]), got(), logger:error("~p", [2], #{k => v}), got()] end),  % expect: [ok,{error,{string,"a"},[gl,pid,time],h1},ok,{error,{"~p",[1]},[gl,pid,time],h1},ok,{error,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:warning("a"), got(), logger:warning("~p", [1]), got(), logger:warning("~p", [2], #{k => v}), got()] end),  % expect: [ok,{warning,{string,"a"},[gl,pid,time],h1},ok,{warning,{"~p",[1]},[gl,pid,time],h1},ok,{warning,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:notice("a", #{m => 1}), got(), logger:notice("~p", [1]), got(), logger:notice("~p", [2], #{k => v}), got()] end),  % expect: [ok,{notice,{string,"a"},[gl,pid,time,{m,1}],h1},ok,{notice,{"~p",[1]},[gl,pid,time],h1},ok,{notice,{"~p",[2]},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:info(fun(X) -> {"fun ~p", [X]} end, arg), got(), logger:info(fun(X) -> #{r => X} end, arg, #{k => v}), got()] end),  % expect: [ok,{info,{"fun ~p",[arg]},[gl,pid,time],h1},ok,{info,{report,#{r => arg}},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:debug("~p", [1]), got(), logger:debug("~p", [2], #{k => v}), got()] end),  % expect: [ok,nothing,ok,nothing]
    show(fun() -> [logger:log(error, "a"), got(), logger:log(error, "~p", [1]), got(), logger:log(error, "~p", [2], #{k => v}), got(), logger:log(error, #{r => 1}, #{k => v}), got()] end),  % expect: [ok,{error,{string,"a"},[gl,pid,time],h1},ok,{error,{"~p",[1]},[gl,pid,time],h1},ok,{error,{"~p",[2]},[gl,pid,time,{k,v}],h1},ok,{error,{report,#{r => 1}},[gl,pid,time,{k,v}],h1}]
    show(fun() -> [logger:log(error, fun(_) -> "string" end, arg), got(), logger:log(error, fun(_) -> error(crash) end, arg), element(1, got())] end),  % expect: [ok,{error,{string,"string"},[gl,pid,time],h1},ok,error]
    show(fun() -> logger:log(odd, "a") end),  % expect: error function_clause
    show(fun() -> logger:log(error, foo) end),  % expect: error function_clause
    show(fun() -> logger:log(error, "a", foo) end),  % expect: error function_clause
    show(fun() -> [logger:macro_log(#{mfa => {m, f, 1}, line => 3}, error, "a"), got()] end),  % expect: [ok,{error,{string,"a"},[gl,pid,time,{line,3},{mfa,m,1}],h1}]
    show(fun() -> [logger:macro_log(#{mfa => {m, f, 1}, line => 3}, error, "~p", [1]), got()] end),  % expect: [ok,{error,{"~p",[1]},[gl,pid,time,{line,3},{mfa,m,1}],h1}]
    show(fun() -> [logger:macro_log(#{mfa => {m, f, 1}, line => 3}, error, "~p", [1], #{x => y}), got()] end),  % expect: [ok,{error,{"~p",[1]},[gl,pid,time,{line,3},{x,y},{mfa,m,1}],h1}]
    show(fun() -> [logger:allow(debug, ?MODULE), logger:allow(emergency, ?MODULE)] end),  % expect: [true,true]
    show(fun() -> logger:allow(odd, ?MODULE) end),  % expect: error function_clause
    show(fun() -> logger:set_module_level(?MODULE, error) end),  % expect: ok
    show(fun() -> [logger:allow(warning, ?MODULE), logger:allow(error, ?MODULE)] end),  % expect: [false,true]
    show(fun() -> logger:set_module_level([lists, maps], all) end),  % expect: ok
    show(fun() -> logger:set_module_level("x", all) end),  % expect: {error,{not_a_list_of_modules,"x"}}
    show(fun() -> logger:set_module_level(?MODULE, odd) end),  % expect: {error,{invalid_level,odd}}
    show(fun() -> lists:sort(logger:get_module_level()) end),  % expect: [{lists,all},{logger_handlers,error},{maps,all}]
    show(fun() -> logger:get_module_level(?MODULE) end),  % expect: [{logger_handlers,error}]
    show(fun() -> logger:get_module_level([lists, nothing]) end),  % expect: [{lists,all}]
    show(fun() -> logger:unset_module_level(lists) end),  % expect: ok
    show(fun() -> logger:unset_module_level([maps]) end),  % expect: ok
    show(fun() -> logger:unset_module_level() end),  % expect: ok
    show(fun() -> logger:get_module_level() end),  % expect: []
    show(fun() -> application:load({application, log_app, [{modules, [log_mod1, log_mod2]}]}) end),  % expect: ok
    show(fun() -> logger:set_application_level(log_app, warning) end),  % expect: ok
    show(fun() -> lists:sort(logger:get_module_level()) end),  % expect: [{log_mod1,warning},{log_mod2,warning}]
    show(fun() -> logger:unset_application_level(log_app) end),  % expect: ok
    show(fun() -> logger:set_application_level(no_such_app, warning) end),  % expect: {error,{not_loaded,no_such_app}}
    show(fun() -> logger:unset_application_level(no_such_app) end),  % expect: {error,{not_loaded,no_such_app}}
    show(fun() -> logger:compare_levels(error, warning) end),  % expect: gt
    show(fun() -> [logger:compare_levels(A, B) || {A, B} <- [{debug, info}, {error, error}, {none, emergency}, {all, debug}, {alert, critical}]] end),  % expect: [lt,eq,gt,lt,gt]
    show(fun() -> logger:compare_levels(odd, error) end),  % expect: error badarg
    show(fun() -> logger:get_process_metadata() end),  % expect: undefined
    show(fun() -> logger:set_process_metadata(#{req => 7}) end),  % expect: ok
    show(fun() -> logger:get_process_metadata() end),  % expect: #{req => 7}
    show(fun() -> logger:update_process_metadata(#{user => u}) end),  % expect: ok
    show(fun() -> logger:get_process_metadata() end),  % expect: #{req => 7,user => u}
    show(fun() -> [logger:error("with"), got()] end),  % expect: [ok,{error,{string,"with"},[gl,pid,time,{req,7},{user,u}],h1}]
    show(fun() -> [logger:error("with ~p", [x], #{req => 8}), got()] end),  % expect: [ok,{error,{"with ~p",[x]},[gl,pid,time,{req,8},{user,u}],h1}]
    show(fun() -> logger:set_process_metadata(foo) end),  % expect: error badarg
    show(fun() -> logger:unset_process_metadata() end),  % expect: ok
    show(fun() -> logger:get_process_metadata() end),  % expect: undefined
    show(fun() -> maps:without([filters], logger:get_primary_config()) end),  % expect: #{filter_default => log,level => debug,metadata => #{}}
    show(fun() -> logger:set_primary_config(metadata, #{app => me}) end),  % expect: ok
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,{error,{string,"x"},[gl,pid,time,{app,me}],h1}]
    show(fun() -> logger:update_primary_config(#{metadata => #{}}) end),  % expect: ok
    show(fun() -> logger:set_primary_config(level, odd) end),  % expect: {error,{invalid_level,odd}}
    show(fun() -> logger:set_primary_config(odd, x) end),  % expect: {error,{invalid_primary_config,{odd,x}}}
    show(fun() -> logger:set_primary_config(filter_default, stop) end),  % expect: ok
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,nothing]
    show(fun() -> logger:add_primary_filter(keeps, {fun ?MODULE:keep/2, [a]}) end),  % expect: ok
    show(fun() -> logger:add_primary_filter(keeps, {fun ?MODULE:keep/2, [a]}) end),  % expect: {error,{already_exist,keeps}}
    show(fun() -> logger:add_primary_filter(bad, foo) end),  % expect: {error,{invalid_filter,{bad,foo}}}
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,{error,{string,"x"},[gl,pid,time],h1}]
    show(fun() -> logger:remove_primary_filter(keeps) end),  % expect: ok
    show(fun() -> logger:remove_primary_filter(keeps) end),  % expect: {error,{not_found,keeps}}
    show(fun() -> logger:set_primary_config(#{level => debug}) end),  % expect: ok
    show(fun() -> maps:with([level, filter_default, filters], logger:get_primary_config()) end),  % expect: #{filter_default => log,filters => [],level => debug}
    show(fun() -> logger:add_handler_filter(h1, drops, {fun ?MODULE:drop/2, x}) end),  % expect: ok
    show(fun() -> logger:add_handler_filter(h1, drops, {fun ?MODULE:drop/2, x}) end),  % expect: {error,{already_exist,drops}}
    show(fun() -> logger:add_handler_filter(none, drops, {fun ?MODULE:drop/2, x}) end),  % expect: {error,{not_found,none}}
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,nothing]
    show(fun() -> logger:remove_handler_filter(h1, drops) end),  % expect: ok
    show(fun() -> logger:remove_handler_filter(h1, drops) end),  % expect: {error,{not_found,drops}}
    show(fun() -> logger:remove_handler_filter(none, drops) end),  % expect: {error,{not_found,none}}
    show(fun() -> logger:add_primary_filter(changes, {fun ?MODULE:keep/2, change}) end),  % expect: ok
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,{error,{string,"changed"},[gl,pid,time],h1}]
    show(fun() -> logger:remove_primary_filter(changes) end),  % expect: ok
    show(fun() -> logger:set_handler_config(h1, level, error) end),  % expect: ok
    show(fun() -> [logger:warning("x"), got(), logger:error("x"), got()] end),  % expect: [ok,nothing,ok,{error,{string,"x"},[gl,pid,time],h1}]
    show(fun() -> logger:set_handler_config(h1, #{level => all, config => #{name => renamed}}) end),  % expect: ok
    show(fun() -> logger:set_handler_config(none, level, error) end),  % expect: {error,{not_found,none}}
    show(fun() -> logger:set_handler_config(h1, level, odd) end),  % expect: {error,{invalid_level,odd}}
    show(fun() -> logger:update_handler_config(h1, #{config => #{more => 1}}) end),  % expect: ok
    show(fun() -> [logger:error("x"), got()] end),  % expect: [ok,{error,{string,"x"},[gl,pid,time],renamed}]
    show(fun() -> logger:update_handler_config(h1, config, #{name => again}) end),  % expect: ok
    show(fun() -> logger:update_handler_config(h1, level, notice) end),  % expect: ok
    show(fun() -> logger:update_handler_config(none, level, notice) end),  % expect: {error,{not_found,none}}
    show(fun() -> logger:set_handler_config(h1, config, refuse) end),  % expect: {error,refused}
    show(fun() -> logger:set_handler_config(h1, formatter, {logger_formatter, #{single_line => true}}) end),  % expect: ok
    show(fun() -> logger:update_formatter_config(h1, #{depth => 10}) end),  % expect: ok
    show(fun() -> logger:update_formatter_config(h1, max_size, 100) end),  % expect: ok
    show(fun() -> logger:update_formatter_config(h1, max_size, odd) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{max_size,odd}}}
    show(fun() -> logger:update_formatter_config(none, max_size, 100) end),  % expect: {error,{not_found,none}}
    show(fun() -> maps:get(formatter, element(2, logger:get_handler_config(h1))) end),  % expect: {logger_formatter,#{depth => 10,max_size => 100,single_line => true}}
    show(fun() -> lists:sort(maps:keys(element(2, logger:get_handler_config(h1)))) end),  % expect: [config,filter_default,filters,formatter,id,level,module]
    show(fun() -> logger:remove_handler(h1) end),  % expect: ok
    show(fun() -> next() end),  % expect: {removed,h1}
    show(fun() -> logger:remove_handler(h1) end),  % expect: {error,{not_found,h1}}
    show(fun() -> [logger:error("nobody listens"), got()] end),  % expect: [ok,nothing]
    show(fun() -> lists:sort(maps:keys(logger:get_config())) end),  % expect: [handlers,module_levels,primary,proxy]
    show(fun() -> logger:get_proxy_config() end),  % expect: #{burst_limit_enable => false,burst_limit_max_count => 500,burst_limit_window_time => 1000,drop_mode_qlen => 1000,flush_qlen => 5000,overload_kill_enable => false,overload_kill_mem_size => 3000000,overload_kill_qlen => 20000,overload_kill_restart_after => 5000,sync_mode_qlen => 500}
    show(fun() -> logger:set_proxy_config(#{burst_limit_enable => true}) end),  % expect: ok
    show(fun() -> logger:update_proxy_config(#{burst_limit_max_count => 10}) end),  % expect: ok
    show(fun() -> logger:set_proxy_config(#{odd => 1}) end),  % expect: {error,{invalid_olp_config,#{odd => 1}}}
    show(fun() -> logger:timestamp() > 1600000000000000 end),  % expect: true
    show(fun() -> logger:format_report([{a, 1}, {longer, "text"}, single]) end),  % expect: {"    ~tp: ~tp\n    ~tp: ~ts\n    ~tp",[a,1,longer,"text",single]}
    show(fun() -> logger:format_report(#{a => 1, b => [x]}) end),  % expect: {"    ~tp: ~tp\n    ~tp: ~tp",[a,1,b,[x]]}
    show(fun() -> logger:format_report(term) end),  % expect: {"~tp",[term]}
    show(fun() -> logger:format_report("string") end),  % expect: {"~ts",["string"]}
    show(fun() -> logger:format_report([]) end),  % expect: {"~tp",[[]]}
    show(fun() -> logger:format_otp_report(#{label => {a, b}, report => [{x, 1}]}) end),  % expect: {"    ~tp: ~tp",[x,1]}
    show(fun() -> logger:format_otp_report(#{label => {a, b}, report => "x"}) end),  % expect: {"~ts",["x"]}
    show(fun() -> logger:format_otp_report(#{other => 1}) end),  % expect: {"    ~tp: ~tp",[other,1]}
    show(fun() -> logger:add_handlers([{handler, h3, ?MODULE, #{config => #{name => h3}}}]) end),  % expect: ok
    show(fun() -> logger:add_handlers(foo) end),  % expect: ok
    show(fun() -> logger:add_handlers(log_app) end),  % expect: ok
    show(fun() -> logger:reconfigure() end).  % expect: ok

log(Event, #{config := Config}) -> log_tester ! {event, Event, Config}.
adding_handler(#{config := refuse}) -> {error, refused};
adding_handler(C) -> {ok, C}.
changing_config(_, _, #{config := refuse}) -> {error, refused};
changing_config(How, #{config := Old}, #{config := New} = C) when is_map(Old), is_map(New), How =:= update -> {ok, C#{config => maps:merge(Old, New)}};
changing_config(_, _, New) -> {ok, New}.
removing_handler(#{id := Id}) -> log_tester ! {removed, Id}, ok.

keep(Event, change) -> Event#{msg := {string, "changed"}};
keep(Event, _) -> Event.
drop(_, _) -> stop.
crashes(_, _) -> error(crash).

got() ->
    receive
        {event, #{level := L, msg := Msg, meta := Meta}, Config} ->
            {L, Msg, lists:sort([case M of {K, _} when K =:= time; K =:= gl; K =:= pid -> K; {mfa, {X, _, A}} -> {mfa, X, A}; {line, N} when N > 3 -> line; {file, _} -> file; _ -> M end || M <- maps:to_list(Meta)]),
             case Config of #{name := N} -> N; _ -> Config end}
    after 0 -> nothing
    end.

without_formatter({ok, H}) -> maps:to_list(maps:without([formatter], H)).
