%% System messages: suspend, resume, status, code change and debugging of processes that follow the OTP protocol.
%%
%% The debug state of a process is a list of {Function, State}; [] costs nothing.
-module(sys).

-export([suspend/1, suspend/2, resume/1, resume/2, get_status/1, get_status/2, get_state/1, get_state/2,
         replace_state/2, replace_state/3, change_code/4, change_code/5, terminate/2, terminate/3,
         log/2, log/3, trace/2, trace/3, statistics/2, statistics/3, log_to_file/2, log_to_file/3,
         no_debug/1, no_debug/2, install/2, install/3, remove/2, remove/3,
         handle_system_msg/6, handle_system_msg/7, handle_debug/4, print_log/1, get_log/1, get_debug/3,
         debug_options/1, suspend_loop_hib/6]).

%% ---- The asking side ----

suspend(P) -> ask(P, suspend, suspend, [P]).
suspend(P, T) -> ask(P, suspend, T, suspend, [P, T]).

%% A suspend that timed out would still come true later, and nobody would know: it is taken back. Both requests come from one sender, so
%% they arrive in this order; nobody waits for the answer.
withdraw(P) ->
    Gone = alias(),
    unalias(Gone),
    try P ! {system, {self(), [alias | Gone]}, resume} of
        _ -> ok
    catch error:badarg -> ok
    end.
resume(P) -> ask(P, resume, resume, [P]).
resume(P, T) -> ask(P, resume, T, resume, [P, T]).
get_status(P) -> ask(P, get_status, get_status, [P]).
get_status(P, T) -> ask(P, get_status, T, get_status, [P, T]).
get_state(P) -> state_answer(ask(P, get_state, get_state, [P])).
get_state(P, T) -> state_answer(ask(P, get_state, T, get_state, [P, T])).
replace_state(P, F) -> state_answer(ask(P, {replace_state, F}, replace_state, [P, F])).
replace_state(P, F, T) -> state_answer(ask(P, {replace_state, F}, T, replace_state, [P, F, T])).
change_code(P, M, V, E) -> ask(P, {change_code, M, V, E}, change_code, [P, M, V, E]).
change_code(P, M, V, E, T) -> ask(P, {change_code, M, V, E}, T, change_code, [P, M, V, E, T]).
terminate(P, R) -> ask(P, {terminate, R}, terminate, [P, R]).
terminate(P, R, T) -> ask(P, {terminate, R}, T, terminate, [P, R, T]).
log(P, What) -> ask(P, {debug, {log, What}}, log, [P, What]).
log(P, What, T) -> ask(P, {debug, {log, What}}, T, log, [P, What, T]).
trace(P, What) -> ask(P, {debug, {trace, What}}, trace, [P, What]).
trace(P, What, T) -> ask(P, {debug, {trace, What}}, T, trace, [P, What, T]).
statistics(P, What) -> ask(P, {debug, {statistics, What}}, statistics, [P, What]).
statistics(P, What, T) -> ask(P, {debug, {statistics, What}}, T, statistics, [P, What, T]).
log_to_file(P, File) -> ask(P, {debug, {log_to_file, File}}, log_to_file, [P, File]).
log_to_file(P, File, T) -> ask(P, {debug, {log_to_file, File}}, T, log_to_file, [P, File, T]).
no_debug(P) -> ask(P, {debug, no_debug}, no_debug, [P]).
no_debug(P, T) -> ask(P, {debug, no_debug}, T, no_debug, [P, T]).
install(P, F) -> ask(P, {debug, {install, F}}, install, [P, F]).
install(P, F, T) -> ask(P, {debug, {install, F}}, T, install, [P, F, T]).
remove(P, F) -> ask(P, {debug, {remove, F}}, remove, [P, F]).
remove(P, F, T) -> ask(P, {debug, {remove, F}}, T, remove, [P, F, T]).

ask(P, Request, Fun, Args) -> ask(P, Request, 5000, Fun, Args).

ask(P, Request, Timeout, Fun, Args) ->
    try gen:call(P, system, Request, Timeout) of
        {ok, Answer} -> Answer
    catch
        exit:timeout when Request =:= suspend ->
            withdraw(P),
            exit({timeout, {sys, Fun, Args}});
        exit:Reason -> exit({Reason, {sys, Fun, Args}})
    end.

state_answer({error, Reason}) -> error(Reason);
state_answer(State) -> State.

%% ---- The answering side ----

handle_system_msg(Msg, From, Parent, Mod, Debug, Misc) ->
    handle(running, Msg, From, Parent, Mod, Debug, Misc, false).

handle_system_msg(Msg, From, Parent, Mod, Debug, Misc, Hib) ->
    handle(running, Msg, From, Parent, Mod, Debug, Misc, Hib).

