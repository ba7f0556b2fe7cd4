%% Passes the events of a run (eunit_proc) on to those who report: the terminal, and the listeners that option report names.
%%
%% A reporter is a process. It takes {event, From, Ref, Event} and answers {Ref, done}; {stop, From, Ref} ends it, with {Ref, ok | error | {error, Reason}}.
-module(eunit_report).
-export([start/1, event/2, stop/1]).

start(Options) ->
    Listeners = [listener(L) || {report, L} <- Options],
    [{R, monitor(process, R)} || R <- [eunit_tty:start(proplists:get_bool(no_tty, Options), Options) | Listeners]].

listener({Module, Options}) -> Module:start(Options);
listener(Module) -> Module:start().

%% Events are synchronous: a report is on the screen before the next test starts. Those of tests that run beside others wait in a buffer.
event({buffer, Pid}, Event) ->
    Pid ! {eunit_event, Event},
    ok;
event(Reporters, Event) ->
    lists:foreach(fun({R, _}) -> ask(R, fun(Ref) -> {event, self(), Ref, Event} end) end, Reporters).

%% ok; error when something failed or was cancelled; what a reporter failed with goes before that. For who has called start/1.
stop(Reporters) ->
    Results = [result(R, Ended) || {R, Ended} <- Reporters],
    hd([R || {error, _} = R <- Results] ++ [error || lists:member(error, Results)] ++ [ok]).

result(Reporter, Ended) ->
    unlink(Reporter),
    Answer = ask(Reporter, fun(Ref) -> {stop, self(), Ref} end),
    receive
        {'DOWN', Ended, process, Reporter, Why} when Why =/= normal -> {error, Why};
        {'DOWN', Ended, process, Reporter, normal} -> Answer
    end.

ask(Reporter, Question) ->
    Ref = monitor(process, Reporter),
    Reporter ! Question(Ref),
    receive
        {Ref, Answer} -> demonitor(Ref, [flush]), Answer;
        {'DOWN', Ref, process, Reporter, Reason} -> {error, Reason}
    end.
