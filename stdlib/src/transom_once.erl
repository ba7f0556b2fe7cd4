%% Registered processes that are started when they are first needed.
-module(transom_once).

-export([process/3]).

%% The process of this name. If there is none, one is made that runs Prepare, before it is answered to who asked first, and then Loop. Others may
%% find it by its name earlier: their messages wait.
-spec process(atom(), fun(() -> term()), fun(() -> term())) -> pid().
process(Name, Prepare, Loop) ->
    case whereis(Name) of
        undefined -> begun(Name, Prepare, Loop);
        Pid -> Pid
    end.

%% Of several that begin at a time one gets the name; the others end and look again.
begun(Name, Prepare, Loop) ->
    Starter = self(),
    {Pid, Monitor} = spawn_monitor(fun() ->
        case catch register(Name, self()) of
            true ->
                Prepare(),
                Starter ! {self(), started},
                Loop();
            {'EXIT', _} -> taken
        end
    end),
    receive
        {Pid, started} ->
            demonitor(Monitor, [flush]),
            Pid;
        {'DOWN', Monitor, _, _, normal} -> process(Name, Prepare, Loop);
        {'DOWN', Monitor, _, _, Why} -> exit(Why)
    end.
