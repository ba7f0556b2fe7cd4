%% Starting and stopping: dependencies, types, callbacks, phases, failures.
-module(application_start).
-behaviour(application).
-export([start/2, stop/1, prep_stop/1, config_change/3, start_phase/3, init/1]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    register(start_watch, self()),
    load_all(),
    show(fun() -> application:start(st_leaf) end),  % expect: ok
    show(fun() -> application:start(st_leaf) end),  % expect: {error,{already_started,st_leaf}}
    show(fun() -> next() end),  % expect: {start,normal,st_leaf}
    show(fun() -> lists:keyfind(st_leaf, 1, application:which_applications()) end),  % expect: {st_leaf,[],"1"}
    show(fun() -> lists:keyfind(st_leaf, 1, application:which_applications(1000)) end),  % expect: {st_leaf,[],"1"}
    show(fun() -> application:get_application(whereis(sup_st_leaf)) end),  % expect: {ok,st_leaf}
    show(fun() -> application:get_application() end),  % expect: undefined
    show(fun() -> asked(sup_st_leaf) end),  % expect: {answer,{ok,st_leaf},{ok,here},undefined,[{e,here}],{ok,"1"},ok}
    show(fun() -> application:stop(st_leaf) end),  % expect: ok
    show(fun() -> [next(), next(), next(10)] end),  % expect: [{prep_stop,{state,st_leaf}},{stop,{prepared,{state,st_leaf}}},nothing]
    show(fun() -> application:stop(st_leaf) end),  % expect: {error,{not_started,st_leaf}}
    show(fun() -> application:stop(no_such_app) end),  % expect: {error,{not_started,no_such_app}}
    show(fun() -> whereis(sup_st_leaf) end),  % expect: undefined
    show(fun() -> application:start(st_top) end),  % expect: {error,{not_started,st_mid}}
    show(fun() -> application:start(no_such_app) end),  % expect: {error,{"no such file or directory","no_such_app.app"}}
    show(fun() -> application:ensure_started(st_leaf) end),  % expect: ok
    show(fun() -> application:ensure_started(st_leaf) end),  % expect: ok
    show(fun() -> application:ensure_started(st_top, permanent) end),  % expect: {error,{not_started,st_mid}}
    show(fun() -> application:ensure_started(no_such_app) end),  % expect: {error,{"no such file or directory","no_such_app.app"}}
    show(fun() -> application:ensure_all_started(st_top) end),  % expect: {ok,[st_mid,st_top]}
    show(fun() -> [next(), next(), next(), next(10)] end),  % expect: [{start,normal,st_leaf},{start,normal,st_mid},{start,normal,st_top},nothing]
    show(fun() -> application:ensure_all_started(st_top) end),  % expect: {ok,[]}
    show(fun() -> [application:stop(A) || A <- [st_top, st_mid, st_leaf]] end),  % expect: [ok,ok,ok]
    show(fun() -> [next(), next(), next(), next(), next(), next(), next(10)] end),  % expect: [{prep_stop,{state,st_top}},{stop,{prepared,{state,st_top}}},{prep_stop,{state,st_mid}},{stop,{prepared,{state,st_mid}}},{prep_stop,{state,st_leaf}},{stop,{prepared,{state,st_leaf}}},nothing]
    show(fun() -> application:ensure_all_started(st_top, temporary) end),  % expect: {ok,[st_leaf,st_mid,st_top]}
    show(fun() -> [application:stop(A) || A <- [st_top, st_mid, st_leaf]] end),  % expect: [ok,ok,ok]
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> application:ensure_all_started(st_needs_missing) end),  % expect: {error,{st_missing,{"no such file or directory","st_missing.app"}}}
    show(fun() -> application:ensure_all_started(st_fails) end),  % expect: {error,{st_fails,{because,{application_start,start,[normal,{st_fails,{error,because}}]}}}}
    show(fun() -> application:start(st_fails) end),  % expect: {error,{because,{application_start,start,[normal,{st_fails,{error,because}}]}}}
    show(fun() -> application:start(st_crashes) end),  % expect: {error,{bad_return,{{application_start,start,[normal,{st_crashes,crash}]},{'EXIT',{crashed,{at,application_start,start,2}}}}}}
    show(fun() -> application:start(st_bad_return) end),  % expect: {error,{bad_return,{{application_start,start,[normal,{st_bad_return,nonsense}]},nonsense}}}
    show(fun() -> application:start(st_top, nonsense) end),  % expect: {error,{invalid_restart_type,nonsense}}
    show(fun() -> application:start(st_phases) end),  % expect: ok
    show(fun() -> [next(), next(), next(), next(10)] end),  % expect: [{start,normal,st_phases},{phase,one,normal,[a]},{phase,two,normal,[b]},nothing]
    show(fun() -> application:start_type() end),  % expect: undefined
    show(fun() -> application:stop(st_phases) end),  % expect: ok
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> application:start(st_top_opt) end),  % expect: ok
    show(fun() -> next() end),  % expect: {start,normal,st_top_opt}
    show(fun() -> application:stop(st_top_opt) end),  % expect: ok
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> application:start(st_dies, temporary) end),  % expect: ok
    show(fun() -> [exit(whereis(sup_st_dies), kill), gone(st_dies)] end),  % expect: [true,gone]
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> application:start(st_dies, transient) end),  % expect: ok
    show(fun() -> [supervisor_stops(), gone(st_dies)] end),  % expect: [normal,gone]
    show(fun() -> application:start({application, st_inline, [{vsn, "3"}, {applications, [kernel]}]}) end),  % expect: ok
    show(fun() -> application:stop(st_inline) end),  % expect: ok
    show(fun() -> application:start_boot(st_inline) end),  % expect: ok
    show(fun() -> application:start_boot(st_leaf, temporary) end),  % expect: ok
    show(fun() -> [application:stop(st_leaf), application:stop(st_inline)] end),  % expect: [ok,ok]
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> application:unload(st_leaf) end).  % expect: ok

