%% The scanner generator: writes an Erlang module that finds the tokens which regular expressions describe (leex(3)).
-module(leex).

-export([file/1, file/2, format_error/1]).

%% Lines of the file that are not read yet are {Number, Text}.
-record(scanner, {header = [], rules = [], code = {0, ""}}).

-define(VARIABLES, ['TokenChars', 'TokenLen', 'TokenLine', 'TokenCol', 'TokenLoc']).

-define(OPTIONS, #{includefile => file, scannerfile => file, dfa_graph => boolean, error_location => [line, column], tab_size => {integer, 8}}).

-spec file(file:filename()) -> term().
file(Name) -> file(Name, [report_errors, report_warnings]).

-spec file(file:filename(), term()) -> term().
file(Name, Options0) ->
    Options = case transom_parsetools:options(Options0, ?OPTIONS) of
        badarg -> erlang:error(badarg, [Name, Options0]);
        Known -> Known
    end,
    Text = transom_parsetools:extended(transom_parsetools:name(Name), ".xrl"),
    File = filename:join(filename:dirname(Text), filename:basename(Text)),
    Scanner = case maps:get(scannerfile, Options, "") of
        "" -> filename:rootname(File, ".xrl") ++ ".erl";
        Other -> transom_parsetools:name(Other)
    end,
    %% That the scanner cannot be written is told of the file it is made of.
    transom_parsetools:answer(?MODULE, {File, File}, Scanner, Options, fun() -> make(File, Scanner, Options) end).

make(File, Output, Options) ->
    case transom_parsetools:read_text(File) of
        {error, Reason} -> {File, [{none, {file_error, Reason}}], []};
        {_, Text} = Read ->
            Lines = string:split(Text, "\n", all),
            say(Options, "Parsing file ~ts, ", [File]),
            try read(lists:enumerate(Lines), Read) of
                #scanner{rules = Rules} = Scanner ->
                    say(Options, "contained ~w rules.~n", [length(Rules)]),
                    {OfFile, Errors} = write(Scanner, states(Rules, Options), File, Output, Options),
                    {OfFile, Errors, []}
            catch
                throw:{?MODULE, Line, {error, Module, What}} -> {File, [{Line, Module, What}], []};
                throw:{?MODULE, Line, What} -> {File, [{Line, What}], []}
            end
    end.

say(#{verbose := true}, Format, Args) -> io:fwrite(Format, Args);
say(_, _, _) -> ok.

states(Rules, Options) ->
    {States, Size} = transom_leex_regexp:automaton([R || {R, _, _} <- Rules]),
    Minimal = transom_leex_regexp:minimal(States),
    say(Options, "NFA contains ~w states, DFA contains ~w states, minimised to ~w states.~n", [Size, length(States), length(Minimal)]),
    Minimal.

%% --- Reading ---

-spec fail(term(), term()) -> no_return().
fail(Line, What) -> throw({?MODULE, Line, What}).

%% Behind the last line that is text, whatever has not been found yet is not there.
read(Lines, {ok, _}) -> read(Lines);
read(Lines, {undecodable, _}) ->
    {Bad, _} = lists:last(Lines),
    try read(lists:droplast(Lines)) of
        _ -> fail(Bad, cannot_parse)
    catch
        throw:{?MODULE, _, Missing} when Missing =:= missing_defs; Missing =:= missing_rules; Missing =:= missing_code; Missing =:= empty_rules ->
            fail(Bad, cannot_parse)
    end.

read(Lines) ->
    {Header, AfterHeader} = blank(Lines, []),
    Definitions = heading("Definitions.", AfterHeader, missing_defs),
    {Macros, AfterMacros} = macros(Definitions, []),
    Body = heading("Rules.", AfterMacros, missing_rules),
    End = case lists:last(Lines) of {Last, ""} -> Last - 1; {Last, _} -> Last + 1 end,
    {Rules, {Line, Code}} = rules(Body, Macros, End, []),
    Rules =/= [] orelse fail(Line, empty_rules),
    #scanner{header = Header, rules = Rules, code = {Line, Code}}.

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

%% The code of a rule ends with its dot, on this line or a later one; what follows that on its line does not count.
code(Text, Number, Rest, End) -> code([], Text, 1, Number, Rest, Rest, End).

%% Twice as many lines are read each time. A dot at the end of the last of them is one only when the next line has begun.
code(More0, Text, Count, Number, Unread, Rest, End) ->
    case erl_scan:tokens(More0, Text, Number, [text]) of
        {more, More} when Unread =:= [] -> code(More, eof, Count, Number, [], Rest, End);
        {more, More} ->
            {Now, Later} = lists:split(min(Count, length(Unread)), Unread),
            code(More, lists:append([[$\n | T] || {_, T} <- Now]), 2 * Count, Number, Later, Rest, End);
        {done, {ok, Tokens, _}, _} ->
            case lists:last(Tokens) of
                {dot, _} = Dot ->
                    Line = erl_scan:line(Dot),
                    {lists:droplast(Tokens), lists:dropwhile(fun({N, _}) -> N =< Line end, Rest)};
                _ -> fail(End, missing_code)
            end;
        {done, {error, {Line, Module, Why}, _}, _} -> fail(Line, {error, Module, Why});
        {done, {eof, _}, _} -> fail(End, missing_code)
    end.

%% --- Writing ---

write(#scanner{header = Header, rules = Rules, code = {CodeLine, Code}}, States, File, Output, Options) ->
    {_, IncludeFile} = transom_parsetools:common(Options, fun(Name) -> Name end, "leexinc.hrl"),
    case transom_parsetools:read_text(IncludeFile) of
        {error, Reason} -> {IncludeFile, [{none, {file_error, Reason}}]};
        {_, Common} ->
            Shown = transom_parsetools:shown(File, Options),
            Text = [[[T, $\n] || {_, T} <- Header], "-module(", io_lib:write_atom(list_to_atom(filename:basename(Output, ".erl"))), ").\n",
                    "-export([string/1, string/2, token/2, token/3, tokens/2, tokens/3, format_error/1]).\n",
                    transom_parsetools:attribute(Shown, CodeLine), Code, $\n,
                    transom_parsetools:attribute(transom_parsetools:shown(IncludeFile, Options), 0), Common, $\n,
                    places(Options), rule_table(Rules), [rule(R, N, Shown) || {N, R} <- lists:enumerate(Rules)], moves(States)],
            case written(Output, Text, Options) of
                ok ->
                    maps:get(dfa_graph, Options) andalso draw(States, Output, Options),
                    {File, []};
                {error, Reason} -> {File, [{none, {file_error, Reason}}]}
            end
    end.

written(Output, Text, Options) ->
    say(Options, "Writing file ~ts, ", [Output]),
    case transom_parsetools:write(Output, Text) of
        ok -> say(Options, "ok~n", []);
        Error -> Error
    end.

draw(States, Output, Options) ->
    File = filename:rootname(Output, ".erl") ++ ".dot",
    say(Options, "Writing DFA to file ~ts, ", [File]),
    case transom_parsetools:write(File, graph(States)) of
        ok -> say(Options, "ok~n", []);
        {error, Reason} -> say(Options, "~ts~n", [file:format_error(Reason)])
    end.

places(#{error_location := Kind, tab_size := TabSize}) ->
    io_lib:format("~nleex_place({Line, Column}) -> ~s.~n~nleex_tab() -> ~w.~n",
                  [case Kind of line -> "_ = Column, Line"; column -> "{Line, Column}" end, TabSize]).

rule_table(Rules) ->
    ["\n", lists:join(";\n", [io_lib:format("leex_rule(~w, Chars, Length, {Line, Column} = Place) -> leex_rule_~w(Chars, Length, Line, Column, Place)", [N, N])
                              || {N, _} <- lists:enumerate(Rules)]), ".\n"].

%% Variables that the code does not name are not bound.
rule({_, Tokens, Line}, N, File) ->
    Used = [Name || {var, _, Name} <- Tokens],
    Variables = [case lists:member(Name, Used) of true -> atom_to_list(Name); false -> "_" end || Name <- ?VARIABLES],
    ["\n", transom_parsetools:attribute(File, Line - 1), io_lib:format("leex_rule_~w(~s) -> ", [N, lists:join(", ", Variables)]),
     transom_parsetools:code_text(Tokens, Line, fun erl_scan:text/1), ".\n"].

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
format_error(cannot_parse) -> "cannot parse; probably encoding mismatch";
format_error({regexp, Error}) -> ["bad regexp `", regexp_error(Error), "'"].

regexp_error({illegal_char, Text}) -> ["illegal character ", Text];
regexp_error({unterminated, Text}) -> ["unterminated ", Text];
regexp_error({char_class, Text}) -> io_lib:fwrite("illegal character class ~ts", [io_lib:write_string(Text)]).
