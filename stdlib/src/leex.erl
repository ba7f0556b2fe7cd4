%% The scanner generator: writes an Erlang module that finds the tokens which regular expressions describe (leex(3)).
-module(leex).

-export([file/1, file/2, format_error/1]).

%% Lines of the file that are not read yet are {Number, Text}.
-record(scanner, {header = [], macros = [], rules = [], code = {0, ""}}).

-define(VARIABLES, [{'TokenChars', "TokenChars"}, {'TokenLen', "TokenLen"}, {'TokenLine', "TokenLine"}]).

-spec file(file:filename()) -> term().
file(Name) -> file(Name, [report_errors, report_warnings]).

-spec file(file:filename(), term()) -> term().
file(Name, Options0) ->
    Options = case transom_parsetools:options(Options0, #{includefile => file, scannerfile => file, dfa_graph => boolean}) of
        badarg -> erlang:error(badarg, [Name, Options0]);
        Known -> Known
    end,
    Text = transom_parsetools:extended(transom_parsetools:name(Name), ".xrl"),
    File = filename:join(filename:dirname(Text), filename:basename(Text)),
    Scanner = case maps:get(scannerfile, Options, "") of
        "" -> filename:rootname(File, ".xrl") ++ ".erl";
        Other -> transom_parsetools:extended(transom_parsetools:name(Other), ".erl")
    end,
    transom_parsetools:answer(?MODULE, File, Scanner, Options, fun() -> make(File, Scanner, Options) end).

make(File, Output, Options) ->
    {ok, Text} = transom_parsetools:read_text(File),
    Lines = string:split(Text, "\n", all),
    try
        #scanner{rules = Rules} = Scanner = read(lists:zip(lists:seq(1, length(Lines)), Lines)),
        States = transom_leex_regexp:automaton([R || {R, _, _} <- Rules]),
        write(Scanner, States, File, Output, Options)
    of
        {OfFile, Errors} -> {OfFile, Errors, []}
    catch
        throw:{?MODULE, Line, {error, Module, What}} -> {File, [{Line, Module, What}], []};
        throw:{?MODULE, Line, What} -> {File, [{Line, What}], []}
    end.

%% --- Reading ---

-spec fail(term(), term()) -> no_return().
fail(Line, What) -> throw({?MODULE, Line, What}).

read(Lines) ->
    {Header, AfterHeader} = blank(Lines, []),
    Definitions = heading("Definitions.", AfterHeader, missing_defs),
    {Macros, AfterMacros} = macros(Definitions, []),
    Body = heading("Rules.", AfterMacros, missing_rules),
    End = case lists:last(Lines) of {Last, ""} -> Last - 1; {Last, _} -> Last + 1 end,
    {Rules, {Line, Code}} = rules(Body, Macros, End, []),
    Rules =/= [] orelse fail(Line, empty_rules),
    #scanner{header = Header, macros = Macros, rules = Rules, code = {Line, Code}}.

%% Comments and empty lines.
blank([{_, Text} = Line | Rest], Acc) ->
    case string:trim(Text, leading, " \t\r") of
        [] -> blank(Rest, [Line | Acc]);
        [$% | _] -> blank(Rest, [Line | Acc]);
        _ -> {lists:reverse(Acc), [Line | Rest]}
    end;
blank([], Acc) -> {lists:reverse(Acc), []}.

heading(Wanted, [{Number, Text} | Rest], Missing) ->
    case lists:prefix(Wanted, Text) of
        true -> Rest;
        false -> fail(Number, Missing)
    end;
heading(_, [], Missing) -> fail(0, Missing).

macros(Lines, Macros) ->
    case blank(Lines, []) of
        {_, [{_, Text} | Rest] = All} ->
            case re:run(Text, "^[ \\t]*([A-Z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*(\\S+)[ \\t\\r]*(?:%.*)?$", [{capture, all_but_first, list}, unicode]) of
                {match, [Name, Value]} -> macros(Rest, [{Name, expanded(Value, Macros)} | Macros]);
                nomatch -> {Macros, All}
            end;
        {_, []} -> {Macros, []}
    end.

expanded(Text, Macros) ->
    lists:foldl(fun({Name, Value}, Acc) -> lists:append(string:replace(Acc, "{" ++ Name ++ "}", Value, all)) end, Text, Macros).

%% End: the line at which the file ends.
rules(Lines, Macros, End, Acc) ->
    case blank(Lines, []) of
        {_, [{Number, "Erlang code." ++ _} | Rest]} -> {lists:reverse(Acc), {Number, lists:join("\n", [T || {_, T} <- Rest])}};
        {_, [{Number, Text} | Rest]} ->
            case re:run(Text, "^(\\S+)[ \\t]+:(.*)$", [{capture, all_but_first, list}, unicode, dotall]) of
                {match, [Regexp, Code]} ->
                    Parsed = case transom_leex_regexp:parse(expanded(Regexp, Macros)) of
                        {ok, R} -> R;
                        {error, Why} -> fail(Number, {regexp, Why})
                    end,
                    {Tokens, After} = code(Code, Number, Rest, End),
                    rules(After, Macros, End, [{Parsed, Tokens, Number} | Acc]);
                nomatch -> fail(Number, bad_rule)
            end;
        {_, []} -> fail(End, missing_code)
    end.

%% The code of a rule ends with its dot, on this line or a later one.
code(Text, Number, Rest, End) ->
    case erl_scan:tokens([], Text ++ "\n", Number, [text]) of
        {done, {ok, Tokens, _}, _} -> {lists:droplast(Tokens), Rest};
        {done, {error, {Line, Module, Why}, _}, _} -> fail(Line, {error, Module, Why});
        {done, {eof, _}, _} -> fail(End, missing_code);
        {more, _} when Rest =:= [] ->
            %% Without the line end that was never there.
            {more, More} = erl_scan:tokens([], Text, Number, [text]),
            case erl_scan:tokens(More, eof, Number, [text]) of
                {done, {error, {Line, Module, Why}, _}, _} -> fail(Line, {error, Module, Why});
                _ -> fail(End, missing_code)
            end;
        {more, _} ->
            [{_, Next} | After] = Rest,
            code(Text ++ "\n" ++ Next, Number, After, End)
    end.

%% --- Writing ---

write(#scanner{header = Header, rules = Rules, code = {CodeLine, Code}}, States, File, Output, #{deterministic := Deterministic} = Options) ->
    IncludeFile = case maps:get(includefile, Options, "") of
        "" -> filename:join([code:lib_dir(parsetools), "include", "leexinc.hrl"]);
        Other -> transom_parsetools:extended(transom_parsetools:name(Other), ".hrl")
    end,
    Shown = fun(Name) -> case Deterministic of true -> filename:basename(Name); false -> Name end end,
    case transom_parsetools:read_text(IncludeFile) of
        {ok, Common} ->
            Text = [[[T, $\n] || {_, T} <- Header], "-module(", io_lib:write_atom(list_to_atom(filename:basename(Output, ".erl"))), ").\n",
                    "-export([string/1, string/2, token/2, token/3, tokens/2, tokens/3, format_error/1]).\n",
                    attribute(Shown(File), CodeLine), Code, $\n, attribute(Shown(IncludeFile), 0), Common, $\n, rule_table(Rules), [rule(R, N, Shown(File)) || {N, R} <- numbered(Rules)], moves(States)],
            maps:get(dfa_graph, Options) andalso file:write_file(filename:rootname(Output, ".erl") ++ ".dot", graph(States)),
            case file:write_file(Output, unicode:characters_to_binary(Text)) of
                ok -> {File, []};
                {error, Reason} -> {File, [{none, {file_error, Reason}}]}
            end;
        {error, Reason} -> {IncludeFile, [{none, {file_error, Reason}}]}
    end.

numbered(Rules) -> lists:zip(lists:seq(1, length(Rules)), Rules).

attribute(Name, Line) -> io_lib:format("-file(~ts, ~w).~n", [io_lib:write_string(Name), Line]).

rule_table(Rules) ->
    ["\n", lists:join(";\n", [io_lib:format("leex_rule(~w, Chars, Length, Line) -> leex_rule_~w(Chars, Length, Line)", [N, N]) || {N, _} <- numbered(Rules)]), ".\n"].

%% Every token of the code is on its own line of the file; variables that it does not name are not bound.
rule({_, Tokens, Line}, N, File) ->
    Used = [Name || {var, _, Name} <- Tokens],
    Variables = [case lists:member(Name, Used) of true -> Text; false -> "_" end || {Name, Text} <- ?VARIABLES],
    ["\n", attribute(File, Line - 1), io_lib:format("leex_rule_~w(~s) -> ", [N, lists:join(", ", Variables)]), code_text(Tokens, Line), ".\n"].

code_text([], _) -> [];
code_text([Token | Rest], Line) ->
    At = erl_scan:line(Token),
    Text = erl_scan:text(Token),
    [lists:duplicate(At - Line, $\n), Text, " " | code_text(Rest, At + length([C || C <- Text, C =:= $\n]))].

moves(States) ->
    ["\nleex_move(State, Char) ->\n    case State of\n",
     lists:join(";\n", [io_lib:format("        ~w -> leex_move_~w(Char)", [N, N]) || {N, _, _} <- States]), "\n    end.\n",
     [["\n", [move(N, Range, To) || {Range, To} <- Moves], io_lib:format("leex_move_~w(_) -> none.~n", [N])] || {N, Moves, _} <- States],
     "\n", [io_lib:format("leex_accept(~w) -> ~w;~n", [N, Rule]) || {N, _, Rule} <- States, Rule =/= none], "leex_accept(_) -> none.\n",
     "\n", [io_lib:format("leex_ends(~w) -> true;~n", [N]) || {N, [], _} <- States], "leex_ends(_) -> false.\n"].

move(N, {C, C}, To) -> io_lib:format("leex_move_~w(~w) -> ~w;~n", [N, C, To]);
move(N, {A, B}, To) -> io_lib:format("leex_move_~w(C) when C >= ~w, C =< ~w -> ~w;~n", [N, A, B, To]).

graph(States) ->
    ["digraph dfa {\n  rankdir = LR;\n",
     [io_lib:format("  ~w [shape = ~s];~n", [N, case Rule of none -> "circle"; _ -> "doublecircle" end]) || {N, _, Rule} <- States],
     [io_lib:format("  ~w -> ~w [label = \"~w-~w\"];~n", [N, To, A, B]) || {N, Moves, _} <- States, {{A, B}, To} <- Moves], "}\n"].

%% --- Words ---

-spec format_error(term()) -> unicode:chardata().
format_error({file_error, Reason}) -> io_lib:fwrite("~ts", [file:format_error(Reason)]);
format_error(missing_defs) -> "missing Definitions";
format_error(missing_rules) -> "missing Rules";
format_error(missing_code) -> "missing Erlang code";
format_error(empty_rules) -> "no rules";
format_error(bad_rule) -> "bad rule";
format_error({regexp, Error}) -> ["bad regexp `", regexp_error(Error), "'"].

regexp_error({illegal_char, Text}) -> ["illegal character ", Text];
regexp_error({unterminated, Text}) -> ["unterminated ", Text];
regexp_error({char_class, Text}) -> io_lib:fwrite("illegal character class ~ts", [io_lib:write_string(Text)]).
