%% Two holders of one name, and synchronising with nodes that are not there.
-module(global_conflicts).
-include("../show.hrl").

start() ->
    show(fun() -> [global:sync([]), global:sync([node()]), global:sync()] end),  % expect: [ok,ok,ok]
    show(fun() -> global:disconnect() end),  % expect: []
    show(fun() -> global:notify_all_name(the_name, spawn_teller(one), spawn_teller(two)) end),  % expect: none
    show(fun() -> lists:sort([next(), next()]) end),  % expect: [{one,global_name_conflict,the_name,true},{two,global_name_conflict,the_name,true}]
    show(fun() -> global:register_name(the_name, self(), fun global:notify_all_name/3) end),  % expect: yes
    show(fun() -> [global:whereis_name(the_name) =:= self(), global:unregister_name(the_name)] end).  % expect: [true,ok]

spawn_teller(Name) ->
    Me = self(),
    spawn(fun() -> receive {What, N, Other} -> Me ! {Name, What, N, is_pid(Other)} end end).
