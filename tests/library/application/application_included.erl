%% Included applications: their loading, and their parts of the start phases.
-module(application_included).
-behaviour(application).
-export([start/2, stop/1, prep_stop/1, start_phase/3]).
-include("../show.hrl").

start() ->
    show(fun() -> begin register(in_watch, self()), logger:set_primary_config(level, none) end end),  % expect: ok
    show(fun() -> loaded(in_part, [{mod, {application_included, {in_part, ok}}}, {start_phases, [{two, part}, {three, part}, {other, part}]}]) end),  % expect: ok
    show(fun() -> loaded(in_deep, [{mod, {application_starter, [application_included, {in_deep, ok}]}}, {start_phases, [{three, deep}]}]) end),  % expect: ok
    show(fun() -> loaded(in_below, [{mod, {application_included, {in_below, ok}}}, {start_phases, [{two, below}, {three, below}]}]) end),  % expect: ok
    show(fun() -> loaded(in_middle, [{included_applications, [in_below]}, {mod, {application_starter, [application_included, {in_middle, ok}]}}, {start_phases, [{three, middle}]}]) end),  % expect: ok
    show(fun() -> loaded(in_plain, [{included_applications, [in_deep]}]) end),  % expect: ok
    show(fun() -> loaded(in_top, [{included_applications, [in_part, in_plain, in_middle]}, {mod, {application_starter, [application_included, {in_top, ok}]}}, {start_phases, [{one, a}, {two, b}, {three, c}]}]) end),  % expect: ok
    show(fun() -> application:start(in_top) end),  % expect: ok
    show(fun() -> [next(), next(), next(), next(), next(), next(), next(), next(), next(10)] end),  % expect: [{start,in_top,normal},{phase,one,normal,a},{phase,two,normal,b},{phase,two,normal,part},{phase,two,normal,below},{phase,three,normal,c},{phase,three,normal,part},{phase,three,normal,middle},{phase,three,normal,below}]
    show(fun() -> application:get_application(in_part) end),  % expect: undefined
    show(fun() -> application:stop(in_top) end),  % expect: ok
    show(fun() -> [next(), next(), next(10)] end),  % expect: [{prep_stop,[]},{stop,[]},nothing]
    show(fun() -> loaded(in_crash, [{mod, {application_included, {in_crash, ok}}}, {start_phases, [{one, a}, {odd, b}]}]) end),  % expect: ok
    show(fun() -> application:start(in_crash) end),  % expect: {error,{bad_return_value,{{application_included,start_phase,[odd,normal,b]},nonsense}}}
    show(fun() -> drain() end),  % expect: drained
    show(fun() -> loaded(in_missing, [{included_applications, [no_such_part]}]) end),  % expect: {error,{"no such file or directory","no_such_part.app"}}
    show(fun() -> loaded(in_missing, []) end),  % expect: {error,{already_loaded,{application,in_missing,[{applications,[kernel]}]}}}
    show(fun() -> loaded(in_library, [{included_applications, [kernel]}]) end),  % expect: ok
    show(fun() -> [application:get_key(A, vsn) || A <- [7, "kernel", {}]] end).  % expect: [undefined,undefined,undefined]

loaded(App, Keys) -> application:load({application, App, [{applications, [kernel]} | Keys]}).

start(Type, {App, Result}) ->
    in_watch ! {start, App, Type},
    case Result of
        ok -> {ok, spawn_link(fun() -> receive never -> ok end end)};
        Other -> Other
    end.

prep_stop(State) -> in_watch ! {prep_stop, State}, State.

stop(State) -> in_watch ! {stop, State}.

start_phase(crash, _, _) -> error(crashed);
start_phase(odd, _, _) -> nonsense;
start_phase(Phase, Type, Arg) -> in_watch ! {phase, Phase, Type, Arg}, ok.
