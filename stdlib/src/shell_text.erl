%% How the shell words values, exceptions and complaints. On a terminal an error is followed by the place in the source and, where something
%% near was meant, by a hint; piped output is OTP's, word for word.
-module(shell_text).

-export([value/2, value/3, whole/2, binding/3, syntax_error/3, exception/5, exit_of_evaluator/2, hint/3, hint/6]).

-define(COLUMNS, 80).
%% As deep as OTP's shell prints.
-define(DEPTH, 30).

-type chars() :: unicode:chardata().

%%% Values

-spec value(term(), ets:table()) -> chars().
value(V, Table) -> value(V, 1, Table).

-spec value(term(), pos_integer(), ets:table()) -> chars().
value(V, Column, Table) -> print(V, Column, ?DEPTH, Table).

%% Without a limit, as rp/1 prints.
-spec whole(term(), ets:table()) -> chars().
whole(V, Table) -> print(V, 1, -1, Table).

%% A line of b/0.
-spec binding(atom(), term(), ets:table()) -> chars().
binding(Name, V, Table) ->
    Text = atom_to_list(Name),
    [Text, " = ", value(V, string:length(Text) + 4, Table), $\n].

print(V, Column, Depth, Table) ->
    io_lib_pretty:print(V, [
        {column, Column}, {line_length, columns()}, {depth, Depth}, {line_max_chars, 60},
        {record_print_fun, record_printer(Table)}, {strings, application:get_env(stdlib, shell_strings, true)}, {encoding, encoding()}
    ]).

record_printer(Table) ->
    Known = shell_local:record_fields(Table),
    fun(Tag, Count) ->
        case lists:keyfind(Tag, 1, Known) of
            {_, Fields} when length(Fields) =:= Count -> Fields;
            _ -> no
        end
    end.

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

%% Whether a person sees it.
on_terminal() ->
    case io:getopts() of
        Opts when is_list(Opts) -> proplists:get_value(terminal, Opts, false);
        _ -> false
    end.

colours() -> maps:get(colours, transom_control:context(), false).

%%% Errors

%% What the scanner, the parser or the linter says of a command, and on a terminal the place in what was typed.
-spec syntax_error(erl_anno:location(), chars(), string()) -> chars().
syntax_error(Location, Message, Text) ->
    {Line, Column} = place(Location),
    [io_lib:format("* ~ts: ~ts~n", [location(Line, Column), Message]),
     case on_terminal() andalso Column =/= none of
         true -> excerpt(Text, Line, Column);
         false -> ""
     end].

place({L, C}) -> {L, C};
place(Anno) ->
    case erl_anno:location(Anno) of
        {L, C} -> {L, C};
        L -> {L, none}
    end.

location(L, none) -> io_lib:format("~w", [L]);
location(L, C) -> io_lib:format("~w:~w", [L, C]).

%% The lines of source around a place; column 0 stands for the whole line.
excerpt(Text, Line, Column) ->
    case prim_compile:excerpt(Text, "", Line, Column, colours()) of
        "" -> "";
        Drawn -> [Drawn, $\n]
    end.

%% `Single`: the evaluator lives on (catch_exception/1), which one star instead of two shows.
-spec exception(error | exit | throw, term(), list(), boolean(), ets:table()) -> chars().
exception(exit, Reason, Stack, Single, Table) ->
    case restriction(Reason, Table) of
        none -> words(exit, Reason, Stack, Single, Table);
        Text -> [stars(Single), "exception exit: ", Text, $\n]
    end;
exception(Class, Reason, Stack, Single, Table) -> words(Class, Reason, Stack, Single, Table).

words(Class, Reason, Stack, Single, Table) ->
    Stars = stars(Single),
    Options = #{column => length(Stars) + 1, stack_trim_fun => fun(M, _, _) -> is_shell(M) end,
                format_fun => fun(T, Column) -> value(T, Column, Table) end},
    [Stars, erl_error:format_exception(Class, Reason, Stack, Options), $\n, source_of(Stack)].

stars(true) -> "* ";
stars(false) -> "** ".

is_shell(M) -> lists:member(M, [erl_eval, eval_bits, shell, shell_local]).

