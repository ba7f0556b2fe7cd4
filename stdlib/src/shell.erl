%% The Erlang shell: reads expressions up to a dot, evaluates them in a process of their own, keeps bindings, records and history.
%%
%% Three processes: the shell (state, prompt), a reader for one input, an evaluator that lives until an exception ends it. The shell survives
%% whatever the evaluator does. What is defined at the prompt lies in a table (shell_local), so that any process an expression
%% starts sees it; earlier commands are in shell_history, the words of values and errors in shell_text.
-module(shell).
-export([start/0, start/1, start/2, server/1, server/2, start_interactive/0, start_interactive/1]).
-export([whereis_evaluator/0, whereis_evaluator/1, history/1, results/1, catch_exception/1, prompt_func/1, strings/1]).
-export([start_restricted/1, stop_restricted/0, local_allowed/3, non_local_allowed/3]).
-export([scan/3]).

-define(HISTORY, 20).
-define(RESULTS, 20).

-record(shell, {
    n = 1,                       % number of the next command
    bindings = #{},
    table,                       % what was defined at the prompt: shell_local
    commands = [],               % [shell_history:command()], newest first
    evaluator = none,
    ref = none,
    dictionary = []              % of the last evaluator; the next one begins with it
}).

start() -> start(false, false).
start(Init) -> start(Init, false).
start(_NoCtrlG, _StartSync) -> spawn(fun() -> server(false) end).

start_interactive() -> start(), ok.
start_interactive(_) -> start(), ok.

server(_NoCtrlG, _StartSync) -> server(false).

