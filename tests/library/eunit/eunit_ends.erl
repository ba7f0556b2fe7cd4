%% Tests that take too long or are killed: what of their group and of those around it still runs, and whether fixtures clean up.
-module(eunit_ends).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    register(?MODULE, self()),
    show(fun() -> ran([{setup, fun one/0, down(), [told(a), {timeout, 0.05, fun slow/0}, told(b)]}, told(after_it)]) end),  % expect: {error,[a,down,after_it]}
    show(fun() -> ran([{setup, local, fun one/0, down(), [told(a), {timeout, 0.05, fun slow/0}, told(b)]}, told(after_it)]) end),  % expect: {error,[a]}
    show(fun() -> ran([{spawn, [told(a), {timeout, 0.05, fun slow/0}, told(b)]}, told(after_it)]) end),  % expect: {error,[a,after_it]}
    show(fun() -> ran([{spawn, [told(a), {timeout, 0.05, [fun slow/0]}, told(b)]}, told(after_it)]) end),  % expect: {error,[a,after_it]}
    show(fun() -> ran([{spawn, {timeout, 0.05, [fun slow/0]}}, told(after_it)]) end),  % expect: {error,[after_it]}
    show(fun() -> ran([{timeout, 0.05, {spawn, [fun slow/0]}}, told(after_it)]) end),  % expect: {error,[after_it]}
    show(fun() -> ran([{timeout, 0.05, {setup, local, fun one/0, down(), [fun slow/0]}}, told(after_it)]) end),  % expect: {error,[]}
    show(fun() -> ran([{timeout, 0.05, {setup, spawn, fun one/0, down(), [fun slow/0]}}, told(after_it)]) end),  % expect: {error,[]}
    show(fun() -> ran([{setup, spawn, fun one/0, down(), {timeout, 0.05, [fun slow/0]}}, told(after_it)]) end),  % expect: {error,[down,after_it]}
    show(fun() -> ran([{spawn, [fun killed/0, told(b)]}, told(after_it)]) end),  % expect: {error,[after_it]}
    show(fun() -> ran([{setup, fun one/0, down(), [fun killed/0, told(b)]}, told(after_it)]) end),  % expect: {error,[down,after_it]}
    show(fun() -> ran([{setup, fun self/0, fun(P) -> (told({same, P =:= self()}))() end, fun(P) -> fun() -> (told({same, P =:= self()}))() end end}]) end),  % expect: {ok,[{same,false},{same,true}]}
    show(fun() -> ran([{setup, local, fun self/0, fun(P) -> (told({same, P =:= self()}))() end, fun(P) -> fun() -> (told({same, P =:= self()}))() end end}]) end),  % expect: {ok,[{same,true},{same,true}]}
    show(fun() -> ran([{setup, fun one/0, told_of(linked_and_trapping), fun linked_and_trapping/0}]) end),  % expect: {ok,[{'EXIT',normal},{is_left,false}]}
    show(fun() -> ran([{setup, fun one/0, told_of(linked), fun linked/0}]) end),  % expect: {ok,[{is_left,true}]}
    show(fun() -> exit(whereis(linked), kill) end).  % expect: true

ran(Tests) ->
    Answer = quietly(fun() -> eunit:test(Tests, [no_tty]) end),
    {Answer, all()}.

all() -> receive {ran, What} -> [What | all()] after 0 -> [] end.

told(What) -> fun() -> ?MODULE ! {ran, What}, ok end.

%% What tests leave linked is told of their end, which is a normal one.
linked() -> left(linked, fun() -> receive never -> ok end end).
linked_and_trapping() ->
    left(linked_and_trapping, fun() ->
        process_flag(trap_exit, true),
        receive {'EXIT', _, Reason} -> (told({'EXIT', Reason}))() end
    end).

left(Name, Fun) ->
    Me = self(),
    spawn_link(fun() -> register(Name, self()), Me ! ready, Fun() end),
    receive ready -> ok end.

told_of(Name) -> fun(_) -> (told({is_left, whereis(Name) =/= undefined}))() end.

one() -> 1.
down() -> fun(_) -> (told(down))() end.
slow() -> timer:sleep(400).
killed() -> exit(self(), kill), receive never -> ok end.
