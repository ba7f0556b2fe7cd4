%% Which of two contradictions in a child specification is told; which children a specification is known of.
-module(combinations).
-export([init/1, child/0]).
-include("../show.hrl").

start() ->
    Spec = #{id => a, start => {?MODULE, child, []}, significant => true},
    show(fun() -> [supervisor:check_childspecs([S]) || S <- [Spec, Spec#{restart => temporary}, Spec#{significant => false}]] end),  % expect: [{error,{bad_combination,[{restart,permanent},{significant,true}]}},ok,ok]
    show(fun() -> [supervisor:check_childspecs([S], A) || S <- [Spec, Spec#{restart => transient}], A <- [never, any_significant, all_significant]] end),  % expect: [{error,{bad_combination,[{auto_shutdown,never},{significant,true}]}},{error,{bad_combination,[{restart,permanent},{significant,true}]}},{error,{bad_combination,[{restart,permanent},{significant,true}]}},{error,{bad_combination,[{auto_shutdown,never},{significant,true}]}},ok,ok]
    show(fun() -> {ok, S} = supervisor:start_link(?MODULE, [Spec#{significant => false}]), [{a, P, _, _}] = supervisor:which_children(S), {element(1, supervisor:get_childspec(S, a)), supervisor:get_childspec(S, b), supervisor:get_childspec(S, P)} end).  % expect: {ok,{error,not_found},{error,not_found}}

init(Specs) -> {ok, {#{}, Specs}}.

child() -> {ok, spawn_link(fun() -> receive stop -> ok end end)}.
