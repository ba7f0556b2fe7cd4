%% Functions of init that have no place once the system has started.
-module(init_states).
-include("../show.hrl").

start() ->
    show(fun() -> init:notify_when_started(self()) end),  % expect: started
    show(fun() -> next(50) end),  % expect: nothing
    show(fun() -> init:boot([]) end),  % expect: error badarg
    show(fun() -> init:boot(foo) end),  % expect: error badarg
    show(fun() -> init:restart(foo) end),  % expect: error function_clause
    show(fun() -> init:restart([foo]) end),  % expect: error badarg
    show(fun() -> init:restart([{mode, odd}]) end),  % expect: error badarg
    show(fun() -> init:restart([{mode, embedded}, odd]) end).  % expect: error badarg