restriction(restricted_shell_started, _) -> "restricted shell starts now";
restriction(restricted_shell_stopped, _) -> "restricted shell stopped";
restriction({restricted_shell_disallowed, {F, Args}}, Table) ->
    ["restricted shell does not allow ", called(F, Table), $(, lists:join(",", [argument(A, Table) || A <- Args]), $)];
restriction({restricted_shell_bad_return, V}, Table) -> ["restricted shell module returned bad value ", value(V, 1, Table)];
restriction(_, _) -> none.

called({erlang, F}, _) -> io_lib:write_atom(F);
called({M, F}, _) -> [io_lib:write_atom(M), $:, io_lib:write_atom(F)];
called(F, _) when is_atom(F) -> io_lib:write_atom(F);
called(F, Table) -> value(F, 1, Table).

%% Commands of the shell come with their arguments as they were written.
argument(A, Table) when is_tuple(A), tuple_size(A) > 1 ->
    try erl_pp:expr(A)
    catch _:_ -> value(A, 1, Table)
    end;
argument(A, Table) -> value(A, 1, Table).

%% The evaluator was ended from outside, or ended itself.
-spec exit_of_evaluator(term(), ets:table()) -> chars().
exit_of_evaluator({Reason, [{M, F, A, Where} | _] = Stack}, Table) when is_atom(M), is_atom(F), is_list(Where), is_integer(A) orelse is_list(A) ->
    exception(exit, Reason, Stack, false, Table);
exit_of_evaluator(Reason, Table) -> exception(exit, Reason, [], false, Table).

%% The line of the first frame whose source is at hand.
source_of(Stack) ->
    case on_terminal() of
        true -> first_source(Stack);
        false -> ""
    end.

first_source([{M, _, _, Where} | Stack]) ->
    Line = proplists:get_value(line, Where, 0),
    case Line > 0 andalso source_file(M, proplists:get_value(file, Where, "")) of
        {File, Bytes} -> [prim_compile:excerpt(Bytes, File, Line, 0, colours()), $\n];
        _ -> first_source(Stack)
    end;
first_source([_ | Stack]) -> first_source(Stack);
first_source([]) -> "".

%% A frame names the file as the compiler was given it.
source_file(Module, File) ->
    Source = try proplists:get_value(source, Module:module_info(compile), "") catch error:_ -> "" end,
    Same = [Source || Source =/= "", filename:basename(Source) =:= filename:basename(File)],
    read_first([File | Same], File).

read_first([Path | Paths], Name) ->
    case file:read_file(Path) of
        {ok, Bytes} -> {Name, Bytes};
        {error, _} -> read_first(Paths, Name)
    end;
read_first([], _) -> none.

%%% Hints

%% After a complaint of the linter; `Names` are the bound variables.
-spec hint(term(), [atom()], ets:table()) -> chars().
hint(Why, Names, Table) -> advice(fun() -> meant(Why, Names, Table) end).

%% After an exception.
-spec hint(atom(), term(), list(), [erl_parse:abstract_expr()], map(), ets:table()) -> chars().
hint(Class, Reason, Stack, Es, Bindings, Table) ->
    advice(fun() -> meant_by(Class, Reason, Stack, Es, Bindings, Table) end).

advice(Find) ->
    case on_terminal() of
        true ->
            try Find() of
                "" -> "";
                Text -> ["  help: ", Text, $\n]
            catch
                error:_ -> ""
            end;
        false -> ""
    end.

meant({unbound_var, V}, Names, _) -> did_you_mean(atom_to_list(V), [atom_to_list(N) || N <- Names]);
meant({undefined_record, R}, _, Table) ->
    case did_you_mean(atom_to_list(R), [atom_to_list(N) || {N, _} <- shell_local:record_fields(Table)]) of
        "" -> "rr(Module) reads the records of a module, rd(Name, {Field, ...}) defines one";
        Hint -> Hint
    end;
meant({undefined_field, R, F}, _, Table) ->
    {_, Fields} = lists:keyfind(R, 1, shell_local:record_fields(Table)),
    case did_you_mean(atom_to_list(F), [atom_to_list(N) || N <- Fields]) of
        "" -> ["its fields are ", lists:join(", ", [io_lib:write_atom(N) || N <- Fields])];
        Hint -> Hint
    end;
meant(_, _, _) -> "".

