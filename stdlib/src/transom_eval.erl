%% `transom attach NAME --eval 'EXPRS'`: evaluates here and prints the last value.
-module(transom_eval).

-export([command/1, eval/1, erl/3]).

command([Text]) ->
    case eval(Text) of
        {ok, Value} ->
            io:format("~tp~n", [Value]),
            0;
        {error, Message} ->
            transom_command:error("~ts~n", [Message]),
            1
    end;
command(_) -> transom_control:argument_error("--eval takes one argument: the expressions~n", []).

%% The value of the last expression, or what to say about the failure. The final dot may be missing.
eval(Text) ->
    case erl_scan:string(string:trim(Text, trailing, " \t\r\n.") ++ " .", {1, 1}, []) of
        {ok, Tokens, _} ->
            case erl_parse:parse_exprs(Tokens) of
                {ok, Exprs} -> run(Exprs);
                {error, Error} -> {error, problem(Error)}
            end;
        {error, Error, _} -> {error, problem(Error)}
    end.

run(Exprs) ->
    Local = {value, fun(F, Args) -> apply(shell_default_module(F, length(Args)), F, Args) end},
    try erl_eval:exprs(Exprs, erl_eval:new_bindings(), Local) of
        {value, Value, _} -> {ok, Value}
    catch
        Class:Reason:Stack ->
            Trim = fun(M, _, _) -> M =:= erl_eval orelse M =:= ?MODULE orelse M =:= transom_command end,
            Text = erl_error:format_exception(Class, Reason, Stack, #{stack_trim_fun => Trim, column => 4}),
            {error, ["** ", Text]}
    end.

%% Commands of the shell that are plain functions work here too.
shell_default_module(F, A) ->
    _ = code:ensure_loaded(c),
    case erlang:function_exported(c, F, A) of
        true -> c;
        false -> erlang:error({undef_local, {F, A}})
    end.

problem({Location, Module, Why}) ->
    [place(Location), Module:format_error(Why)].

place({L, C}) -> io_lib:format("~w:~w: ", [L, C]);
place(_) -> "".

%% What `erl -pa ... -eval ... -s ...` does, in order; then the shell, or nothing until something halts. A step that fails ends the system
%% with 1, as there.
erl(Path, Steps, Shell) ->
    code:add_pathsa(Path),
    [case eval(Step) of
         {ok, _} -> ok;
         {error, Text} ->
             io:put_chars(standard_error, [Text, $\n]),
             erlang:halt(1)
     end || Step <- Steps],
    case Shell of
        true -> shell:server(piped);
        false -> receive after infinity -> ok end
    end.
