%% The parser generator: writes an Erlang module that parses what an LALR(1) grammar describes (yecc(3)).
-module(yecc).

-export([file/1, file/2, format_error/1]).

-include("transom_yecc.hrl").

-type option() :: term().
-type error_info() :: {erl_anno:location() | none, module(), term()}.
-type answer() :: {ok, file:filename()} | {ok, file:filename(), [{file:filename(), [error_info()]}]} | error
                | {error, [{file:filename(), [error_info()]}], [{file:filename(), [error_info()]}]}.

-spec file(file:filename()) -> answer().
file(Name) -> file(Name, [report_errors, report_warnings]).

-spec file(file:filename(), option() | [option()]) -> answer().
file(Name, Options0) ->
    Options = case options(Options0) of
        badarg -> erlang:error(badarg, [Name, Options0]);
        Known -> Known
    end,
    Grammar = extended(text(Name), ".yrl"),
    Parser = case maps:get(parserfile, Options, "") of
        "" -> filename:rootname(Grammar, ".yrl") ++ ".erl";
        Other -> extended(text(Other), ".erl")
    end,
    transom_parsetools:answer(?MODULE, {Grammar, Parser}, Parser, Options, fun() -> make(Grammar, Parser, Options) end).

options(Options) ->
    transom_parsetools:options(Options, #{includefile => file, parserfile => file, error_location => [column, line], time => boolean}).

text(Name) -> transom_parsetools:name(Name).

extended(Name, Extension) -> transom_parsetools:extended(Name, Extension).

%% --- Making a parser ---

make(File, Parser, #{error_location := Kind, time := Timed} = Options) ->
    Timed andalso io:fwrite("Generating parser from grammar in ~tp~n", [File]),
    case pass(Options, grammar, fun() -> transom_yecc_grammar:read(File, Kind) end) of
        {ok, Grammar, [], Warnings} ->
            States = pass(Options, states, fun() -> transom_yecc_states:make(Grammar) end),
            Actions = pass(Options, actions, fun() -> transom_yecc_actions:make(Grammar, States) end),
            case Options of
                #{verbose := true} -> io:put_chars(said(Actions));
                _ -> ok
            end,
            Conflicts = conflicts(Grammar, Actions),
            case Actions of
                #{errors := [], tables := Tables} ->
                    {Errors, OfFile} = pass(Options, parser, fun() -> write(File, Parser, Grammar, States, Tables, Options) end),
                    {OfFile, Errors, [{File, Conflicts ++ Warnings}]};
                #{errors := Found} ->
                    {File, [{none, E} || E <- Found], [{File, Conflicts ++ Warnings}]}
            end;
        {error, _, Errors, Warnings} -> {File, Errors, [{File, Warnings}]}
    end.

%% With the option `time' each pass says how long it took and how much memory its process has then.
pass(#{time := false}, _, Fun) -> Fun();
pass(#{time := true}, Name, Fun) ->
    {Time, Value} = timer:tc(Fun),
    {memory, Memory} = process_info(self(), memory),
    io:fwrite(" ~-30w: ~10.2f s ~12.1f kB~n", [Name, Time / 1000000, Memory / 1024]),
    Value.

said(#{preferred := Preferred, decided := []}) -> Preferred;
said(#{preferred := Preferred, decided := Decided}) ->
    [Preferred, "\n*** Conflicts resolved by operator precedences:\n\n", Decided, "*** End of resolved conflicts\n\n"].

conflicts(#grammar{expect = Expect}, #{shifts := Shifts, reduces := Reduces}) ->
    Expected = case Expect of undefined -> 0; _ -> Expect end,
    [{none, {conflicts, Shifts, Reduces}} || Shifts =/= Expected orelse Reduces > 0].

write(File, Parser, Grammar, States, Tables, Options) ->
    {Which, IncludeFile} = transom_parsetools:common(Options, fun(Name) -> extended(Name, ".hrl") end, "yeccpre.hrl"),
    case transom_parsetools:read_text(IncludeFile) of
        {error, Reason} -> {[{none, {file_error, Reason}}], IncludeFile};
        {_, Text} ->
            Shown = fun(Name) -> transom_parsetools:shown(Name, Options) end,
            Names = #{module => filename:basename(Parser, ".erl"), parser => Shown(Parser), grammar => Shown(File),
                      include => {Which, Shown(IncludeFile), Text}},
            case transom_parsetools:write(Parser, transom_yecc_parser:text(Grammar, States, Tables, Names)) of
                ok -> {[], File};
                {error, Reason} -> {[{none, {file_error, Reason}}], Parser}
            end
    end.

%% --- Words ---

-spec format_error(term()) -> [char() | list()].
format_error({error, yeccparser, Message}) -> Message;
format_error({error, Module, Error}) -> Module:format_error(Error);
format_error({file_error, Reason}) -> io_lib:fwrite("~ts", [file:format_error(Reason)]);
format_error({conflict, Conflict}) -> transom_yecc_actions:format_conflict(Conflict);
format_error({conflicts, Shifts, Reduces}) -> io_lib:fwrite("conflicts: ~w shift/reduce, ~w reduce/reduce", [Shifts, Reduces]);
format_error(cannot_parse) -> "cannot parse; possibly encoding mismatch";
format_error(bad_declaration) -> "unknown or bad declaration, ignored";
format_error({bad_expect, Symbol}) -> said("argument ~ts of Expect is not an integer", Symbol);
format_error({bad_symbol, Text}) -> io_lib:fwrite("bad symbol ~ts", [Text]);
format_error({bad_rootsymbol, Symbol}) -> said("rootsymbol ~ts is not a nonterminal", Symbol);
format_error({duplicate_declaration, Name}) -> said("duplicate declaration of ~ts", Name);
format_error({duplicate_nonterminal, Symbol}) -> said("duplicate non-terminals ~ts", Symbol);
format_error({duplicate_precedence, Symbol}) -> said("duplicate precedence operator ~ts", Symbol);
format_error({duplicate_terminal, Symbol}) -> said("duplicate terminal ~ts", Symbol);
format_error({endsymbol_is_nonterminal, Symbol}) -> said("endsymbol ~ts is a nonterminal", Symbol);
format_error({endsymbol_is_terminal, Symbol}) -> said("endsymbol ~ts is a terminal", Symbol);
format_error(illegal_empty) -> "illegal use of empty symbol";
format_error(no_grammar_rules) -> "grammar rules are missing";
format_error(nonterminals_missing) -> "Nonterminals is missing";
format_error(terminals_missing) -> "Terminals is missing";
format_error(rootsymbol_missing) -> "Rootsymbol is missing";
format_error({precedence_op_is_unknown, Symbol}) -> said("unknown precedence operator ~ts", Symbol);
format_error({reserved, Symbol}) -> said("the use of ~ts should be avoided", Symbol);
format_error({symbol_terminal_and_nonterminal, Symbol}) -> said("symbol ~ts is both a terminal and nonterminal", Symbol);
format_error({undefined_nonterminal, Symbol}) -> said("undefined nonterminal: ~ts", Symbol);
format_error({undefined_pseudo_variable, Symbol}) -> said("undefined pseudo variable ~ts", Symbol);
format_error({undefined_symbol, Symbol}) -> said("undefined rhs symbol ~ts", Symbol);
format_error({unused_nonterminal, Symbol}) -> said("non-terminal symbol ~ts not used", Symbol);
format_error({unused_terminal, Symbol}) -> said("terminal symbol ~ts not used", Symbol);
format_error(Other) -> io_lib:write(Other).

said(Format, Symbol) -> io_lib:fwrite(Format, [transom_yecc_grammar:symbol_text(Symbol)]).
