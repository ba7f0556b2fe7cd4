%% The Erlang shell: reads expressions up to a dot, evaluates them in a process of their own, keeps bindings, records and history.
%%
%% Three processes: the shell (state, prompt), a reader for one input, an evaluator that lives until an exception ends it. The shell survives
%% whatever the evaluator does.
-module(shell).
-export([start/0, start/1, start/2, server/1, server/2]).
-export([whereis_evaluator/0, history/1, results/1, catch_exception/1, prompt_func/1, strings/1, local_allowed/3, non_local_allowed/3]).
-export([start_interactive/0, expand_records/2, records/0]).

-define(HISTORY, 20).
-define(RESULTS, 20).
-define(COLUMNS, 80).

-record(shell, {
    n = 1,                       % number of the next command
    bindings = #{},
    records = [],                % [{Name, RecordForm}], in order of definition
    functions = [],              % functions defined at the prompt: {{Name, Arity}, Clauses}
    commands = [],               % [{N, Expressions, Result}], newest first
    history = ?HISTORY,
    results = ?RESULTS,
    evaluator = none,
    ref = none
}).

start() -> start(false, false).
start(Init) -> start(Init, false).
start(_NoCtrlG, _StartSync) -> spawn(fun() -> server(false) end).

start_interactive() -> start().

server(_NoCtrlG, _StartSync) -> server(false).

