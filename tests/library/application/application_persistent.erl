%% What is set before an application is loaded gives way to its own environment, unless it is persistent.
-module(application_persistent).
-include("../show.hrl").

start() ->
    show(fun() -> application:set_env(pe_one, k, set) end),  % expect: ok
    show(fun() -> application:set_env(pe_one, other, set) end),  % expect: ok
    show(fun() -> loaded(pe_one, [{k, file}, {k, again}]) end),  % expect: ok
    show(fun() -> lists:sort(application:get_all_env(pe_one)) end),  % expect: [{k,again},{other,set}]
    show(fun() -> application:set_env(pe_two, k, set, [{persistent, true}]) end),  % expect: ok
    show(fun() -> loaded(pe_two, [{k, file}, {j, file}]) end),  % expect: ok
    show(fun() -> lists:sort(application:get_all_env(pe_two)) end),  % expect: [{j,file},{k,set}]
    show(fun() -> application:unload(pe_two) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: undefined
    show(fun() -> loaded(pe_two, [{k, file}]) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: {ok,set}
    show(fun() -> application:set_env(pe_two, k, later) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: {ok,later}
    show(fun() -> application:unload(pe_two) end),  % expect: ok
    show(fun() -> loaded(pe_two, [{k, file}]) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: {ok,set}
    show(fun() -> application:unset_env(pe_two, k, [{persistent, true}]) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: undefined
    show(fun() -> application:unload(pe_two) end),  % expect: ok
    show(fun() -> loaded(pe_two, [{k, file}]) end),  % expect: ok
    show(fun() -> application:get_env(pe_two, k) end),  % expect: {ok,file}
    show(fun() -> application:set_env([{pe_three, [{k, set}]}], [{persistent, true}]) end),  % expect: ok
    show(fun() -> loaded(pe_three, [{k, file}]) end),  % expect: ok
    show(fun() -> application:get_env(pe_three, k) end),  % expect: {ok,set}
    show(fun() -> application:set_env(pe_three, k, v, foo) end),  % expect: error function_clause
    show(fun() -> application:unset_env(pe_three, k, foo) end),  % expect: error function_clause
    show(fun() -> application:set_env([{"pe_three", []}]) end).  % expect: error {badarg,"application: \"pe_three\"; application name must be an atom"}

loaded(App, Env) -> application:load({application, App, [{env, Env}]}).