meant_by(error, {badmatch, V}, _, Es, Bs, Table) ->
    case [Name || {match, _, {var, _, Name}, _} <- Es, is_map_key(Name, Bs), map_get(Name, Bs) =/= V] of
        [Name | _] -> io_lib:format("~ts is bound to ~ts; f(~ts) forgets it", [Name, print(map_get(Name, Bs), 1, 6, Table), Name]);
        [] -> ""
    end;
meant_by(error, undef, [{M, F, A, _} | _], _, _, _) -> function_meant(M, F, arity(A));
meant_by(error, {shell_undef, F, A, _}, _, _, _, Table) ->
    Names = [N || M <- [user_default, shell_default], code:is_loaded(M) =/= false, {N, _} <- M:module_info(exports)] ++
        [N || {N, _} <- shell_local:functions(Table)] ++ [b, e, f, h, v, rd, rf, rl, rp, rr, history, results, catch_exception, lf, lt, lr],
    case lists:member(F, Names) of
        true -> io_lib:format("there is a command ~ts, but not with ~w arguments; help() lists all", [F, A]);
        false -> did_you_mean(atom_to_list(F), [atom_to_list(N) || N <- Names, N =/= module_info])
    end;
meant_by(_, _, _, _, _, _) -> "".

arity(A) when is_list(A) -> length(A);
arity(A) -> A.

function_meant(M, F, A) ->
    case code:ensure_loaded(M) of
        {module, _} ->
            Exports = [{N, Ar} || {N, Ar} <- M:module_info(exports), N =/= module_info],
            case [Ar || {N, Ar} <- Exports, N =:= F] of
                [_ | _] = Arities -> io_lib:format("~tw:~tw has ~ts", [M, F, arities(lists:sort(Arities))]);
                [] ->
                    Same = [N || {N, Ar} <- Exports, Ar =:= A],
                    case nearest(atom_to_list(F), [atom_to_list(N) || N <- Same]) of
                        none -> function_found(M, nearest(atom_to_list(F), [atom_to_list(N) || {N, _} <- Exports]));
                        Found -> function_found(M, Found)
                    end
            end;
        _ -> did_you_mean(atom_to_list(M), [atom_to_list(N) || N <- transom_library:modules() ++ [L || {L, _} <- code:all_loaded()]])
    end.

function_found(_, none) -> "";
function_found(M, Name) -> io_lib:format("did you mean ~tw:~ts?", [M, Name]).

arities([One]) -> io_lib:format("arity ~w", [One]);
arities(Some) -> ["arities ", lists:join(", ", [integer_to_list(A) || A <- Some])].

did_you_mean(Text, Names) ->
    case nearest(Text, Names) of
        none -> "";
        Name -> io_lib:format("did you mean ~ts?", [Name])
    end.

%% The name that could be a slip of the keys: at most a third of its characters differ.
nearest(Text, Names) ->
    case lists:sort([{distance(Text, N), N} || N <- lists:usort(Names), N =/= Text, abs(length(N) - length(Text)) =< 3]) of
        [{D, Name} | _] when D * 3 =< length(Text) + 1, D < length(Text) -> Name;
        _ -> none
    end.

%% Characters to insert, delete, replace or swap with their neighbour (optimal string alignment).
distance(A, B) -> distance(A, none, B, lists:seq(0, length(B)), none).

distance([], _, _, Row, _) -> lists:last(Row);
distance([C | A], Before, B, Row, RowBefore) ->
    Next = row(C, Before, B, none, Row, RowBefore, [hd(Row) + 1]),
    distance(A, C, B, Next, Row).

row(_, _, [], _, _, _, Acc) -> lists:reverse(Acc);
row(C, Before, [D | B], DBefore, [Diagonal, Above | Row], RowBefore, [Left | _] = Acc) ->
    Cost = case C of D -> 0; _ -> 1 end,
    Plain = lists:min([Left + 1, Above + 1, Diagonal + Cost]),
    {Swapped, RowBefore2} = case RowBefore of
        none -> {Plain, none};
        [Two | Rest] when length(Acc) >= 2, C =:= DBefore, D =:= Before -> {Two + 1, Rest};
        [_ | Rest] when length(Acc) >= 2 -> {Plain, Rest};
        All -> {Plain, All}
    end,
    row(C, Before, B, D, [Above | Row], RowBefore2, [min(Plain, Swapped) | Acc]).