handle(Sys, Msg, From, Parent, Mod, Debug, Misc, Hib) ->
    case command(Sys, Msg, Parent, Mod, Debug, Misc) of
        {suspended, Reply, Debug1, Misc1} ->
            gen:reply(From, Reply),
            suspended(Parent, Mod, Debug1, Misc1, Hib);
        {running, Reply, Debug1, Misc1} ->
            gen:reply(From, Reply),
            Mod:system_continue(Parent, Debug1, Misc1);
        {terminating, Reason, Reply, Debug1, Misc1} ->
            gen:reply(From, Reply),
            Mod:system_terminate(Reason, Parent, Debug1, Misc1)
    end.

suspended(Parent, Mod, Debug, Misc, true) ->
    proc_lib:hibernate(sys, suspend_loop_hib, [suspended, Parent, Mod, Debug, Misc, true]);
suspended(Parent, Mod, Debug, Misc, Hib) -> suspend_loop(Parent, Mod, Debug, Misc, Hib).

suspend_loop_hib(_, Parent, Mod, Debug, Misc, Hib) -> suspend_loop(Parent, Mod, Debug, Misc, Hib).

suspend_loop(Parent, Mod, Debug, Misc, Hib) ->
    receive
        {system, From, Msg} -> handle(suspended, Msg, From, Parent, Mod, Debug, Misc, Hib);
        {'EXIT', Parent, Reason} -> Mod:system_terminate(Reason, Parent, Debug, Misc)
    end.

command(_, suspend, _, _, Debug, Misc) -> {suspended, ok, Debug, Misc};
command(_, resume, _, _, Debug, Misc) -> {running, ok, Debug, Misc};
%% The state itself is the reply: a process of another's making may ask.
command(Sys, get_state, _, Mod, Debug, Misc) -> {Sys, read_state(Mod, Misc), Debug, Misc};
command(Sys, {replace_state, F}, _, Mod, Debug, Misc) ->
    {Misc1, Reply} = write_state(Mod, F, Misc),
    {Sys, Reply, Debug, Misc1};
command(Sys, get_status, Parent, Mod, Debug, Misc) ->
    {Sys, status(Sys, Parent, Mod, Debug, Misc), Debug, Misc};
command(Sys, {debug, What}, _, _, Debug, Misc) ->
    {Reply, Debug1} = debug_cmd(What, Debug),
    {Sys, Reply, Debug1, Misc};
command(_, {terminate, Reason}, _, _, Debug, Misc) -> {terminating, Reason, ok, Debug, Misc};
command(suspended, {change_code, Module, Vsn, Extra}, _, Mod, Debug, Misc) ->
    try Mod:system_code_change(Misc, Module, Vsn, Extra) of
        {ok, Misc1} -> {suspended, ok, Debug, Misc1};
        Other -> {suspended, {error, Other}, Debug, Misc}
    catch
        throw:{ok, Misc1} -> {suspended, ok, Debug, Misc1};
        throw:Other -> {suspended, {error, Other}, Debug, Misc};
        error:R:St -> {suspended, {error, {'EXIT', {R, St}}}, Debug, Misc};
        exit:R -> {suspended, {error, {'EXIT', R}}, Debug, Misc}
    end;
%% A transactional reload keeps all that a behaviour keeps, and puts it back when it fails.
command(suspended, {'$transom', keep}, _, _, Debug, Misc) -> {suspended, {ok, Misc}, Debug, Misc};
command(suspended, {'$transom', put_back, Kept}, _, _, Debug, _) -> {suspended, ok, Debug, Kept};
command(Sys, Other, _, _, Debug, Misc) -> {Sys, {error, {unknown_system_msg, Other}}, Debug, Misc}.

read_state(Mod, Misc) ->
    case erlang:function_exported(Mod, system_get_state, 1) of
        true ->
            try Mod:system_get_state(Misc) of
                {ok, S} -> S
            catch C:R -> {error, {callback_failed, {Mod, system_get_state}, {C, R}}}
            end;
        false -> Misc
    end.

write_state(Mod, F, Misc) ->
    case erlang:function_exported(Mod, system_replace_state, 2) of
        true ->
            try Mod:system_replace_state(F, Misc) of
                {ok, S, Misc1} -> {Misc1, S}
            catch C:R -> {Misc, {error, {callback_failed, {Mod, system_replace_state}, {C, R}}}}
            end;
        false ->
            try F(Misc) of
                Misc1 -> {Misc1, Misc1}
            catch C:R -> {Misc, {error, {callback_failed, F, {C, R}}}}
            end
    end.

status(Sys, Parent, Mod, Debug, Misc) ->
    Dict = get(),
    Text = case erlang:function_exported(Mod, format_status, 2) of
        true -> Mod:format_status(normal, [Dict, Sys, Parent, Debug, Misc]);
        false -> Misc
    end,
    {status, self(), {module, Mod}, [Dict, Sys, Parent, Debug, Text]}.

%% ---- Debugging ----

debug_cmd(no_debug, Debug) ->
    close_files(Debug),
    {ok, []};
debug_cmd({trace, true}, Debug) -> {ok, store(trace, true, Debug)};
debug_cmd({trace, false}, Debug) -> {ok, drop(trace, Debug)};
debug_cmd({log, true}, Debug) -> {ok, add(log, {10, []}, Debug)};
debug_cmd({log, {true, N}}, Debug) when is_integer(N), N > 0 -> {ok, add(log, {N, []}, Debug)};
debug_cmd({log, false}, Debug) -> {ok, drop(log, Debug)};
debug_cmd({log, print}, Debug) ->
    print_log(Debug),
    {ok, Debug};
