%% What a process that handles system messages itself calls: options, events, the log.
-module(sys_callbacks).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> sys:get_log(sys:debug_options([])) end),  % expect: []
    show(fun() -> sys:get_log(logged([a, b, c], [{log, 10}])) end),  % expect: [a,b,c]
    show(fun() -> sys:get_log(logged([a, b, c], [{log, 2}])) end),  % expect: [b,c]
    show(fun() -> sys:get_log(logged([a, b], [statistics])) end),  % expect: []
    show(fun() -> [length(sys:debug_options(O)) || O <- [[trace], [log], [{log, 3}], [statistics, trace], [{no_such, 1}]]] end),  % expect: [1,1,1,2,0]
    show(fun() -> sys:get_debug(log, sys:debug_options([]), none) end),  % expect: none
    show(fun() -> sys:get_debug(trace, sys:debug_options([trace]), none) end),  % expect: true
    show(fun() -> sys:get_debug(statistics, sys:debug_options([trace]), none) end),  % expect: none
    show(fun() -> sys:handle_debug([], fun form/3, extra, event) end),  % expect: []
    show(fun() -> Self = self(), installed(fun(S, E, X) -> Self ! {S, E, X}, S + 1 end, [e1, e2]), [next(0), next(0), next(0)] end),  % expect: [{0,e1,x},{1,e2,x},nothing]
    show(fun() -> Self = self(), installed(fun(_, E, _) -> Self ! E, done end, [e1, e2]), [next(0), next(0)] end),  % expect: [e1,nothing]
    show(fun() -> output(fun() -> sys:print_log(logged([a, {in, msg}], [{log, 5}])) end) end),  % expect: "a in x\n{in,msg} in x\n"
    show(fun() -> output(fun() -> sys:handle_debug(sys:debug_options([trace]), fun form/3, extra, {in, hello}) end) end).  % expect: "{in,hello} in extra\n"

form(Device, Event, Extra) -> io:format(Device, "~p in ~p~n", [Event, Extra]).

logged(Events, Options) ->
    lists:foldl(fun(E, D) -> sys:handle_debug(D, fun form/3, x, E) end, sys:debug_options(Options), Events).

installed(F, Events) ->
    lists:foldl(fun(E, D) -> sys:handle_debug(D, fun form/3, x, E) end, sys:debug_options([{install, {F, 0}}]), Events).
