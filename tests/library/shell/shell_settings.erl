%% Settings of the shell, and who may be asked of it.
% timed
-module(shell_settings).
-include("../show.hrl").

start() ->
    show(fun() -> [shell:history(5), shell:history(7), shell:history(20)] end),  % expect: [20,5,7]
    show(fun() -> [shell:results(3), shell:results(0), shell:results(20)] end),  % expect: [20,3,0]
    show(fun() -> [shell:catch_exception(true), shell:catch_exception(false)] end),  % expect: [false,true]
    show(fun() -> [shell:prompt_func({m, f}), shell:prompt_func(default)] end),  % expect: [default,{m,f}]
    show(fun() -> [shell:strings(false), shell:strings(true)] end),  % expect: [true,false]
    show(fun() -> shell:history(-1) end),  % expect: error function_clause
    show(fun() -> shell:history(odd) end),  % expect: error function_clause
    show(fun() -> shell:results(-1) end),  % expect: error function_clause
    show(fun() -> shell:results(odd) end),  % expect: error function_clause
    show(fun() -> [shell:whereis_evaluator(), shell:whereis_evaluator(self())] end),  % expect: [undefined,undefined]
    show(fun() -> [shell:local_allowed(F, [], state) || F <- [f, q, made_up]] end),  % expect: [{false,state},{true,state},{false,state}]
    show(fun() -> [shell:non_local_allowed(F, [], state) || F <- [{lists, map}, {erlang, halt}]] end),  % expect: [{false,state},{false,state}]
    logger:set_primary_config(level, none),
    show(fun() -> shell:start_restricted(no_such_module_here) end),  % expect: {error,nofile}
    show(fun() -> shell:start_restricted("text") end),  % expect: error function_clause
    show(fun() -> shell:start_restricted(lists) end),  % expect: exit restricted_shell_started
    show(fun() -> application:get_env(stdlib, restricted_shell) end),  % expect: {ok,lists}
    show(fun() -> shell:stop_restricted() end),  % expect: exit restricted_shell_stopped
    show(fun() -> application:get_env(stdlib, restricted_shell) end),  % expect: undefined
    show(fun() -> served(fun() -> shell:start() end) end),  % expect: {true,["40","42"]}
    show(fun() -> served(fun() -> shell:start(true) end) end),  % expect: {true,["40","42"]}
    show(fun() -> served(fun() -> shell:start(true, true) end) end).  % expect: {true,["40","42"]}

%% A shell reads from its starter's group leader: three lines, then the process is ended by hand.
served(Start) ->
    Me = self(),
    Pid = spawn(fun() ->
        group_leader(spawn_link(fun() -> leader(["X = 40.\n", "X + 2.\n"], Me, []) end), self()),
        Shell = Start(),
        Me ! {shell, is_pid(Shell), Shell},
        receive stop -> ok end
    end),
    {IsPid, Shell} = receive {shell, B, S} -> {B, S} after 30000 -> {no_shell, none} end,
    Text = receive {text, T} -> T after 30000 -> nothing end,
    exit(Shell, kill),
    Pid ! stop,
    {IsPid, [L || L <- string:lexemes(Text, "\n"), string:find(L, "4") =:= L]}.

%% Gives the lines one by one, then tells what was printed and answers no more.
leader(Lines, Me, Acc) ->
    receive
        {io_request, From, Ref, {get_until, _, _, M, F, As}} ->
            case Lines of
                [] ->
                    Me ! {text, lists:flatten(lists:reverse(Acc))},
                    leader(Lines, Me, Acc);
                [L | Ls] ->
                    From ! {io_reply, Ref, until(M, F, As, L)},
                    leader(Ls, Me, Acc)
            end;
        {io_request, From, Ref, Request} ->
            {Reply, Text} = reply(Request),
            From ! {io_reply, Ref, Reply},
            leader(Lines, Me, [Text | Acc])
    end.

until(M, F, As, Line) ->
    case apply(M, F, [[], Line | As]) of
        {done, Result, _} -> Result;
        {more, C} -> {done, Result, _} = apply(M, F, [C, eof | As]), Result
    end.

reply({put_chars, E, M, F, A}) -> {ok, unicode:characters_to_list(apply(M, F, A), E)};
reply({put_chars, E, C}) -> {ok, unicode:characters_to_list(C, E)};
reply({requests, Rs}) -> {ok, [T || {_, T} <- [reply(R) || R <- Rs]]};
reply(getopts) -> {[{encoding, unicode}, {expand_fun, false}, {echo, false}, {binary, false}], ""};
reply({setopts, _}) -> {ok, ""};
reply(_) -> {{error, enotsup}, ""}.