debug_cmd({log, get}, Debug) -> {{ok, get_log(Debug)}, Debug};
debug_cmd({statistics, true}, Debug) ->
    {reductions, R} = process_info(self(), reductions),
    {ok, store(statistics, {calendar:local_time(), R, 0, 0}, Debug)};
debug_cmd({statistics, false}, Debug) -> {ok, drop(statistics, Debug)};
debug_cmd({statistics, get}, Debug) ->
    case lists:keyfind(statistics, 1, Debug) of
        false -> {{ok, no_statistics}, Debug};
        {_, {Start, R0, In, Out}} ->
            {reductions, R} = process_info(self(), reductions),
            {{ok, [{start_time, Start}, {current_time, calendar:local_time()}, {reductions, R - R0},
                   {messages_in, In}, {messages_out, Out}]}, Debug}
    end;
debug_cmd({log_to_file, false}, Debug) ->
    close_files(Debug),
    {ok, drop(log_to_file, Debug)};
debug_cmd({log_to_file, File}, Debug) ->
    close_files(Debug),
    case file:open(File, [write, {encoding, utf8}]) of
        {ok, Fd} -> {ok, store(log_to_file, Fd, Debug)};
        _ -> {{error, open_file}, drop(log_to_file, Debug)}
    end;
debug_cmd({install, {F, State}}, Debug) -> debug_cmd({install, {F, F, State}}, Debug);
debug_cmd({install, {Id, F, State}}, Debug) -> {ok, add(Id, {F, State}, Debug)};
debug_cmd({remove, Id}, Debug) -> {ok, drop_fun(Id, Debug)};
debug_cmd(_, Debug) -> {unknown_debug, Debug}.

%% What is there already stays as it is.
add(Key, V, Debug) ->
    case lists:keymember(Key, 1, Debug) of
        true -> Debug;
        false -> [{Key, V} | Debug]
    end.

store(Key, V, Debug) -> lists:keystore(Key, 1, Debug, {Key, V}).
drop(Key, Debug) -> lists:keydelete(Key, 1, Debug).
drop_fun(Id, Debug) -> [D || {K, _} = D <- Debug, K =/= Id].

fetch_log(Debug) ->
    case lists:keyfind(log, 1, Debug) of
        {_, {_, L}} -> L;
        false -> []
    end.

close_files(Debug) ->
    case lists:keyfind(log_to_file, 1, Debug) of
        {_, Fd} -> file:close(Fd);
        false -> ok
    end.

handle_debug(Debug, Form, State, Event) ->
    lists:filtermap(fun(D) -> one_debug(D, Form, State, Event) end, Debug).

one_debug({trace, true}, Form, State, Event) ->
    print(standard_io, Form, State, Event),
    true;
one_debug({log, {N, L}}, Form, State, Event) -> {true, {log, {N, lists:sublist([{Event, State, Form} | L], N)}}};
one_debug({log_to_file, Fd}, Form, State, Event) ->
    print(Fd, Form, State, Event),
    true;
one_debug({statistics, {T, R, In, Out}}, _, _, Event) -> {true, {statistics, count(Event, T, R, In, Out)}};
one_debug({Id, {F, FState}}, _, State, Event) ->
    try F(FState, Event, State) of
        done -> false;
        New -> {true, {Id, {F, New}}}
    catch _:_ -> false
    end.

count(Event, T, R, In, Out) when is_tuple(Event) ->
    case element(1, Event) of
        in -> {T, R, In + 1, Out};
        out -> {T, R, In, Out + 1};
        _ -> {T, R, In, Out}
    end;
count(_, T, R, In, Out) -> {T, R, In, Out}.

print(Device, Form, State, Event) when is_function(Form, 3) -> Form(Device, Event, State).

print_log(Debug) ->
    lists:foreach(fun({Event, State, Form}) -> print(standard_io, Form, State, Event) end,
                  lists:reverse(fetch_log(Debug))).

get_log(Debug) -> [Event || {Event, _, _} <- lists:reverse(fetch_log(Debug))].

get_debug(Item, Debug, Default) ->
    case lists:keyfind(Item, 1, Debug) of
        {_, V} -> V;
        false -> Default
    end.

debug_options(Opts) -> lists:foldl(fun debug_option/2, [], Opts).

debug_option(trace, D) -> set(trace, true, D);
debug_option(log, D) -> set(log, true, D);
debug_option({log, N}, D) when is_integer(N), N > 0 -> set(log, {true, N}, D);
debug_option(statistics, D) -> set(statistics, true, D);
debug_option({log_to_file, File}, D) -> set(log_to_file, File, D);
debug_option({install, F}, D) -> set(install, F, D);
debug_option(_, D) -> D.

set(What, V, D) ->
    {_, D1} = debug_cmd({What, V}, D),
    D1.
