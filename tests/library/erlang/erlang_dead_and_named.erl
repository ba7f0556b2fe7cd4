%% What is said of processes that have ended, of names nobody has, of options that are none; monitors of ports by name.
-module(erlang_dead_and_named).
-include("../show.hrl").

start() ->
    Dead = dead(),
    Other = spawn(fun() -> receive stop -> ok end end),  % expect: {'DOWN',port,{nobody,nonode@nohost},noproc}
    show(fun() -> down(monitor(port, nobody)) end),  % expect: {'DOWN',port,{nobody,nonode@nohost},noproc}
    show(fun() -> down(monitor(port, {nobody, node()})) end),  % expect: {'DOWN',port,{init,nonode@nohost},noproc}
    show(fun() -> down(monitor(port, init)) end),  % expect: {t,port,{nobody,nonode@nohost},noproc}
    show(fun() -> down(monitor(port, nobody, [{tag, t}])) end),  % expect: {[{port,{a_port,nonode@nohost}}],{'DOWN',port,{a_port,nonode@nohost},normal}}
    show(fun() -> named_port() end),  % expect: {badarg,#{2 => "not a port"}}
    show(fun() -> words(monitor, [port, 1]) end),  % expect: {badarg,#{2 => "not a port"}}
    show(fun() -> words(monitor, [port, self()]) end),  % expect: {badarg,#{2 => "not a port"}}
    show(fun() -> words(monitor, [port, {nobody, 'a@b'}]) end),  % expect: {badarg,#{2 => "not a pid"}}
    show(fun() -> words(monitor, [process, {nobody, 'a@b'}]) end),  % expect: [{badarg,#{3 => "invalid option in list"}},{badarg,#{3 => "not a list"}},{badarg,#{3 => "not a proper list"}},{badarg,#{1 => "invalid destination"}},{badarg,#{1 => "invalid destination"}},{badarg,#{3 => "invalid option in list"}},{badarg,#{3 => "not a list"}},{badarg,#{3 => "not a proper list"}},true,true]
    show(fun() -> [words(send_nosuspend, [To, x, O]) || To <- [1, self()], O <- [[foo], foo, [noconnect | foo], [], [nosuspend, noconnect]]] end),  % expect: [{badarg,#{3 => "invalid option in list"}},{badarg,#{3 => "not a list"}},{badarg,#{3 => "not a proper list"}},{badarg,#{1 => "invalid destination"}},{badarg,#{1 => "invalid destination"}},{badarg,#{3 => "invalid option in list"}},{badarg,#{3 => "not a list"}},{badarg,#{3 => "not a proper list"}},ok,ok]
    show(fun() -> [words(send, [To, x, O]) || To <- [1, self()], O <- [[foo], foo, [noconnect | foo], [], [nosuspend, noconnect]]] end),  % expect: [{badarg,#{1 => "the pid does not refer to an existing process"}},{badarg,#{1 => "the pid does not refer to an existing process"}},{badarg,#{2 => "invalid option in list"}},{badarg,#{2 => "not a list"}},{badarg,#{1 => "the pid refers to the current process"}},{badarg,#{1 => "the pid refers to the current process"}},{badarg,#{1 => "the pid refers to the current process"}},{badarg,#{1 => "the pid refers to the current process"}}]
    show(fun() -> [words(suspend_process, [P | O]) || P <- [Dead, self()], O <- [[], [[unless_suspending]], [[foo]], [foo]]] end),  % expect: [{badarg,#{2 => "the pid does not refer to an existing process"}},{badarg,#{2 => "not a pid or port"}},{badarg,#{2 => "the pid does not refer to an existing process"}},{badarg,#{2 => "not a pid or port"}},{badarg,#{1 => "'undefined' is not a valid name"}},{badarg,#{1 => "'undefined' is not a valid name",2 => "not a pid or port"}},{badarg,#{1 => "not an atom"}},{badarg,#{1 => "not an atom",2 => "not a pid or port"}}]
    show(fun() -> [words(register, [N, P]) || N <- [free_name, init, undefined, 1], P <- [Dead, x]] end),  % expect: [true,{badarg,#{2 => "this process or port already has a name"}},{badarg,#{2 => "this process or port already has a name"}}]
    show(fun() -> [words(register, [free_name, Other]), words(register, [init, Other]), words(register, [another, Other])] end),  % expect: [{badarg,#{2 => "invalid item or item list"}},{badarg,#{2 => "invalid item or item list"}},undefined,undefined,undefined]
    show(fun() -> [words(process_info, [Dead, I]) || I <- [foo, [status, foo], status, [status], registered_name]] end),
    Other ! stop.

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, Pid, _} -> Pid end.

down(Ref) -> receive {Tag, Ref, Type, Object, Reason} -> {Tag, Type, Object, Reason} after 30000 -> nothing end.

named_port() ->
    Port = open_port({spawn, "cat"}, []),
    register(a_port, Port),
    Ref = monitor(port, a_port),
    Watched = [M || {port, _} = M <- element(2, process_info(self(), monitors))],
    port_close(Port),
    {Watched, down(Ref)}.

%% The answer, or the words about the arguments.
words(F, Args) ->
    try apply(erlang, F, Args) of
        Answer -> Answer
    catch
        error:R:Stack ->
            [{_, _, _, Info} | _] = Stack,
            #{module := M} = proplists:get_value(error_info, Info),
            {R, maps:map(fun(_, Text) -> unicode:characters_to_list(Text) end, M:format_error(R, Stack))}
    end.
