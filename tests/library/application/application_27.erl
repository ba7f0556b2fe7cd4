%% What OTP 26 and 27 added: supervisors by application, several at once, concurrently.
% reference: OTP 27
-module(application_27).
-behaviour(application).
-export([start/2, stop/1, init/1]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    load_all(),
    show(fun() -> application:get_supervisor(no_such_app) end),  % expect: undefined
    show(fun() -> application:get_supervisor(al_leaf) end),  % expect: undefined
    show(fun() -> application:ensure_all_started([al_leaf, al_mid]) end),  % expect: {ok,[al_leaf,al_mid]}
    show(fun() -> application:get_supervisor(al_leaf) =:= {ok, whereis(sup_al_leaf)} end),  % expect: true
    show(fun() -> application:ensure_all_started([al_leaf], permanent) end),  % expect: {ok,[]}
    show(fun() -> application:ensure_all_started(al_top, temporary, concurrent) end),  % expect: {ok,[al_other,al_top]}
    show(fun() -> [application:stop(A) || A <- [al_top, al_other, al_mid, al_leaf]] end),  % expect: [ok,ok,ok,ok]
    show(fun() -> application:ensure_all_started([al_top, al_mid], temporary, serial) end).  % expect: {ok,[al_leaf,al_mid,al_other,al_top]}

load_all() ->
    [ok = application:load({application, N, [{vsn, "1"}, {modules, []}, {registered, []}, {applications, [kernel | Deps]}, {mod, {?MODULE, N}}]}) ||
        {N, Deps} <- [{al_leaf, []}, {al_mid, [al_leaf]}, {al_other, []}, {al_top, [al_mid, al_other]}]].

start(_, Name) -> supervisor:start_link({local, list_to_atom("sup_" ++ atom_to_list(Name))}, ?MODULE, []).
stop(_) -> ok.
init([]) -> {ok, {#{}, []}}.
