%% Loading, keys and environment of an application; no process is started.
-module(application_env).
-include("../show.hrl").

start() ->
    show(fun() -> application:load({application, env_app, keys()}) end),  % expect: ok
    show(fun() -> application:load({application, env_app, keys()}) end),  % expect: {error,{already_loaded,{application,env_app,[{description,"for the tests"},{vsn,"1.2.3"},{id,"the id"},{modules,[env_mod,env_mod2]},{registered,[env_reg]},{applications,[kernel,stdlib]},{included_applications,[]},{env,[{a,1},{b,"two"}]},{maxT,1000},{maxP,77}]}}}
    show(fun() -> application:load({application, other_app, [{env, [{b, 2}]}, {modules, [other_mod]}]}, []) end),  % expect: ok
    show(fun() -> application:load(no_such_app_anywhere) end),  % expect: {error,{"no such file or directory","no_such_app_anywhere.app"}}
    show(fun() -> application:load({application, bad_app, foo}) end),  % expect: {error,{invalid_options,foo}}
    show(fun() -> application:load(17) end),  % expect: {error,{bad_application,17}}
    show(fun() -> lists:keyfind(env_app, 1, application:loaded_applications()) end),  % expect: {env_app,"for the tests","1.2.3"}
    show(fun() -> lists:keyfind(other_app, 1, application:loaded_applications()) end),  % expect: {other_app,[],[]}
    show(fun() -> application:get_env(env_app, a) end),  % expect: {ok,1}
    show(fun() -> application:get_env(env_app, nothing) end),  % expect: undefined
    show(fun() -> application:get_env(env_app, a, default) end),  % expect: 1
    show(fun() -> application:get_env(env_app, nothing, default) end),  % expect: default
    show(fun() -> application:get_env(no_such_app, a) end),  % expect: undefined
    show(fun() -> application:get_env(no_such_app, a, default) end),  % expect: default
    show(fun() -> application:get_env(a) end),  % expect: undefined
    show(fun() -> application:get_env("x", a) end),  % expect: undefined
    show(fun() -> lists:sort(application:get_all_env(env_app)) end),  % expect: [{a,1},{b,"two"}]
    show(fun() -> application:get_all_env(no_such_app) end),  % expect: []
    show(fun() -> application:get_all_env() end),  % expect: []
    show(fun() -> application:set_env(env_app, a, changed) end),  % expect: ok
    show(fun() -> application:get_env(env_app, a) end),  % expect: {ok,changed}
    show(fun() -> application:set_env(env_app, c, [1], [{persistent, true}]) end),  % expect: ok
    show(fun() -> application:set_env(env_app, c, [2], 1000) end),  % expect: ok
    show(fun() -> application:set_env(env_app, d, 4, [{timeout, 5000}]) end),  % expect: ok
    show(fun() -> lists:sort(application:get_all_env(env_app)) end),  % expect: [{a,changed},{b,"two"},{c,[2]},{d,4}]
    show(fun() -> application:set_env("env_app", d, 4) end),  % expect: ok
    show(fun() -> application:set_env(env_app, "d", 4) end),  % expect: ok
    show(fun() -> application:set_env([{env_app, [{x, 10}, {y, 11}]}, {unknown_app, [{z, 1}]}]) end),  % expect: ok
    show(fun() -> application:set_env([{env_app, [{x, 12}]}], [{persistent, true}]) end),  % expect: ok
    show(fun() -> application:get_env(env_app, x) end),  % expect: {ok,12}
    show(fun() -> application:get_env(unknown_app, z) end),  % expect: {ok,1}
    show(fun() -> application:set_env([{env_app, [{x, 1}]}, {env_app, [{x, 2}]}]) end),  % expect: error {badarg,"duplicate application config: env_app"}
    show(fun() -> application:set_env([{env_app, [{x, 1}, {x, 2}]}]) end),  % expect: error {badarg,"application: env_app; duplicate parameter: x"}
    show(fun() -> application:set_env([env_app]) end),  % expect: error {badarg,"invalid application config: env_app"}
    show(fun() -> application:set_env([{env_app, foo}]) end),  % expect: error {badarg,"application: env_app; parameters must be a list"}
    show(fun() -> application:set_env(foo) end),  % expect: error function_clause
    show(fun() -> application:unset_env(env_app, x) end),  % expect: ok
    show(fun() -> application:unset_env(env_app, y, [{persistent, true}]) end),  % expect: ok
    show(fun() -> application:unset_env(env_app, never_there) end),  % expect: ok
    show(fun() -> application:unset_env(env_app, y, 500) end),  % expect: ok
    show(fun() -> lists:sort(application:get_all_env(env_app)) end),  % expect: [{a,changed},{b,"two"},{c,[2]},{d,4},{"d",4}]
    show(fun() -> application:get_key(env_app, vsn) end),  % expect: {ok,"1.2.3"}
    show(fun() -> application:get_key(env_app, description) end),  % expect: {ok,"for the tests"}
    show(fun() -> application:get_key(env_app, modules) end),  % expect: {ok,[env_mod,env_mod2]}
    show(fun() -> application:get_key(env_app, registered) end),  % expect: {ok,[env_reg]}
    show(fun() -> application:get_key(env_app, applications) end),  % expect: {ok,[kernel,stdlib]}
    show(fun() -> application:get_key(env_app, included_applications) end),  % expect: {ok,[]}
    show(fun() -> application:get_key(env_app, optional_applications) end),  % expect: {ok,[]}
    show(fun() -> application:get_key(env_app, mod) end),  % expect: {ok,[]}
    show(fun() -> application:get_key(env_app, start_phases) end),  % expect: {ok,undefined}
    show(fun() -> application:get_key(env_app, maxT) end),  % expect: {ok,1000}
    show(fun() -> application:get_key(env_app, maxP) end),  % expect: {ok,77}
    show(fun() -> application:get_key(env_app, id) end),  % expect: {ok,"the id"}
    show(fun() -> lists:sort(element(2, application:get_key(env_app, env))) end),  % expect: [{a,changed},{b,"two"},{c,[2]},{d,4},{"d",4}]
    show(fun() -> application:get_key(env_app, unknown_key) end),  % expect: undefined
    show(fun() -> application:get_key(no_such_app, vsn) end),  % expect: undefined
    show(fun() -> application:get_key(vsn) end),  % expect: undefined
    show(fun() -> lists:sort(lists:keydelete(env, 1, element(2, application:get_all_key(env_app)))) end),  % expect: [{applications,[kernel,stdlib]},{description,"for the tests"},{id,"the id"},{included_applications,[]},{maxP,77},{maxT,1000},{mod,[]},{modules,[env_mod,env_mod2]},{optional_applications,[]},{registered,[env_reg]},{start_phases,undefined},{vsn,"1.2.3"}]
    show(fun() -> application:get_all_key(no_such_app) end),  % expect: undefined
    show(fun() -> application:get_all_key() end),  % expect: []
    show(fun() -> application:get_application(env_mod) end),  % expect: {ok,env_app}
    show(fun() -> application:get_application(other_mod) end),  % expect: {ok,other_app}
    show(fun() -> application:get_application(no_such_module_at_all) end),  % expect: undefined
    show(fun() -> application:get_application(self()) end),  % expect: undefined
    show(fun() -> application:get_application() end),  % expect: undefined
    show(fun() -> application:permit(env_app, true) end),  % expect: ok
    show(fun() -> application:permit(no_such_app, true) end),  % expect: {error,{not_loaded,no_such_app}}
    show(fun() -> application:permit(env_app, perhaps) end),  % expect: exit {badarg,{application,permit,[env_app,perhaps]}}
    show(fun() -> application:start_type() end),  % expect: undefined
    show(fun() -> application:unload(env_app) end),  % expect: ok
    show(fun() -> application:unload(env_app) end),  % expect: {error,{not_loaded,env_app}}
    show(fun() -> application:unload(other_app) end),  % expect: ok
    show(fun() -> application:get_env(env_app, a) end),  % expect: undefined
    show(fun() -> application:get_env(env_app, c) end),  % expect: undefined
    show(fun() -> lists:keyfind(env_app, 1, application:loaded_applications()) end),  % expect: false
    show(fun() -> lists:sort([K || {K, _} <- application:info()]) end).  % expect: [loaded,loading,running,start_p_false,started,starting]

keys() ->
    [{description, "for the tests"}, {vsn, "1.2.3"}, {id, "the id"}, {modules, [env_mod, env_mod2]}, {registered, [env_reg]},
     {applications, [kernel, stdlib]}, {included_applications, []}, {env, [{a, 1}, {b, "two"}]}, {maxT, 1000}, {maxP, 77}].