%% Runs a shell in the calling process until its input ends. A client's shell (transom_job) ends alone then, another one ends
%% the system.
server(Mode) ->
    process_flag(trap_exit, true),
    Mode =:= client andalso put(shell_on_eof, fun() -> ok end),
    banner(Mode),
    try loop(#shell{table = shell_local:new()})
    catch throw:{?MODULE, exit} ->
        %% exit/0: a new one takes over.
        stop_evaluator(get(evaluator)),
        io:put_chars("*** Shell process terminated! ***\n"),
        server(Mode)
    end.

banner(client) -> io:format("Transom, Eshell V~ts  (press Ctrl+G to abort, type help(). for help)~n", [erlang:system_info(version)]);
banner(_) -> io:format("Eshell V~ts  (abort with ^G)~n", [erlang:system_info(version)]).

%%% Settings: they hold for all shells of the system

history(N) when is_integer(N), N >= 0 -> setting(history, N).
results(N) when is_integer(N), N >= 0 -> setting(results, N).
catch_exception(Bool) -> setting(catch_exception, Bool).
prompt_func(F) -> setting(prompt_func, F).
strings(Bool) -> setting(strings, Bool).

setting(Key, Value) ->
    Old = current(Key),
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
default(strings) -> true;
default(_) -> default.

current(Key) -> application:get_env(stdlib, env_key(Key), default(Key)).

%% The process that evaluates for the shell the caller belongs to.
whereis_evaluator() ->
    case get(shell_server) of
        undefined -> evaluator_of(entry(group_leader(), shell));
        _ -> self()
    end.

whereis_evaluator(Shell) -> evaluator_of(Shell).

evaluator_of(Shell) when is_pid(Shell) -> entry(Shell, evaluator);
evaluator_of(_) -> undefined.

entry(Pid, Key) ->
    case process_info(Pid, dictionary) of
        {dictionary, D} -> proplists:get_value(Key, D);
        undefined -> undefined
    end.

%%% The loop: prompt, read, evaluate, print

loop(S0) ->
    case read(prompt(S0), S0) of
        {{ok, Es, Text}, S} -> loop(command(Es, Text, S));
        {{long, Text}, S} -> loop(read_long(Text, S));
        {{form, Form}, S} -> loop(definition(Form, S));
        {{error, Location, Message, Text}, S} ->
            io:put_chars(shell_text:syntax_error(Location, Message, Text)),
            loop(S);
        {{eof, _}, _} -> ended()
    end.

ended() ->
    stop_evaluator(get(evaluator)),
    case get(shell_on_eof) of
        undefined -> io:put_chars("*** Terminating erlang (" ++ atom_to_list(node()) ++ ")\n"), halt(0);
        Fun -> Fun()
    end.

prompt(#shell{n = N}) ->
    case current(prompt_func) of
        {M, F} ->
            try io_lib:format_prompt(M:F([{history, N}]))
            catch
                _:_ ->
                    io:format("* Bad prompt function: ~tp~n", [{M, F}]),
                    default_prompt(N)
            end;
        _ -> default_prompt(N)
    end.

default_prompt(N) ->
    case is_alive() of
        true -> io_lib:format("(~w)~w> ", [node(), N]);
        false -> io_lib:format("~w> ", [N])
    end.

%% Reads tokens to a dot and parses them, in a process of its own so that a broken device ends that only.
read(Prompt, S) ->
    Leader = group_leader(),
    {Pid, Ref} = spawn_monitor(fun() -> group_leader(Leader, self()), exit({read, read_command(Prompt)}) end),
    await(Pid, Ref, S).

await(Pid, Ref, #shell{evaluator = Evaluator, ref = EvRef} = S) ->
    receive
        {'DOWN', Ref, process, Pid, {read, Result}} -> {Result, S};
        {'DOWN', Ref, process, Pid, Reason} -> {{eof, Reason}, S};
        {'DOWN', EvRef, process, Evaluator, Reason} ->
            %% Something it was linked to has ended it between two commands.
            io:put_chars(shell_text:exit_of_evaluator(Reason, S#shell.table)),
            await(Pid, Ref, S#shell{evaluator = none});
        {'EXIT', _, _} -> await(Pid, Ref, S);
        {shell_interrupt, _} -> await(Pid, Ref, S);
        {shell_ask, _, _, _} = Question ->
            answer(Question, S),
            await(Pid, Ref, S)
    end.

%% What others may ask of the shell: completion wants its names, h() its commands.
answer({shell_ask, From, Tag, state}, #shell{bindings = Bs, table = Table}) ->
    From ! {Tag, #{bindings => maps:keys(Bs), functions => shell_local:functions(Table), records => shell_local:record_fields(Table)}};
answer({shell_ask, From, Tag, commands}, S) -> From ! {Tag, S#shell.commands}.

ask(Shell, What) ->
    Ref = monitor(process, Shell),
    Shell ! {shell_ask, self(), Ref, What},
    receive
        {Ref, Answer} ->
            demonitor(Ref, [flush]),
            Answer;
        {'DOWN', Ref, _, _, _} -> []
    end.

read_command(Prompt) ->
    case io:request(group_leader(), {get_until, unicode, lists:flatten(Prompt), ?MODULE, scan, [{1, 1}]}) of
        {{ok, long, _}, Text} -> {long, Text};
        {{ok, Tokens, _}, Text} -> parse(Tokens, Text);
        {{eof, _}, _} -> {eof, eof};
        {{error, {Location, Module, Why}, _}, Text} ->
            _ = io:get_line(""),
            {error, Location, Module:format_error(Why), Text};
        {error, Why} -> {eof, Why};
        Other -> {eof, Other}
    end.

%% A megabyte of tokens takes 16 of memory for each copy: what is long is sent as text, a binary, and becomes tokens where they are needed.
-define(LONG, 16#10000).

read_long(Text, S) ->
    {ok, Tokens, _, _} = prim_compile:scan_form(Text, {1, 1}, [], true),
    case parse(Tokens, Text) of
        {ok, Es, _} -> command(Es, Text, S);
        {form, Form} -> definition(Form, S);
        {error, Location, Message, _} ->
            io:put_chars(shell_text:syntax_error(Location, Message, Text)),
            S
    end.

%% For the io server: erl_scan:tokens/3 that also answers the text it has read, so that an error can be shown in it.
scan(Continuation, Chars, Start) ->
    case erl_scan:tokens(Continuation, Chars, Start) of
        {more, More} -> {more, More};
        {done, Result, Rest} ->
            Last = if
                is_list(Chars), is_list(Rest) -> lists:sublist(Chars, length(Chars) - length(Rest));
                is_list(Chars) -> Chars;
                true -> []
            end,
            {done, short(Result, joined(erl_scan:continuation_text(Continuation), unicode:characters_to_binary(Last))), Rest}
    end.

%% What is a binary already is not looked at again.
joined(Before, Last) when is_binary(Before), is_binary(Last) -> <<Before/binary, Last/binary>>;
joined(Before, Last) -> unicode:characters_to_binary([Before, Last]).

short({ok, _, End}, Text) when byte_size(Text) > ?LONG -> {{ok, long, End}, Text};
short(Result, Text) -> {Result, Text}.

%% -record, -spec and -type, and functions: f(X) -> ... is no expression, so a failed parse is tried as a form.
parse([{'-', _}, {atom, _, A} | _] = Tokens, Text) when A =:= record; A =:= spec; A =:= type; A =:= opaque; A =:= nominal ->
    parse_form(Tokens, none, Text);
parse(Tokens, Text) ->
    case erl_eval:extended_parse_exprs(Tokens) of
        {ok, Es} -> {ok, Es, Text};
        {error, {Location, Module, Why}} -> parse_form(Tokens, {error, Location, Module:format_error(Why), Text}, Text)
    end.

parse_form(Tokens, Otherwise, Text) ->
    case erl_parse:parse_form(Tokens) of
        {ok, Form} -> {form, Form};
        {error, {Location, Module, Why}} when Otherwise =:= none -> {error, Location, Module:format_error(Why), Text};
        {error, _} -> Otherwise
    end.

%%% Definitions at the prompt

definition(Form, #shell{table = Table} = S) ->
    case shell_local:define(Table, Form) of
        ok ->
            io:put_chars("ok\n"),
            next(S, [{atom, 1, ok}], {value, ok});
        {error, Text} ->
            io:put_chars(["* ", Text, $\n]),
            S
    end.

%%% Commands

command(Es0, Text, S) ->
    case shell_history:expand(Es0, S#shell.n, S#shell.commands) of
        {ok, Es, Shown} -> run(Es, Shown, Text, S);
        {error, Message} ->
            io:put_chars([Message, $\n]),
            S
    end.

run(Es, Shown, Text, S0) ->
    #shell{evaluator = Pid, ref = Ref} = S = ensure_evaluator(S0),
    Pid ! {eval, self(), Es, S#shell.bindings},
    wait({Es, Shown, Text}, Pid, Ref, S).

wait({Es, Shown, Text} = Command, Pid, Ref, #shell{table = Table} = S) ->
    receive
        {Pid, {value, V, Bs}} ->
            flush_traces(),
            io:put_chars([shell_text:value(V, Table), $\n]),
            next(S#shell{bindings = Bs}, Shown, {value, V});
        {Pid, {failed, Class, Reason, Stack, Dictionary}} ->
            flush_traces(),
            Kept = current(catch_exception),
            io:put_chars([shell_text:exception(Class, Reason, Stack, Kept, Table), shell_text:hint(Class, Reason, Stack, Es, S#shell.bindings, Table)]),
            next(survivor(Kept, Pid, S#shell{dictionary = Dictionary}), Shown, failure(Class, Reason, Stack));
        {Pid, exit} ->
            flush_traces(),
            throw({?MODULE, exit});
        {Pid, {refused, Location, Message, Why}} ->
            flush_traces(),
            io:put_chars([shell_text:syntax_error(Location, Message, Text), shell_text:hint(Why, maps:keys(S#shell.bindings), Table)]),
            next(S, Shown, {'EXIT', Why});
        {shell_interrupt, _} ->
            exit(Pid, kill),
            wait(Command, Pid, Ref, S);
        {shell_ask, _, _, _} = Question ->
            answer(Question, S),
            wait({Es, Shown, Text}, Pid, Ref, S);
        {'DOWN', Ref, process, Pid, Reason} ->
            flush_traces(),
            io:put_chars(shell_text:exit_of_evaluator(Reason, Table)),
            next(S#shell{evaluator = none}, Shown, {'EXIT', Reason});
        {'EXIT', Pid, _} -> wait(Command, Pid, Ref, S);
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

survivor(true, _, S) -> S;
survivor(false, Pid, S) ->
    stop_evaluator(Pid),
    S#shell{evaluator = none}.

failure(error, Reason, Stack) -> {'EXIT', {Reason, Stack}};
failure(exit, Reason, _) -> {'EXIT', Reason};
failure(throw, Reason, Stack) -> {'EXIT', {{nocatch, Reason}, Stack}}.

next(#shell{n = N, commands = Commands} = S, Es, Result) ->
    S#shell{n = N + 1, commands = shell_history:add(N, Es, Result, Commands, current(history), current(results))}.

%%% The evaluator

ensure_evaluator(#shell{evaluator = Pid} = S) when is_pid(Pid) -> S;
ensure_evaluator(#shell{table = Table, dictionary = Dictionary} = S) ->
    Shell = self(),
    Leader = group_leader(),
    Pid = spawn_link(fun() ->
        group_leader(Leader, self()),
        [put(Key, Value) || {Key, Value} <- Dictionary],
        put(shell_server, Shell),
        evaluator(Shell, Table)
    end),
    put(evaluator, Pid),
    S#shell{evaluator = Pid, ref = monitor(process, Pid)}.

stop_evaluator(Pid) when is_pid(Pid) ->
    unlink(Pid),
    exit(Pid, kill),
    receive {'DOWN', _, process, Pid, _} -> ok after 1000 -> ok end,
    receive {'EXIT', Pid, _} -> ok after 0 -> ok end;
stop_evaluator(_) -> ok.

evaluator(Shell, Table) ->
    receive
        {eval, Shell, Es, Bs0} ->
            Answer =
                try exprs(Es, ok, Bs0, Shell, Table)
                catch
                    throw:{?MODULE, Refused} -> Refused;
                    Class:Reason:Stack -> {failed, Class, Reason, Stack, get()}
                end,
            Shell ! {self(), Answer},
            evaluator(Shell, Table)
    end.

%% One expression after the other: a record defined by the first is known to the second. What is wrong with one is said when its turn comes.
exprs([], V, Bs, _, _) -> {value, V, typed(Bs)};
exprs([E0 | Es], _, Bs0, Shell, Table) ->
    E = checked(E0, Bs0, Table),
    {value, V, Bs} = erl_eval:expr(E, Bs0, local_handler(Shell, Table), non_local_handler(Table)),
    exprs(Es, V, Bs, Shell, Table).

%% Without records, and past the linter.
checked({remote, _, M, _}, _, _) -> refuse(erl_parse:first_anno(M), "illegal expression", illegal_expr);
checked(E, Bs, Table) ->
    case shell_local:expand_records(Table, [E]) of
        {ok, [Expanded]} ->
            case problem(to_check(Expanded), Bs) of
                none -> Expanded;
                {Location, Module, Why} -> refuse(Location, Module:format_error(Why), Why)
            end;
        {error, Location, Message, Why} -> refuse(Location, Message, Why)
    end.

-spec refuse(erl_anno:location(), unicode:chardata(), term()) -> no_return().
refuse(Location, Message, Why) -> throw({?MODULE, {refused, Location, Message, Why}}).

%% f(X) names a variable that need not be bound, and a value stands for v(N).
to_check({call, L, {atom, _, f}, [{var, _, _}]}) -> {atom, L, ok};
to_check({value, L, _}) -> {call, L, {atom, L, v}, []};
to_check({string, _, _} = E) -> E;
to_check(T) when is_tuple(T) -> list_to_tuple([to_check(X) || X <- tuple_to_list(T)]);
to_check([H | T]) -> [to_check(H) | to_check(T)];
to_check(X) -> X.

%% What the linter objects to. Functions it does not know may be commands.
problem(E, Bs) ->
    try erl_lint:exprs([E], [{Name, ok} || Name <- maps:keys(Bs)]) of
        {error, Errors, _} -> first_problem(lists:append([Found || {_, Found} <- Errors]));
        _ -> none
    catch
        error:_ -> none
    end.

first_problem([{_, erl_lint, What} | More]) when element(1, What) =:= undefined_function -> first_problem(More);
first_problem([{_, _, _} = Problem | _]) -> Problem;
first_problem([_ | More]) -> first_problem(More);
first_problem([]) -> none.

%% The expansion of records makes variables that nobody can type.
typed(Bs) -> maps:filter(fun(Name, _) -> is_typed(atom_to_list(Name)) end, Bs).

is_typed([C | _]) -> C =:= $_ orelse string:to_lower(C) =/= C.

local_handler(Shell, Table) -> {eval, fun(Anno, F, Args, Bs) -> local(Anno, F, Args, Bs, {Shell, Table}) end}.

non_local_handler(Table) -> {value, fun(F, Args) -> non_local(F, Args, Table) end}.

non_local({M, F}, Args, Table) ->
    allow(non_local, {M, F}, Args, Table),
    apply(M, F, Args);
non_local(Fun, Args, _) when is_function(Fun) ->
    case is_function(Fun, length(Args)) of
        true -> apply(Fun, Args);
        false -> erlang:raise(error, {badarity, {Fun, Args}}, [])
    end.

%%% Local calls: commands of the shell first, then functions typed in, then user_default and shell_default

local(_, F, Args, Bs, {Shell, Table} = Context) ->
    case is_command(F, length(Args)) of
        true ->
            allow(local, F, Args, Table),
            command_of_shell(F, Args, Bs, Context);
        false ->
            {Vs, Bs2} = erl_eval:expr_list(Args, Bs, local_handler(Shell, Table), non_local_handler(Table)),
            allow(local, F, Vs, Table),
            {value, local_call(F, Vs, Context), Bs2}
    end.

local_call(F, Args, {Shell, Table}) ->
    case shell_local:function(Table, F, length(Args)) of
        {ok, Expr} ->
            {value, Fun, _} = erl_eval:expr(Expr, erl_eval:new_bindings(), local_handler(Shell, Table), non_local_handler(Table)),
            apply(Fun, Args);
        error -> in_modules([user_default, shell_default], F, Args)
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

%% Commands whose arguments are taken as they are written, or that belong to this shell.
is_command(F, A) ->
    lists:member({F, A}, [{exit, 0}, {f, 0}, {f, 1}, {b, 0}, {h, 0}, {rd, 2}, {rf, 0}, {rf, 1}, {rl, 0}, {rl, 1}, {rp, 1}, {rr, 1}, {rr, 2}, {rr, 3},
        {history, 1}, {results, 1}, {catch_exception, 1}, {lf, 0}, {lt, 0}, {lr, 0}, {ff, 0}, {ff, 1}, {tf, 0}, {tf, 1}, {fl, 0},
        {save_module, 1}, {save_module, 2}]).

command_of_shell(exit, [], _, _) -> throw({?MODULE, exit});
command_of_shell(f, [], _, _) -> {value, ok, #{}};
command_of_shell(f, [{var, _, Name}], Bs, _) -> {value, ok, maps:remove(Name, Bs)};
command_of_shell(f, [_], _, _) -> no_clause(f, 1);
command_of_shell(b, [], Bs, {_, Table}) ->
    [io:put_chars(shell_text:binding(N, V, Table)) || {N, V} <- erl_eval:bindings(Bs)],
    {value, ok, Bs};
command_of_shell(h, [], Bs, {Shell, Table}) ->
    [io:put_chars(shell_history:shown(C, Table)) || C <- lists:reverse(lists:sublist(ask(Shell, commands), current(history)))],
    {value, ok, Bs};
command_of_shell(rd, [Name, Fields], Bs, {_, Table}) -> {value, shell_local:define_record(Table, Name, Fields), Bs};
command_of_shell(F, Args0, Bs, {Shell, Table}) ->
    {Args, Bs2} = erl_eval:expr_list(Args0, Bs, local_handler(Shell, Table), non_local_handler(Table)),
    {value, evaluated(F, Args, Table), Bs2}.

evaluated(history, [N], _) when is_integer(N), N >= 0 -> history(N);
evaluated(results, [N], _) when is_integer(N), N >= 0 -> results(N);
evaluated(catch_exception, [B], _) when is_boolean(B) -> catch_exception(B);
evaluated(F, [_], _) when F =:= history; F =:= results; F =:= catch_exception -> no_clause(F, 1);
evaluated(rp, [Term], Table) -> io:put_chars([shell_text:whole(Term, Table), $\n]);
evaluated(F, Args, Table) -> apply(shell_local, F, [Table | Args]).

no_clause(F, A) -> erlang:raise(error, function_clause, [{?MODULE, F, A, []}]).

%%% The restricted shell: a module says what may be called

start_restricted(Module) when is_atom(Module) ->
    case code:ensure_loaded(Module) of
        {module, Module} ->
            application:set_env(stdlib, restricted_shell, Module),
            exit(restricted_shell_started);
        {error, What} = Error ->
            error_logger:error_report(lists:flatten(io_lib:format("Restricted shell module ~w not found: ~tp\n", [Module, What]))),
            Error
    end.

stop_restricted() ->
    application:unset_env(stdlib, restricted_shell),
    exit(restricted_shell_stopped).

%% As the module of a restriction this one allows to leave, and nothing else.
local_allowed(q, [], State) -> {true, State};
local_allowed(_, _, State) -> {false, State}.

non_local_allowed(_, _, State) -> {false, State}.

allow(Kind, F, Args, Table) ->
    case application:get_env(stdlib, restricted_shell) of
        {ok, Module} when Module =/= undefined -> allow(Module, Kind, F, Args, Table);
        _ -> ok
    end.

allow(Module, Kind, F, Args, Table) ->
    State = shell_local:get(Table, restricted, []),
    case ask_restriction(Module, Kind, F, Args, State) of
        {true, State2} -> shell_local:put(Table, restricted, State2);
        {false, State2} ->
            shell_local:put(Table, restricted, State2),
            exit({restricted_shell_disallowed, {F, Args}});
        Other -> exit({restricted_shell_bad_return, Other})
    end.

ask_restriction(Module, local, F, Args, State) -> Module:local_allowed(F, Args, State);
ask_restriction(Module, non_local, F, Args, State) -> Module:non_local_allowed(F, Args, State).
