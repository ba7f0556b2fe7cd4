%% A lock that its process has set twice is free when it is deleted once.
-module(global_lock_twice).
-include("../show.hrl").

start() ->
    show(fun() -> [global:set_lock({twice, self()}), global:set_lock({twice, self()})] end),  % expect: [true,true]
    show(fun() -> global:set_lock({twice, other}, [node()], 0) end),  % expect: false
    show(fun() -> global:del_lock({twice, self()}) end),  % expect: true
    show(fun() -> global:set_lock({twice, other}, [node()], 0) end),  % expect: true
    show(fun() -> global:del_lock({twice, other}) end).  % expect: true
