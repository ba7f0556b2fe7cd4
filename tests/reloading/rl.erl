%% Helper for the reload goldens: compile source text, print stable lines.
-module(rl).
-export([beam/2, beam/3, load/2, load/3, write/3, p/2, n/1, try_/1, fmt_exc/3,
         down/1, down_of/1, wait/1, call/2, quiet/0, tmp/1, stk/1, sync/0, catch_logs/0, logs/0, log/2]).

beam(M, Text) -> beam(M, Text, []).
beam(M, Text, _Opts) ->
    Head = "-module(" ++ atom_to_list(M) ++ ").\n",
    {ok, M, Bin, _, _} = erts_internal:compile_source(atom_to_list(M) ++ ".erl", Head ++ Text, []),
    Bin.

load(M, Text) -> load(M, Text, []).
load(M, Text, Opts) ->
    code:load_binary(M, atom_to_list(M) ++ ".erl", beam(M, Text, Opts)).

%% Write M.tbc compiled from Text in directory Dir.
write(Dir, M, Text) ->
    F = filename:join(Dir, atom_to_list(M) ++ ".tbc"),
    ok = filelib:ensure_dir(F),
    ok = file:write_file(F, beam(M, Text)),
    F.

p(Label, Term) -> io:format("~s: ~0p~n", [Label, n(Term)]).

%% Replace what differs between runs by names.
n(P) when is_pid(P) ->
    case P =:= self() of true -> '<self>'; false -> '<pid>' end;
n(R) when is_reference(R) -> '<ref>';
n(P) when is_port(P) -> '<port>';
n(F) when is_function(F) ->
    {type, Type} = erlang:fun_info(F, type),
    {module, M} = erlang:fun_info(F, module),
    {arity, A} = erlang:fun_info(F, arity),
    case Type of
        external -> {name, N} = erlang:fun_info(F, name), {'<external fun>', M, N, A};
        local -> {'<local fun>', M, A}
    end;
n([H | T]) -> [n(H) | n(T)];
n(T) when is_tuple(T) -> list_to_tuple([n(E) || E <- tuple_to_list(T)]);
n(M) when is_map(M) -> maps:from_list([{n(K), n(V)} || {K, V} <- maps:to_list(M)]);
n(X) -> X.

try_(F) ->
    try F() of V -> {returned, V}
    catch C:R:S -> fmt_exc(C, R, S)
    end.
fmt_exc(C, R, S) -> {C, R, stk(S)}.
%% first frames up to this helper, args and lines kept
stk(S) -> [fr(X) || {M, _, _, _} = X <- S, M =/= rl, M =/= init, M =/= erl_eval].
fr({M, F, A, L}) -> {M, F, A, [X || {K, _} = X <- L, K =:= line orelse K =:= error_info]}.

%% wait for a monitored process to go
down(Pid) ->
    R = erlang:monitor(process, Pid),
    receive {'DOWN', R, process, Pid, Why} -> {down, Why}
    after 500 -> {alive, erlang:process_info(Pid, status)}
    end.

%% the same of a process that may end before it is watched
down_of(Fun) ->
    {Pid, R} = spawn_monitor(Fun),
    receive {'DOWN', R, process, Pid, Why} -> {down, Why}
    after 500 -> {alive, erlang:process_info(Pid, status)}
    end.

wait(Ms) -> receive after Ms -> ok end.

call(Pid, Msg) ->
    R = make_ref(),
    Pid ! {self(), R, Msg},
    receive {R, Ans} -> Ans after 1000 -> timeout end.

quiet() -> logger:set_primary_config(level, none).
sync() -> wait(50).
tmp(Name) ->
    D = filename:join("scratch", Name),
    _ = file:del_dir_r(D),
    ok = filelib:ensure_dir(filename:join(D, "x")),
    D.

%% Collect log bytes instead of printing them when they happen to arrive.
catch_logs() ->
    {ok, #{formatter := F}} = logger:get_handler_config(default),
    ok = logger:remove_handler(default),
    register(rl_logs, spawn(fun() -> keep([]) end)),
    ok = logger:add_handler(rl_h, ?MODULE, #{formatter => F}),
    ok.
log(E, #{formatter := {M, C}}) -> rl_logs ! {log, unicode:characters_to_list(M:format(E, C))}.
keep(L) ->
    receive
        {log, B} -> keep([B | L]);
        {get, P, R} -> P ! {R, lists:reverse(L)}, keep([])
    end.
%% Print what was logged so far; times, pids and refs replaced.
logs() ->
    wait(60),
    R = make_ref(),
    rl_logs ! {get, self(), R},
    receive {R, L} -> [io:put_chars(["LOG| " | norm(B)]) || B <- L], ok end.
%% Written without regular expressions: times, pids, refs and sizes become names.
norm(Text) ->
    B = string:trim(norm1(unicode:characters_to_list(Text)), trailing, "\n"),
    [lists:flatten(string:replace(B, "\n", "\nLOG| ", all)), "\n"].

norm1("REPORT==== " ++ T) ->
    "REPORT==== <time>" ++ norm1(lists:dropwhile(fun(C) -> C =/= $\s end, T));
norm1("#Ref<" ++ T) -> "<ref>" ++ norm1(tl(lists:dropwhile(fun(C) -> C =/= $> end, T)));
norm1("heap_size: " ++ T) -> "heap_size: <n>" ++ norm1(digits(T));
norm1("stack_size: " ++ T) -> "stack_size: <n>" ++ norm1(digits(T));
norm1("reductions: " ++ T) -> "reductions: <n>" ++ norm1(digits(T));
norm1([$<, D | T]) when D >= $0, D =< $9 -> "<pid>" ++ norm1(tl(lists:dropwhile(fun(C) -> C =/= $> end, T)));
norm1([C | T]) -> [C | norm1(T)];
norm1([]) -> [].

digits(T) -> lists:dropwhile(fun(C) -> C >= $0 andalso C =< $9 end, T).
