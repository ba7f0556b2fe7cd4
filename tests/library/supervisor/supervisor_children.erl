%% Children at run time, checking of specifications, simple_one_for_one, names.
-module(supervisor_children).
-behaviour(supervisor).
-export([init/1, child/0, child/1, child/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> supervisor:start_link({local, sup_x}, ?MODULE, {ok, {#{}, []}}) end),  % expect: {ok,pid}
    show(fun() -> supervisor:start_link({local, sup_x}, ?MODULE, {ok, {#{}, []}}) end),  % expect: {error,{already_started,pid}}
    show(fun() -> supervisor:start_link(?MODULE, ignore) end),  % expect: ignore
    show(fun() -> supervisor:start_link(?MODULE, nonsense) end),  % expect: {error,{bad_return,{supervisor_children,init,nonsense}}}
    show(fun() -> supervisor:start_link(?MODULE, crash) end),  % expect: {error,{crash,{at,supervisor_children,init,1}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{strategy => odd}, []}}) end),  % expect: {error,{supervisor_data,{invalid_strategy,odd}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{intensity => -1}, []}}) end),  % expect: {error,{supervisor_data,{invalid_intensity,-1}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{period => 0}, []}}) end),  % expect: {error,{supervisor_data,{invalid_period,0}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{auto_shutdown => perhaps}, []}}) end),  % expect: {error,{supervisor_data,{invalid_auto_shutdown,perhaps}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {{one_for_one, 1, 5}, []}}) end),  % expect: {ok,pid}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {foo, []}}) end),  % expect: {error,{supervisor_data,{invalid_type,foo}}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{}, [#{id => a}]}}) end),  % expect: {error,{start_spec,missing_start}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{strategy => simple_one_for_one}, []}}) end),  % expect: {error,{bad_start_spec,[]}}
    show(fun() -> supervisor:start_link(?MODULE, {ok, {#{strategy => simple_one_for_one}, [spec(a), spec(b)]}}) end),  % expect: {error,{bad_start_spec,[#{id => a,start => {supervisor_children,child,[]}},#{id => b,start => {supervisor_children,child,[]}}]}}
    show(fun() -> supervisor:get_callback_module(sup_x) end),  % expect: supervisor_children
    show(fun() -> supervisor:start_child(sup_x, spec(a)) end),  % expect: {ok,pid}
    show(fun() -> supervisor:start_child(sup_x, spec(a)) end),  % expect: {error,{already_started,pid}}
    show(fun() -> supervisor:start_child(sup_x, {b, {?MODULE, child, []}, permanent, 1000, worker, [?MODULE]}) end),  % expect: {ok,pid}
    show(fun() -> supervisor:start_child(sup_x, #{id => info, start => {?MODULE, child, [info]}}) end),  % expect: {ok,pid,more_info}
    show(fun() -> supervisor:start_child(sup_x, #{id => ign, start => {?MODULE, child, [ignore]}}) end),  % expect: {ok,undefined}
    show(fun() -> supervisor:start_child(sup_x, #{id => temp_ign, start => {?MODULE, child, [ignore]}, restart => temporary}) end),  % expect: {ok,undefined}
    show(fun() -> supervisor:start_child(sup_x, #{id => err, start => {?MODULE, child, [{error, no}]}}) end),  % expect: {error,{no,{child,undefined,err,{supervisor_children,child,[{error,no}]},permanent,false,5000,worker,[supervisor_children]}}}
    show(fun() -> supervisor:start_child(sup_x, #{id => cr, start => {?MODULE, child, [crash]}}) end),  % expect: {error,{{'EXIT',{crash,{at,supervisor_children,child,1}}},{child,undefined,cr,{supervisor_children,child,[crash]},permanent,false,5000,worker,[supervisor_children]}}}
    show(fun() -> supervisor:start_child(sup_x, #{id => undef, start => {no_such_module_here, start, []}}) end),  % expect: {error,{{'EXIT',{undef,{at,no_such_module_here,start,0}}},{child,undefined,undef,{no_such_module_here,start,[]},permanent,false,5000,worker,[no_such_module_here]}}}
    show(fun() -> supervisor:start_child(sup_x, foo) end),  % expect: {error,{invalid_child_spec,foo}}
    show(fun() -> supervisor:start_child(sup_x, #{id => c}) end),  % expect: {error,missing_start}
    show(fun() -> supervisor:start_child(sup_x, #{start => {a, b, []}}) end),  % expect: {error,missing_id}
    show(fun() -> [Id || {Id, _, _, _} <- supervisor:which_children(sup_x)] end),  % expect: [ign,info,b,a]
    show(fun() -> supervisor:which_children(sup_x) end),  % expect: [{ign,undefined,worker,[supervisor_children]},{info,pid,worker,[supervisor_children]},{b,pid,worker,[supervisor_children]},{a,pid,worker,[supervisor_children]}]
    show(fun() -> lists:sort(supervisor:count_children(sup_x)) end),  % expect: [{active,3},{specs,4},{supervisors,0},{workers,4}]
    show(fun() -> supervisor:get_childspec(sup_x, a) end),  % expect: {ok,#{id => a,modules => [supervisor_children],restart => permanent,shutdown => 5000,significant => false,start => {supervisor_children,child,[]},type => worker}}
    show(fun() -> supervisor:get_childspec(sup_x, b) end),  % expect: {ok,#{id => b,modules => [supervisor_children],restart => permanent,shutdown => 1000,significant => false,start => {supervisor_children,child,[]},type => worker}}
    show(fun() -> supervisor:get_childspec(sup_x, none) end),  % expect: {error,not_found}
    show(fun() -> supervisor:terminate_child(sup_x, a) end),  % expect: ok
    show(fun() -> supervisor:terminate_child(sup_x, a) end),  % expect: ok
    show(fun() -> supervisor:terminate_child(sup_x, none) end),  % expect: {error,not_found}
    show(fun() -> supervisor:restart_child(sup_x, a) end),  % expect: {ok,pid}
    show(fun() -> supervisor:restart_child(sup_x, a) end),  % expect: {error,running}
    show(fun() -> supervisor:restart_child(sup_x, none) end),  % expect: {error,not_found}
    show(fun() -> supervisor:delete_child(sup_x, a) end),  % expect: {error,running}
    show(fun() -> [supervisor:terminate_child(sup_x, a), supervisor:delete_child(sup_x, a), supervisor:delete_child(sup_x, a)] end),  % expect: [ok,ok,{error,not_found}]
    show(fun() -> supervisor:which_children(no_such_supervisor) end),  % expect: exit {noproc,{gen_server,call,[no_such_supervisor,which_children,infinity]}}
    show(fun() -> supervisor:start_link({local, sup_s}, ?MODULE, {ok, {#{strategy => simple_one_for_one, intensity => 5}, [#{id => w, start => {?MODULE, child, []}, restart => temporary}]}}) end),  % expect: {ok,pid}
    show(fun() -> [element(1, supervisor:start_child(sup_s, [])), element(1, supervisor:start_child(sup_s, [ok])), supervisor:start_child(sup_s, [info])] end),  % expect: [ok,ok,{ok,pid,more_info}]
    show(fun() -> supervisor:start_child(sup_s, [ignore]) end),  % expect: {ok,undefined}
    show(fun() -> supervisor:start_child(sup_s, [{error, no}]) end),  % expect: {error,no}
    show(fun() -> supervisor:start_child(sup_s, [too, many, arguments]) end),  % expect: {error,{'EXIT',{undef,{at,supervisor_children,child,3}}}}
    show(fun() -> supervisor:start_child(sup_s, not_a_list) end),  % expect: {error,{'EXIT',{badarg,{at,erlang,apply,3}}}}
    show(fun() -> supervisor:start_child(sup_s, spec(a)) end),  % expect: {error,{'EXIT',{badarg,{at,erlang,apply,3}}}}
    show(fun() -> supervisor:which_children(sup_s) end),  % expect: [{undefined,pid,worker,[supervisor_children]},{undefined,pid,worker,[supervisor_children]},{undefined,pid,worker,[supervisor_children]}]
    show(fun() -> lists:sort(supervisor:count_children(sup_s)) end),  % expect: [{active,3},{specs,1},{supervisors,0},{workers,3}]
    show(fun() -> supervisor:terminate_child(sup_s, element(2, hd(supervisor:which_children(sup_s)))) end),  % expect: ok
    show(fun() -> supervisor:terminate_child(sup_s, w) end),  % expect: {error,simple_one_for_one}
    show(fun() -> supervisor:terminate_child(sup_s, self()) end),  % expect: {error,not_found}
    show(fun() -> supervisor:delete_child(sup_s, w) end),  % expect: {error,simple_one_for_one}
    show(fun() -> supervisor:restart_child(sup_s, w) end),  % expect: {error,simple_one_for_one}
    show(fun() -> supervisor:get_childspec(sup_s, w) end),  % expect: {ok,#{id => w,modules => [supervisor_children],restart => temporary,shutdown => 5000,significant => false,start => {supervisor_children,child,[]},type => worker}}
    show(fun() -> supervisor:get_childspec(sup_s, element(2, hd(supervisor:which_children(sup_s)))) end),  % expect: {ok,#{id => w,modules => [supervisor_children],restart => temporary,shutdown => 5000,significant => false,start => {supervisor_children,child,[]},type => worker}}
    show(fun() -> lists:sort(supervisor:count_children(sup_s)) end),  % expect: [{active,2},{specs,1},{supervisors,0},{workers,2}]
    show(fun() -> supervisor:check_childspecs([spec(a), {b, {m, f, []}, transient, brutal_kill, supervisor, dynamic}]) end),  % expect: ok
    show(fun() -> supervisor:check_childspecs([spec(a)], undefined) end),  % expect: ok
    show(fun() -> supervisor:check_childspecs([spec(a)], never) end),  % expect: ok
    show(fun() -> supervisor:check_childspecs([(spec(a))#{significant => true, restart => transient}], never) end),  % expect: {error,{bad_combination,[{auto_shutdown,never},{significant,true}]}}
    show(fun() -> supervisor:check_childspecs([(spec(a))#{significant => true, restart => transient}], any_significant) end),  % expect: ok
    show(fun() -> supervisor:check_childspecs([(spec(a))#{significant => true, restart => permanent}], all_significant) end),  % expect: {error,{bad_combination,[{restart,permanent},{significant,true}]}}
    show(fun() -> supervisor:check_childspecs([spec(a)], nonsense) end),  % expect: {error,{badarg,nonsense}}
    show(fun() -> supervisor:check_childspecs(foo) end),  % expect: {error,{badarg,foo}}
    show(fun() -> supervisor:check_childspecs([foo]) end),  % expect: {error,{invalid_child_spec,foo}}
    show(fun() -> supervisor:check_childspecs([spec(a), spec(a)]) end),  % expect: {error,{duplicate_child_name,a}}
    show(fun() -> [supervisor:check_childspecs([maps:merge(spec(a), M)]) || M <- bad()] end),  % expect: [{error,{invalid_mfa,foo}},{error,{invalid_mfa,{m,f,a}}},{error,{invalid_mfa,{"m",f,[]}}},{error,{invalid_restart_type,odd}},{error,{invalid_shutdown,-1}},{error,{invalid_shutdown,odd}},{error,{invalid_child_type,odd}},{error,{invalid_modules,odd}},{error,{invalid_module,"m"}},{error,{invalid_significant,odd}},ok,ok]
    show(fun() -> [supervisor:check_childspecs([setelement(N, {a, {m, f, []}, permanent, 100, worker, [m]}, bad)]) || N <- [2, 3, 4, 5, 6]] end),  % expect: [{error,{invalid_mfa,bad}},{error,{invalid_restart_type,bad}},{error,{invalid_shutdown,bad}},{error,{invalid_child_type,bad}},{error,{invalid_modules,bad}}]
    show(fun() -> [sys:replace_state(sup_x, fun(S) -> S end) =:= sys:get_state(sup_x)] end),  % expect: [true]
    show(fun() -> sys:change_code(sup_x, ?MODULE, old, extra) end),  % expect: {error,{unknown_system_msg,{change_code,supervisor_children,old,extra}}}
    show(fun() -> [sys:suspend(sup_x), sys:change_code(sup_x, ?MODULE, old, extra), sys:resume(sup_x)] end).  % expect: [ok,ok,ok]

init(crash) -> error(crash);
init(X) -> X.
child() -> {ok, spawn_link(fun stay/0)}.
child(ok) -> child();
child(info) -> {ok, P} = child(), {ok, P, more_info};
child(crash) -> error(crash);
child(X) -> X.
child(A, B) -> {A, B}.
stay() -> receive never -> ok end.
spec(Id) -> #{id => Id, start => {?MODULE, child, []}}.
bad() ->
    [#{start => foo}, #{start => {m, f, a}}, #{start => {"m", f, []}}, #{restart => odd}, #{shutdown => -1}, #{shutdown => odd}, #{type => odd},
     #{modules => odd}, #{modules => ["m"]}, #{significant => odd}, #{restart => temporary, shutdown => infinity}, #{type => supervisor, shutdown => 5}].