load_all() ->
    [ok = application:load({application, N, [{vsn, "1"}, {modules, []}, {registered, []} | K]}) || {N, K} <-
        [{st_leaf, [{applications, [kernel, stdlib]}, mod(st_leaf, ok), {env, [{e, here}]}]},
         {st_mid, [{applications, [kernel, st_leaf]}, mod(st_mid, ok)]},
         {st_top, [{applications, [st_mid, st_leaf]}, mod(st_top, ok)]},
         {st_top_opt, [{applications, [kernel, missing_app]}, {optional_applications, [missing_app]}, mod(st_top_opt, ok)]},
         {st_needs_missing, [{applications, [st_missing]}, mod(st_needs_missing, ok)]},
         {st_fails, [{applications, []}, mod(st_fails, {error, because})]},
         {st_crashes, [{applications, []}, mod(st_crashes, crash)]},
         {st_bad_return, [{applications, []}, mod(st_bad_return, nonsense)]},
         {st_dies, [{applications, []}, mod(st_dies, ok)]},
         {st_phases, [{applications, []}, {start_phases, [{one, [a]}, {two, [b]}]}, mod(st_phases, ok)]}]].

mod(Name, What) -> {mod, {?MODULE, {Name, What}}}.

start(Type, {Name, ok}) ->
    start_watch ! {start, Type, Name},
    {ok, Pid} = supervisor:start_link({local, list_to_atom("sup_" ++ atom_to_list(Name))}, ?MODULE, []),
    {ok, Pid, {state, Name}};
start(_, {_, crash}) -> error(crashed);
start(_, {_, Other}) -> Other.

prep_stop(State) -> start_watch ! {prep_stop, State}, {prepared, State}.
stop(State) -> start_watch ! {stop, State}.
config_change(_, _, _) -> ok.
start_phase(Phase, Type, Args) -> start_watch ! {phase, Phase, Type, Args}, ok.

init([]) ->
    {ok, {#{}, [#{id => asker, start => {proc_lib, start_link, [erlang, apply, [fun asker/0, []]]}}]}}.

%% A process of the application that answers questions about it.
asker() ->
    proc_lib:init_ack({ok, self()}),
    receive
        {From, ask} ->
            From ! {answer, application:get_application(), application:get_env(e), application:get_env(none),
                    application:get_all_env(), application:get_key(vsn), element(1, application:get_all_key())},
            asker();
        stop -> ok
    end.

asked(Sup) ->
    [{_, Pid, _, _}] = supervisor:which_children(Sup),
    Pid ! {self(), ask},
    next().


supervisor_stops() ->
    M = monitor(process, sup_st_dies),
    sys:terminate(whereis(sup_st_dies), normal),
    receive {'DOWN', M, _, _, R} -> R after 30000 -> alive end.

%% The application leaves the list of running ones soon after its supervisor died.
gone(App) -> gone(App, 6000).
gone(_, 0) -> still_there;
gone(App, N) ->
    case lists:keymember(App, 1, application:which_applications()) of
        true -> timer:sleep(5), gone(App, N - 1);
        false -> gone
    end.