%% Runs a shell in the calling process until its input ends. A client's shell (transom_control) ends alone then, another one ends
%% the system.
server(Mode) ->
    process_flag(trap_exit, true),
    Mode =:= client andalso put(shell_on_eof, fun() -> ok end),
    banner(Mode),
    loop(#shell{}).

banner(client) -> io:format("Transom, Eshell V~ts  (press Ctrl+G to abort, type help(). for help)~n", [erlang:system_info(version)]);
banner(_) -> io:format("Eshell V~ts  (abort with ^G)~n", [erlang:system_info(version)]).

history(N) when is_integer(N), N >= 0 -> setting(history, N).
results(N) when is_integer(N), N >= 0 -> setting(results, N).
catch_exception(Bool) when is_boolean(Bool) -> setting(catch_exception, Bool).
prompt_func(F) -> setting(prompt_func, F).
strings(Bool) when is_boolean(Bool) -> setting(strings, Bool).

setting(Key, Value) ->
    Old = application:get_env(stdlib, env_key(Key), default(Key)),
    ok = application:set_env(stdlib, env_key(Key), Value),
    Old.

env_key(history) -> shell_history_length;
env_key(results) -> shell_saved_results;
env_key(catch_exception) -> shell_catch_exception;
env_key(prompt_func) -> shell_prompt_func;
env_key(strings) -> shell_strings.

default(history) -> ?HISTORY;
default(results) -> ?RESULTS;
default(catch_exception) -> false;
default(prompt_func) -> default;
default(strings) -> true.

current(Key) -> application:get_env(stdlib, env_key(Key), default(Key)).

local_allowed(_, _, State) -> {true, State}.
non_local_allowed(_, _, State) -> {true, State}.

whereis_evaluator() -> get(evaluator).

records() -> [].

%%% The loop: prompt, read, evaluate, print

loop(#shell{n = N} = S0) ->
    S = S0#shell{history = current(history), results = current(results)},
    case read(prompt(S), S) of
        {ok, Es} -> loop(command(Es, S));
        {form, Form} -> loop(definition(Form, S));
        {error, Text} ->
            io:put_chars([Text, $\n]),
            loop(S);
        empty -> loop(S);
        {eof, Why} ->
            _ = N,
            ended(Why)
    end.

ended(_) ->
    stop_evaluator(get(evaluator)),
    case get(shell_on_eof) of
        undefined -> io:put_chars("*** Terminating erlang (" ++ atom_to_list(node()) ++ ")\n"), halt(0);
        Fun -> Fun()
    end.

prompt(#shell{n = N}) ->
    case current(prompt_func) of
        {M, F} -> M:F([{history, N}]);
        _ ->
            case is_alive() of
                true -> io_lib:format("(~w)~w> ", [node(), N]);
                false -> io_lib:format("~w> ", [N])
            end
    end.

%% Reads tokens to a dot and parses them, in a process of its own so that a broken device ends that only.
read(Prompt, S) ->
    Leader = group_leader(),
    {Pid, Ref} = spawn_monitor(fun() -> group_leader(Leader, self()), exit({read, read_command(Prompt)}) end),
    await(Pid, Ref, S).

await(Pid, Ref, S) ->
    receive
        {'DOWN', Ref, process, Pid, {read, Result}} -> Result;
        {'DOWN', Ref, process, Pid, Reason} -> {eof, Reason};
        {shell_state, From, Tag} ->
            From ! {Tag, state(S)},
            await(Pid, Ref, S);
        {shell_interrupt, _} -> await(Pid, Ref, S)
    end.

%% What completion may know.
state(#shell{bindings = Bs, records = Records, functions = Functions}) ->
    #{bindings => maps:keys(Bs), functions => [F || {F, _} <- Functions],
      records => [{N, [field_name(F) || F <- Fields]} || {N, {attribute, _, record, {_, Fields}}} <- Records]}.

read_command(Prompt) ->
    case io:scan_erl_exprs(group_leader(), lists:flatten(Prompt), {1, 1}) of
        {ok, Tokens, _} -> parse(Tokens);
        {eof, _} -> {eof, eof};
        {error, {Location, Module, Why}, _} ->
            _ = io:get_line(""),
            {error, message(Location, Module:format_error(Why))};
        {error, terminated} -> {eof, terminated};
        {error, Why} -> {eof, Why}
    end.

%% -record, -spec and -type, and functions: f(X) -> ... is no expression, so a failed parse is tried as a form.
parse(Tokens) ->
    case Tokens of
        [{dot, _}] -> empty;
        [{'-', _}, {atom, _, A} | _] when A =:= record; A =:= spec; A =:= type; A =:= opaque -> parse_form(Tokens, none);
        _ ->
            case erl_eval:extended_parse_exprs(Tokens) of
                {ok, Es} -> {ok, Es};
                {error, {Location, Module, Why}} -> parse_form(Tokens, message(Location, Module:format_error(Why)))
            end
    end.

parse_form(Tokens, Otherwise) ->
    case erl_parse:parse_form(Tokens) of
        {ok, Form} -> {form, Form};
        {error, {Location, Module, Why}} when Otherwise =:= none -> {error, message(Location, Module:format_error(Why))};
        {error, _} -> {error, Otherwise}
    end.

message(Location, Text) -> io_lib:format("* ~ts: ~ts", [location(Location), Text]).

location({L, C}) -> io_lib:format("~w:~w", [L, C]);
location(Anno) ->
    case erl_anno:location(Anno) of
        {L, C} -> io_lib:format("~w:~w", [L, C]);
        L -> io_lib:format("~w", [L])
    end.

%%% Definitions at the prompt

definition({attribute, _, record, {Name, Fields}} = Form, S) ->
    case check_record(Fields) of
        ok ->
            io:format("~tp~n", [ok]),
            next(S#shell{records = add_record(Name, Form, S#shell.records)}, [{atom, 1, ok}], {value, ok});
        {error, Text} ->
            io:put_chars([Text, $\n]),
            S
    end;
definition({attribute, _, _, _}, S) ->
    io:format("~tp~n", [ok]),
    next(S, [{atom, 1, ok}], {value, ok});
definition({function, _, Name, Arity, Clauses}, S) ->
    io:format("~tp~n", [ok]),
    Functions = lists:keystore({Name, Arity}, 1, S#shell.functions, {{Name, Arity}, Clauses}),
    next(S#shell{functions = Functions}, [{atom, 1, ok}], {value, ok});
definition(_, S) ->
    io:put_chars("* only functions, records, types and specs can be defined here\n"),
    S.

check_record(_) -> ok.

add_record(Name, Form, Records) -> lists:keystore(Name, 1, Records, {Name, Form}).

%%% Commands

command(Es0, S) ->
    case expand_history(Es0, S) of
        {ok, Es} ->
            case expand_records(Es, S) of
                {ok, Expanded} -> check_and_run(Es0, Expanded, S);
                {error, Text, Reason} -> next(say(Text, S), Es0, {'EXIT', Reason})
            end;
        {error, Text} -> say(Text, S)
    end.

say(Text, S) ->
    io:put_chars([Text, $\n]),
    S.

%% Variables are checked before anything runs.
check_and_run(Es, Expanded, S) ->
    case unbound(Expanded, S#shell.bindings) of
        {Location, V} ->
            next(say(message(Location, io_lib:format("variable '~ts' is unbound", [V])), S), Es, {'EXIT', {unbound_var, V}});
        none -> run(Es, Expanded, S)
    end.

unbound(Es, Bs) ->
    try erl_lint:exprs(Es, maps:to_list(maps:map(fun(_, _) -> ok end, Bs))) of
        {error, [{_, Errors} | _], _} ->
            case [{L, V} || {L, erl_lint, {unbound_var, V}} <- Errors] of
                [First | _] -> First;
                [] -> none
            end;
        _ -> none
    catch
        error:_ -> none
    end.

run(Es, Expanded, #shell{} = S0) ->
    S = ensure_evaluator(S0),
    #shell{evaluator = Pid, ref = Ref} = S,
    Pid ! {eval, self(), Expanded, S},
    wait(Es, Pid, Ref, S).

wait(Es, Pid, Ref, S) ->
    receive
        {Pid, {value, V, Bs, S2}} ->
            flush_traces(),
            print_value(V, S2),
            next(S2#shell{bindings = Bs}, Es, {value, V});
        {Pid, {failed, Class, Reason, Stack, S2}} ->
            flush_traces(),
            print_exception(Class, Reason, Stack, S2),
            stop_evaluator(Pid),
            next(S2#shell{evaluator = none}, Es, failure(Class, Reason, Stack));
        {shell_interrupt, _} ->
            exit(Pid, kill),
            wait(Es, Pid, Ref, S);
        {Pid, {ask, Question}} ->
            {Answer, S2} = answer(Question, S),
            Pid ! {self(), {answer, Answer}},
            wait(Es, Pid, Ref, S2);
        {'DOWN', Ref, process, Pid, Reason} ->
            print_exit(Reason, S),
            next(S#shell{evaluator = none}, Es, {'EXIT', Reason});
        {'EXIT', Pid, _} -> wait(Es, Pid, Ref, S);
        {'EXIT', _, Reason} ->
            exit(Pid, Reason),
            exit(Reason)
    end.

%% What was traced before the result is printed before it.
flush_traces() ->
    try erts_internal:trace_flush() of
        _ -> ok
    catch error:undef -> ok
    end.

failure(error, Reason, Stack) -> {'EXIT', {Reason, Stack}};
failure(exit, Reason, _) -> {'EXIT', Reason};
failure(throw, Reason, Stack) -> {'EXIT', {{nocatch, Reason}, Stack}}.

next(#shell{n = N, commands = Commands, history = H, results = R} = S, Es, Result) ->
    Kept = lists:sublist([{N, Es, Result} | Commands], max(H, R)),
    S#shell{n = N + 1, commands = drop_results(Kept, R)}.

drop_results(Commands, Results) ->
    {Fresh, Old} = lists:split(min(Results, length(Commands)), Commands),
    Fresh ++ [{N, Es, dropped} || {N, Es, _} <- Old].

%%% The evaluator

ensure_evaluator(#shell{evaluator = Pid} = S) when is_pid(Pid) -> S;
ensure_evaluator(S) ->
    Shell = self(),
    Leader = group_leader(),
    Pid = spawn_link(fun() -> group_leader(Leader, self()), put(shell_server, Shell), evaluator(Shell) end),
    put(evaluator, Pid),
    S#shell{evaluator = Pid, ref = monitor(process, Pid)}.

stop_evaluator(Pid) when is_pid(Pid) ->
    unlink(Pid),
    exit(Pid, kill),
    receive {'DOWN', _, process, Pid, _} -> ok after 1000 -> ok end,
    receive {'EXIT', Pid, _} -> ok after 0 -> ok end;
stop_evaluator(_) -> ok.

evaluator(Shell) ->
    receive
        {eval, Shell, Es, S} ->
            put(shell_state, S),
            Answer =
                try erl_eval:exprs(Es, S#shell.bindings, {eval, fun(Anno, F, Args, Bs) -> local(Anno, F, Args, Bs) end}, {value, fun non_local/2}) of
                    {value, V, Bs} ->
                        S2 = get(shell_state),
                        {value, V, forget(get(shell_forget), Bs), S2}
                catch
                    Class:Reason:Stack -> {failed, Class, Reason, Stack, get(shell_state)}
                end,
            erase(shell_forget),
            Shell ! {self(), Answer},
            evaluator(Shell)
    end.

forget(undefined, Bs) -> maps:filter(fun(Name, _) -> typed(atom_to_list(Name)) end, Bs);
forget(all, _) -> #{};
forget(Names, Bs) -> maps:without(Names, Bs).

%% The expansion of records makes variables that nobody can type.
typed([C | _]) -> C =:= $_ orelse string:to_lower(C) =/= C.

non_local({M, F}, Args) -> apply(M, F, Args);
non_local(Fun, Args) when is_function(Fun) ->
    case is_function(Fun, length(Args)) of
        true -> apply(Fun, Args);
        false -> erlang:raise(error, {badarity, {Fun, Args}}, [])
    end.

%%% Local calls: commands of the shell first, then functions typed in, then user_default, shell_default and c

local(Anno, F, Args, Bs) ->
    case command_of_shell(F, Args, Bs) of
        {ok, V} -> {value, V, Bs};
        {ok, V, Bs2} -> {value, V, Bs2};
        no ->
            {Vs, Bs2} = erl_eval:expr_list(Args, Bs, {eval, fun(An, Fn, As, B) -> local(An, Fn, As, B) end}, {value, fun non_local/2}),
            {value, local_call(Anno, F, Vs, Bs2), Bs2}
    end.

local_call(_, F, Args, Bs) ->
    A = length(Args),
    #shell{functions = Functions} = get(shell_state),
    case lists:keyfind({F, A}, 1, Functions) of
        {_, Clauses} ->
            {value, Fun, _} = erl_eval:expr({'fun', 1, {clauses, Clauses}}, erl_eval:new_bindings(),
                {eval, fun(An, Fn, As, B) -> local(An, Fn, As, B) end}, {value, fun non_local/2}),
            _ = Bs,
            apply(Fun, Args);
        false -> in_modules([user_default, shell_default, c], F, Args)
    end.

in_modules([M | Ms], F, Args) ->
    case code:ensure_loaded(M) of
        {module, M} ->
            case erlang:function_exported(M, F, length(Args)) of
                true -> apply(M, F, Args);
                false -> in_modules(Ms, F, Args)
            end;
        _ -> in_modules(Ms, F, Args)
    end;
in_modules([], F, Args) -> erlang:raise(error, {shell_undef, F, length(Args), []}, []).

command_of_shell(f, [], _) ->
    put(shell_forget, all),
    {ok, ok};
command_of_shell(f, [{var, _, Name}], Bs) ->
    put(shell_forget, [Name | case get(shell_forget) of L when is_list(L) -> L; _ -> [] end]),
    {ok, ok, maps:remove(Name, Bs)};
command_of_shell(f, [_], _) -> erlang:raise(error, {badarg, f}, []);
command_of_shell(b, [], Bs) ->
    [io:format("~ts = ~ts~n", [N, shown(V, string:length(atom_to_list(N)) + 4)]) || {N, V} <- erl_eval:bindings(Bs)],
    {ok, ok};
command_of_shell(h, [], _) ->
    #shell{commands = Commands} = get(shell_state),
    [print_history(C) || C <- lists:reverse(Commands)],
    {ok, ok};
command_of_shell(rd, [{atom, _, Name}, {tuple, L, Fields}], _) ->
    Form = {attribute, L, record, {Name, [record_field(F) || F <- Fields]}},
    update(fun(S) -> S#shell{records = add_record(Name, Form, S#shell.records)} end),
    {ok, Name};
command_of_shell(rl, [], _) ->
    #shell{records = Records} = get(shell_state),
    [print_record(R) || {_, R} <- lists:sort(Records)],
    {ok, ok};
command_of_shell(rl, [Arg], Bs) ->
    Names = names(value(Arg, Bs)),
    #shell{records = Records} = get(shell_state),
    [print_record(R) || {N, R} <- lists:sort(Records), lists:member(N, Names)],
    {ok, ok};
command_of_shell(rf, [], _) ->
    update(fun(S) -> S#shell{records = []} end),
    {ok, ok};
command_of_shell(rf, [{atom, _, '_'}], _) -> command_of_shell(rf, [], none);
command_of_shell(rf, [{var, _, '_'}], _) -> command_of_shell(rf, [], none);
command_of_shell(rf, [Arg], Bs) ->
    Names = names(value(Arg, Bs)),
    update(fun(S) -> S#shell{records = [R || {N, _} = R <- S#shell.records, not lists:member(N, Names)]} end),
    {ok, ok};
command_of_shell(rp, [Arg], Bs) ->
    #shell{records = Records} = get(shell_state),
    io:put_chars([print(value(Arg, Bs), 1, -1, Records), $\n]),
    {ok, ok};
command_of_shell(rr, [Arg | More], Bs) when length(More) =< 2 ->
    {ok, read_records(value(Arg, Bs), [value(M, Bs) || M <- More])};
command_of_shell(history, [Arg], Bs) -> {ok, history(value(Arg, Bs))};
command_of_shell(results, [Arg], Bs) -> {ok, results(value(Arg, Bs))};
command_of_shell(catch_exception, [Arg], Bs) -> {ok, catch_exception(value(Arg, Bs))};
command_of_shell(fl, [], _) ->
    #shell{functions = Functions} = get(shell_state),
    [io:format("~ts", [erl_pp:form({function, 1, F, A, Cs})]) || {{F, A}, Cs} <- Functions],
    {ok, ok};
command_of_shell(ff, [], _) ->
    update(fun(S) -> S#shell{functions = []} end),
    {ok, ok};
command_of_shell(which, [], _) -> no;
command_of_shell(_, _, _) -> no.

update(Fun) -> put(shell_state, Fun(get(shell_state))).

value(Expr, Bs) ->
    {value, V, _} = erl_eval:expr(Expr, Bs, {eval, fun(An, Fn, As, B) -> local(An, Fn, As, B) end}, {value, fun non_local/2}),
    V.

names(N) when is_atom(N) -> [N];
names(L) -> L.

record_field({atom, L, _} = Name) -> {record_field, L, Name};
record_field({match, L, {atom, _, _} = Name, Default}) -> {record_field, L, Name, Default}.

answer(_, S) -> {ok, S}.

%%% Records

%% Reads the record definitions of a module, file or wildcard; answers their names.
read_records(From, Options) ->
    Wanted = case Options of [W | _] when W =/= '_' -> names(W); _ -> all end,
    Forms = [Form || {attribute, _, record, {Name, _}} = Form <- record_forms(From), Wanted =:= all orelse lists:member(Name, Wanted)],
    update(fun(S) ->
        S#shell{records = lists:foldl(fun({attribute, _, record, {N, _}} = F, Rs) -> add_record(N, F, Rs) end, S#shell.records, Forms)}
    end),
    lists:usort([N || {attribute, _, record, {N, _}} <- Forms]).

record_forms(Module) when is_atom(Module) ->
    case code:which(Module) of
        File when is_list(File) ->
            case beam_lib:chunks(File, [abstract_code]) of
                {ok, {_, [{abstract_code, {_, Forms}}]}} -> Forms;
                _ -> source_forms(Module)
            end;
        _ -> source_forms(Module)
    end;
record_forms(File) ->
    lists:append([file_forms(F) || F <- filelib:wildcard(File)]).

source_forms(Module) ->
    case catch proplists:get_value(source, Module:module_info(compile)) of
        Source when is_list(Source) -> file_forms(Source);
        _ -> []
    end.

file_forms(File) ->
    case epp:parse_file(File, []) of
        {ok, Forms} -> Forms;
        _ -> []
    end.

%% Record expressions become tuples; what is wrong with them is said before anything runs.
expand_records(Es, #shell{records = Records}) ->
    case mentions_record(Es) of
        false -> {ok, Es};
        true ->
            Forms = [R || {_, R} <- Records],
            Function = {function, 1, shell_command, 0, [{clause, 1, [], [], Es}]},
            case undefined_record(Es, Records) of
                none ->
                    Expanded = erl_expand_records:module([{attribute, 1, module, shell_records} | Forms] ++ [Function], [strict_record_tests]),
                    [{function, _, _, _, [{clause, _, [], [], Es2}]}] = [F || {function, _, shell_command, 0, _} = F <- Expanded],
                    {ok, Es2};
                {Location, Text, Reason} -> {error, message(Location, Text), Reason}
            end
    end.

mentions_record({record, _, _, _}) -> true;
mentions_record({record, _, _, _, _}) -> true;
mentions_record({record_index, _, _, _}) -> true;
mentions_record({record_field, _, _, _, _}) -> true;
mentions_record({call, _, {atom, _, is_record}, [_, {atom, _, _}]}) -> true;
mentions_record(T) when is_tuple(T) -> mentions_record(tuple_to_list(T));
mentions_record([H | T]) -> mentions_record(H) orelse mentions_record(T);
mentions_record(_) -> false.

undefined_record({record, L, Name, Fields}, Rs) when is_atom(Name) -> check_use(L, Name, Fields, Rs);
undefined_record({record, L, E, Name, Fields}, Rs) when is_atom(Name) -> first([undefined_record(E, Rs), check_use(L, Name, Fields, Rs)]);
undefined_record({record_index, L, Name, Field}, Rs) -> check_use(L, Name, [{record_field, L, Field, none}], Rs);
undefined_record({record_field, L, E, Name, Field}, Rs) -> first([undefined_record(E, Rs), check_use(L, Name, [{record_field, L, Field, none}], Rs)]);
undefined_record(T, Rs) when is_tuple(T) -> undefined_record(tuple_to_list(T), Rs);
undefined_record([H | T], Rs) -> first([undefined_record(H, Rs), undefined_record(T, Rs)]);
undefined_record(_, _) -> none.

first([none | R]) -> first(R);
first([Found | _]) -> Found;
first([]) -> none.

check_use(L, Name, Fields, Records) ->
    case lists:keyfind(Name, 1, Records) of
        false -> {L, io_lib:format("record ~ts undefined", [io_lib:write_atom(Name)]), {undefined_record, Name}};
        {_, {attribute, _, record, {_, Defined}}} ->
            Known = [field_name(F) || F <- Defined],
            Bad = [{FL, F} || {record_field, _, {atom, FL, F}, _} <- Fields, not lists:member(F, Known)],
            case Bad of
                [] -> first([undefined_record(V, Records) || {record_field, _, _, V} <- Fields]);
                [{FL, F} | _] ->
                    {FL, io_lib:format("field ~ts undefined in record ~ts", [io_lib:write_atom(F), io_lib:write_atom(Name)]), {undefined_field, Name, F}}
            end
    end.

field_name({typed_record_field, F, _}) -> field_name(F);
field_name({record_field, _, {atom, _, N}}) -> N;
field_name({record_field, _, {atom, _, N}, _}) -> N.

record_printer(Records) ->
    Known = [{N, [field_name(F) || F <- Fields]} || {N, {attribute, _, record, {_, Fields}}} <- Records],
    fun(Tag, NumberOfFields) ->
        case lists:keyfind(Tag, 1, Known) of
            {_, Fields} when length(Fields) =:= NumberOfFields -> Fields;
            _ -> no
        end
    end.

print_record({attribute, _, record, _} = Form) -> io:put_chars(erl_pp:attribute(Form)).

%%% v/1 and e/1 stand for what was typed or answered before

expand_history(Es, S) ->
    try {ok, expand(Es, S)}
    catch throw:{no_command, N} -> {error, io_lib:format("* ~w: command not found", [N])}
    end.

expand([{call, _, {atom, _, e}, [Arg]} | More], S) ->
    {_, Es, _} = old_command(Arg, S),
    expand(Es, S) ++ expand(More, S);
expand([E | Es], S) -> [expand_one(E, S) | expand(Es, S)];
expand([], _) -> [].

expand_one({call, L, {atom, _, v}, [Arg]}, S) ->
    case old_command(Arg, S) of
        {_, _, {value, V}} -> {value, L, V};
        {_, _, {'EXIT', _} = Exit} -> {value, L, Exit};
        {N, _, dropped} -> throw({no_command, N})
    end;
expand_one({call, _, {atom, _, e}, [Arg]}, S) ->
    {_, Es, _} = old_command(Arg, S),
    {block, 1, expand(Es, S)};
expand_one({value, _, _} = V, _) -> V;
expand_one(T, S) when is_tuple(T) -> list_to_tuple([expand_one(X, S) || X <- tuple_to_list(T)]);
expand_one([H | T], S) -> [expand_one(H, S) | expand_one(T, S)];
expand_one(X, _) -> X.

old_command(Arg, #shell{n = Next, commands = Commands}) ->
    N = case Arg of
        {integer, _, I} -> I;
        {op, _, '-', {integer, _, I}} -> Next - I;
        _ -> throw({no_command, erl_pp:expr(Arg)})
    end,
    case lists:keyfind(N, 1, Commands) of
        false -> throw({no_command, N});
        Found -> Found
    end.

print_history({N, Es, Result}) ->
    io:format("~w: ~ts~n", [N, lists:join(", ", [erl_pp:expr(E) || E <- Es])]),
    case Result of
        {value, V} -> io:format("-> ~ts~n", [shown(V, 4)]);
        {'EXIT', _} = Exit -> io:format("-> ~ts~n", [shown(Exit, 4)]);
        dropped -> ok
    end.

%%% Printing

print_value(V, #shell{records = Records}) ->
    io:put_chars([pretty(V, 1, Records), $\n]).

shown(V, Column) ->
    #shell{records = Records} = get(shell_state),
    pretty(V, Column, Records).

%% Depth 30, as the shell of OTP prints.
pretty(V, Column, Records) ->
    print(V, Column, 30, Records).

print(V, Column, Depth, Records) ->
    io_lib_pretty:print(V, [
        {column, Column}, {line_length, columns()}, {depth, Depth}, {line_max_chars, 60},
        {record_print_fun, record_printer(Records)}, {strings, current(strings)}, {encoding, encoding()}
    ]).

encoding() ->
    case io:getopts() of
        Opts when is_list(Opts) -> proplists:get_value(encoding, Opts, unicode);
        _ -> unicode
    end.

columns() ->
    case io:columns() of
        {ok, N} -> N;
        _ -> ?COLUMNS
    end.

print_exception(Class, Reason, Stack, #shell{records = Records}) ->
    Format = fun(T, Column) -> pretty(T, Column, Records) end,
    Trim = fun(M, _, _) -> M =:= erl_eval orelse M =:= ?MODULE end,
    Text = erl_error:format_exception(Class, Reason, Stack, #{column => 4, stack_trim_fun => Trim, format_fun => Format}),
    io:put_chars(["** ", Text, $\n]).

%% The evaluator was ended from outside, or ended itself.
print_exit(Reason, #shell{records = Records}) ->
    io:put_chars(["** exception exit: ", pretty(Reason, 20, Records), $\n]).
