%% Words exceptions for people: the shell's "** exception error: ..." with its frames, and the texts of error_info.
-module(erl_error).
-export([format_exception/3, format_exception/4, format_reason/4]).

-define(COLUMNS, 80).
%% How far what does not fit behind its text is indented on the next line.
-define(BELOW, 20).

format_exception(Class, Reason, Stack) -> format_exception(Class, Reason, Stack, #{}).

%% Options: column (1), stack_trim_fun, format_fun (Term, Indent).
format_exception(Class, Reason, Stack, Options) ->
    Column = maps:get(column, Options, 1),
    Trim = maps:get(stack_trim_fun, Options, fun(_, _, _) -> false end),
    Format = maps:get(format_fun, Options, fun(T, I) -> io_lib:print(T, I, ?COLUMNS, -1) end),
    iolist_chars([explain(Class, Reason, Stack, Column, Trim, Format)]).

iolist_chars(Chars) -> lists:flatten(Chars).

%% The text of a reason alone, without class or frames.
format_reason(Class, Reason, Stack, Options) ->
    Format = maps:get(format_fun, Options, fun(T, I) -> io_lib:print(T, I, ?COLUMNS, -1) end),
    {Text, _} = reason(Class, Reason, Stack, maps:get(column, Options, 1), Format),
    lists:flatten(Text).

explain(Class, Reason, Stack0, Column, Trim, Format) ->
    Stack1 = versions(case Stack0 of
        [{shell, _, A, _} = Command | _] when Reason =:= function_clause, is_integer(A) -> [Command];
        [{erl_eval, '-inside-an-interpreted-fun-', _, _} = Top | More] when Reason =:= function_clause -> [Top | trim(More, Trim)];
        _ -> trim(Stack0, Trim)
    end),
    Title = io_lib:format("exception ~w: ", [Class]),
    Indent = Column - 1 + lists:flatlength(Title),
    {Words, Stack} = reason(Class, Reason, Stack1, Indent + 1, Format),
    Pad = lists:duplicate(Column + 1, $\s),
    Info = error_info(Reason, Stack1),
    Text = case Info of
        #{reason := Other} -> Other;
        _ -> Words
    end,
    [Title, Text, frames(Stack, Stack1, Info, Pad, Format, true)].

%% Frames of the evaluator at the bottom say nothing to the reader.
trim(Stack, Trim) ->
    lists:reverse(lists:dropwhile(
        fun({M, F, A, _}) when is_integer(A) -> Trim(M, F, A);
           ({M, F, Args, _}) when is_list(Args) -> Trim(M, F, length(Args));
           (_) -> false
        end,
        lists:reverse(Stack)
    )).

%% Frames of code that was not current say so, when the exception was caught in this process.
versions(Stack) ->
    Old = maps:from_list([{{M, F, A, L}, V} || {M, F, A, L, V, _} <- erts_internal:old_frames(Stack)]),
    [case maps:find({M, F, arity(A), proplists:get_value(line, Where, 0)}, Old) of
         {ok, V} -> {M, F, A, [{version, V} | Where]};
         error -> Frame
     end || {M, F, A, Where} = Frame <- Stack].

%%% Reasons. The answer is the text and the frames left to print.

reason(error, badarg, Stack, _, _) -> {"bad argument", Stack};
reason(error, badarith, Stack, _, _) -> {"an error occurred when evaluating an arithmetic expression", Stack};
reason(error, {badarg, V}, Stack, Col, Format) -> with_value("bad argument: ", V, Stack, Col, Format);
reason(error, {badarity, {Fun, Args}}, Stack, _, _) when is_function(Fun) -> {badarity(Fun, Args), Stack};
reason(error, {badfun, V}, Stack, Col, Format) -> with_value("bad function ", V, Stack, Col, Format);
reason(error, {badmatch, V}, Stack, Col, Format) -> with_value("no match of right hand side value ", V, Stack, Col, Format);
reason(error, {case_clause, V}, Stack, Col, Format) -> with_value("no case clause matching ", V, Stack, Col, Format);
reason(error, {try_clause, V}, Stack, Col, Format) -> with_value("no try clause matching ", V, Stack, Col, Format);
reason(error, {else_clause, V}, Stack, Col, Format) -> with_value("no else clause matching ", V, Stack, Col, Format);
reason(error, {badrecord, V}, Stack, Col, Format) -> with_value("bad record ", V, Stack, Col, Format);
reason(error, {badmap, V}, Stack, Col, Format) -> with_value("bad map: ", V, Stack, Col, Format);
reason(error, {badkey, K}, Stack, Col, Format) -> with_value("bad key: ", K, Stack, Col, Format);
reason(error, {bad_filter, V}, Stack, Col, Format) -> with_value("bad filter ", V, Stack, Col, Format);
reason(error, {bad_generator, V}, Stack, Col, Format) -> with_value("bad generator ", V, Stack, Col, Format);
reason(error, {bad_generators, V}, Stack, Col, Format) -> with_value("bad generators: ", V, Stack, Col, Format);
reason(error, {unbound_var, V}, Stack, _, _) -> {io_lib:format("variable ~ts is unbound", [V]), Stack};
reason(error, if_clause, Stack, _, _) -> {"no true branch found when evaluating an if expression", Stack};
reason(error, function_clause, [{shell, F, A, _} | Stack], _, _) when is_integer(A) ->
    {io_lib:format("no function clause matching call to ~ts/~w", [atom(F), A]), Stack};
reason(error, function_clause, [{M, F, Args, Where} | Stack], Col, Format) when is_list(Args) ->
    Text = "no function clause matching ",
    {[Text, fitting_call(M, F, Args, length(Text), Col, Format), place(Where)], Stack};
reason(error, function_clause, Stack, _, _) -> {"no function clause matching", Stack};
reason(error, undef, [{shell_undef, F, A, _} | Stack], _, _) -> {io_lib:format("undefined shell command ~ts/~w", [atom(F), A]), Stack};
reason(error, undef, [{M, F, A, _} | Stack], _, _) -> {io_lib:format("undefined function ~ts", [mfa(M, F, arity(A))]), Stack};
reason(error, undef, Stack, _, _) -> {"undefined function", Stack};
reason(error, notalive, Stack, _, _) -> {"the node is not part of a distributed system", Stack};
reason(error, system_limit, Stack, _, _) -> {"a system limit has been reached", Stack};
reason(error, timeout_value, Stack, _, _) -> {"bad receive timeout value", Stack};
reason(error, noproc, Stack, _, _) -> {"no such process or port", Stack};
reason(error, {timeout, {gen_server, call, [Server | _]}}, Stack, Col, Format) -> with_value("timeout in gen_server:call to ", Server, Stack, Col, Format);
reason(error, {undefined_record, R}, Stack, _, _) -> {io_lib:format("undefined record ~ts", [atom(R)]), Stack};
reason(error, {undefined_record, R}, Stack, _, _) -> {io_lib:format("undefined record ~ts", [atom(R)]), Stack};
reason(error, {undefined_field, R, F}, Stack, _, _) -> {io_lib:format("undefined field ~ts in record ~ts", [atom(F), atom(R)]), Stack};
reason(error, {argument_limit, _}, Stack, _, _) -> {"limit of number of arguments to interpreted function exceeded", Stack};
reason(error, {shell_undef, F, A, _}, Stack, _, _) -> {io_lib:format("undefined shell command ~ts/~w", [atom(F), A]), Stack};
reason(_, V, Stack, Col, Format) -> {Format(V, Col), Stack}.

%% A value that takes several lines stands on lines of its own if it takes fewer there.
with_value(Text, V, Stack, Col, Format) ->
    Beside = Format(V, Col + length(Text)),
    case lines(Beside) of
        1 -> {[Text, Beside], Stack};
        N ->
            Below = Format(V, ?BELOW + 1),
            case lines(Below) < N of
                true -> {[Text, $\n, lists:duplicate(?BELOW, $\s), Below], Stack};
                false -> {[Text, Beside], Stack}
            end
    end.

lines(Chars) -> 1 + length([C || C <- unicode:characters_to_list(Chars), C =:= $\n]).

badarity(Fun, Args) ->
    Kind = case erl_eval:fun_data(Fun) of
        false -> "function";
        _ -> "interpreted function"
    end,
    {arity, Arity} = erlang:fun_info(Fun, arity),
    io_lib:format("~s with arity ~w called with ~s", [Kind, Arity, count(length(Args))]).

count(0) -> "no arguments";
count(1) -> "one argument";
count(2) -> "two arguments";
count(3) -> "three arguments";
count(4) -> "four arguments";
count(5) -> "five arguments";
count(N) -> io_lib:format("~w arguments", [N]).

%%% Frames

frames([], All, Info, Pad, Format, true) ->
    %% The reason took the only frame; its error_info still has something to say.
    [[info_lines(Info, Pad)] || All =/= [], Info =/= none, Format =/= none];
frames(Stack, _, Info, Pad, Format, First) -> frame_list(Stack, Info, Pad, Format, First).

frame_list([], _, _, _, _) -> [];
frame_list([{erl_eval, _, _, _} | Stack], Info, Pad, Format, First) ->
    frame_list(Stack, Info, Pad, Format, First);
frame_list([{M, F, A, Where} | Stack], Info, Pad, Format, First) ->
    Word = if First -> "in "; true -> "in call from " end,
    What = case {First, is_operator(M, F, A)} of
        {true, true} -> io_lib:format("operator  ~ts/~w", [case F of '/' -> "'/'"; _ -> F end, arity(A)]);
        {true, false} -> ["function  ", called(M, F, A, Where)];
        {false, _} -> called(M, F, A, Where)
    end,
    [
        $\n, Pad, Word, What,
        [[$\n, Pad, "   called as ", shown(M, F, A, Pad, Format)] || is_list(A)],
        [info_lines(Info, Pad) || First],
        frame_list(Stack, Info, Pad, Format, false)
    ].

called(M, F, Args, _) when is_list(Args) -> mfa_or_bif(M, F, length(Args));
called(M, F, A, Where) ->
    Place = case place(Where) of
        "" -> " ";
        Known -> Known
    end,
    [io_lib:format("~ts", [mfa_or_bif(M, F, A)]), Place].

shown(M, F, Args, Pad, Format) ->
    case is_operator(M, F, Args) of
        true -> operator(F, Args, Format);
        false -> shown_call(called_name(M, F, length(Args)), Args, length(Pad) + 18, Format)
    end.

called_name(M, F, A) ->
    case is_bif(M, F, A) of
        true -> atom(F);
        false -> called_full(M, F)
    end.

%% What needs no module name in a program has none here.
is_bif(M, F, A) -> M =:= erlang andalso erl_internal:bif(F, A).

shown_call(Name, Args, Col, Format) ->
    Column = Col + lists:flatlength([Name]),
    [Name, $(, lists:join(",", [Format(A, Column) || A <- Args]), $)].

operator(F, [A], Format) -> [atom_to_list(F), $\s, Format(A, 1)];
operator(F, [A, B], Format) -> [Format(A, 1), $\s, atom_to_list(F), $\s, Format(B, 1)].

%% A call that would not fit behind the text goes to the next line.
fitting_call(M, F, Args, Used, Col, Format) ->
    Call = shown_call(called_full(M, F), Args, Col + Used, Format),
    case Col + Used + lists:flatlength(Call) > ?COLUMNS - 8 of
        true -> [$\n, lists:duplicate(?BELOW, $\s), shown_call(called_full(M, F), Args, ?BELOW + 1, Format)];
        false -> Call
    end.

called_full(M, F) -> io_lib:format("~ts:~ts", [atom(M), atom(F)]).

is_operator(erlang, F, A) ->
    N = arity(A),
    (N =:= 1 orelse N =:= 2) andalso
        (erl_internal:arith_op(F, N) orelse erl_internal:bool_op(F, N) orelse erl_internal:comp_op(F, N) orelse
            erl_internal:list_op(F, N) orelse erl_internal:send_op(F, N));
is_operator(_, _, _) -> false.

mfa_or_bif(M, F, A) ->
    case is_bif(M, F, A) orelse is_operator(M, F, A) of
        true -> io_lib:format("~ts/~w", [atom(F), A]);
        false -> mfa(M, F, A)
    end.

mfa(M, F, A) -> io_lib:format("~ts:~ts/~w", [atom(M), atom(F), A]).

atom(A) -> io_lib:write_atom(A).

arity(A) when is_integer(A) -> A;
arity(Args) when is_list(Args) -> length(Args).

place(Where) ->
    case {lists:keyfind(file, 1, Where), lists:keyfind(line, 1, Where)} of
        {{file, File}, {line, Line}} when Line > 0 ->
            case lists:keyfind(version, 1, Where) of
                {version, V} -> io_lib:format(" (~ts, line ~w, version ~w)", [File, Line, V]);
                false -> io_lib:format(" (~ts, line ~w)", [File, Line])
            end;
        _ -> " "
    end.

%%% error_info: the module that raised may explain which argument was wrong

error_info(Reason, [{_, _, _, Where} | _] = Stack) ->
    case lists:keyfind(error_info, 1, Where) of
        {error_info, Info} when is_map(Info) ->
            {M, _, _, _} = hd(Stack),
            Explainer = maps:get(module, Info, M),
            Function = maps:get(function, Info, format_error),
            try Explainer:Function(Reason, Stack) of
                Map when is_map(Map) -> Map;
                _ -> none
            catch
                error:_ -> none
            end;
        false -> none
    end;
error_info(_, _) -> none.

info_lines(none, _) -> [];
info_lines(Info, Pad) ->
    General = [[$\n, Pad, "   *** ", T] || #{general := T} <- [Info]],
    Arguments = [[$\n, Pad, io_lib:format("   *** argument ~w: ~ts", [N, T])] || {N, T} <- lists:sort(maps:to_list(Info)), is_integer(N)],
    [Arguments, General].
