%% Reads a grammar file (yecc(3)): declarations, rules, the section of Erlang code; and says what is wrong with it.
%%
%% A form is what ends with a dot. Syntax errors, declarations that come twice and pseudo variables without a symbol are all found
%% first; only a grammar without them is looked at as a whole.
-module(transom_yecc_grammar).

-export([read/2, heads/1, shown_body/1, pseudo_variable/1, symbol_text/1]).

-include("transom_yecc.hrl").

-record(state, {grammar = #grammar{}, declared = #{}, errors = [], warnings = [], location}).

%% Errors and warnings are {Location, Descriptor}.
-spec read(file:filename(), column | line) -> {ok | error, #grammar{}, [{term(), term()}], [{term(), term()}]}.
read(File, LocationKind) ->
    case transom_parsetools:read_text(File) of
        {ok, Text} ->
            Start = case LocationKind of column -> {1, 1}; line -> 1 end,
            State = forms(Text, Start, #state{}),
            #state{errors = Errors, warnings = Warnings, grammar = Read} = State,
            Grammar = Read#grammar{rules = lists:reverse(Read#grammar.rules)},
            case Errors of
                [] -> whole(Grammar, State);
                _ -> {error, Grammar, Errors, Warnings}
            end;
        {undecodable, Before} -> {error, #grammar{}, [{behind(Before, LocationKind), cannot_parse}], []};
        {error, Reason} -> {error, #grammar{}, [{none, {file_error, Reason}}], []}
    end.

behind(Text, Kind) ->
    Lines = string:split(Text, "\n", all),
    case Kind of
        column -> {length(Lines), length(lists:last(Lines)) + 1};
        line -> length(Lines)
    end.

%% The symbols that rules make.
-spec heads(#grammar{}) -> #{term() => true}.
heads(#grammar{rules = Rules}) -> maps:from_keys([Head || #rule{head = Head} <- Rules], true).

%% The right hand side as messages show it.
shown_body([]) -> ['$empty'];
shown_body(Body) -> Body.

%% A symbol as a grammar file may have it: reserved words and names like variables need no quotes.
-spec symbol_text(atom() | integer()) -> string().
symbol_text(Symbol) when is_integer(Symbol) -> integer_to_list(Symbol);
symbol_text(Symbol) ->
    Text = atom_to_list(Symbol),
    case erl_scan:string(Text) of
        {ok, [{var, _, Symbol}], _} -> Text;
        {ok, [{Symbol, _}], _} -> case erl_scan:reserved_word(Symbol) of true -> Text; false -> io_lib:write_atom(Symbol) end;
        _ -> io_lib:write_atom(Symbol)
    end.

%% --- Forms ---

forms(Text, Location, State) ->
    case next_form(Text, Location) of
        {{ok, Tokens, End}, Rest} ->
            case code_follows(Tokens) of
                true -> with_code(Rest, line(End), State);
                false -> forms(Rest, End, form(Tokens, End, State))
            end;
        {{eof, _}, _} -> State;
        {{error, {At, Module, What}, End}, Rest} ->
            forms(Rest, End, error_at(At, {error, Module, What}, State))
    end.

next_form(Text, Location) ->
    case erl_scan:tokens([], Text, Location, [text]) of
        {done, Answer, Rest} -> {Answer, Rest};
        {more, More} ->
            {done, Answer, Rest} = erl_scan:tokens(More, eof, Location, [text]),
            {Answer, Rest}
    end.

line({Line, _}) -> Line;
line(Line) -> Line.

code_follows([{_, _, 'Erlang'}, {atom, _, code}, {dot, _}]) -> true;
code_follows(_) -> false.

with_code(eof, Line, State) -> with_code([], Line, State);
with_code(Text, Line, #state{grammar = Grammar} = State) -> State#state{grammar = Grammar#grammar{code = {Line, Text}}}.

error_at(Location, What, #state{errors = Errors} = State) -> State#state{errors = [{Location, What} | Errors]}.

warn_at(Location, What, #state{warnings = Warnings} = State) -> State#state{warnings = [{Location, What} | Warnings]}.

%% A form begins with a symbol; what comes second says what it is.
form(Tokens, End, State0) ->
    try parse(Tokens) of
        {rule, Head, Body, Code} -> rule(Head, Body, Code, State0);
        {declaration, Name, Arguments} -> declaration(Name, Arguments, State0)
    catch
        {unexpected, []} -> error_at(End, syntax_error([]), State0);
        {unexpected, [Token | _]} -> error_at(location(Token), syntax_error(erl_scan:text(Token)), State0)
    end.

syntax_error(Text) -> {error, yeccparser, ["syntax error before: ", Text]}.

location(Token) -> erl_scan:location(Token).

parse([First | Rest]) ->
    case symbol(First) of
        {ok, Name} -> second({Name, location(First)}, Rest);
        no -> throw({unexpected, [First | Rest]})
    end.

second(Head, [{'->', _} | Rest]) ->
    {Body, After} = symbols(Rest, []),
    {rule, Head, Body, attached(After)};
second(Name, [{string, _, _} | _] = Tokens) -> {declaration, Name, strings(Tokens)};
second(Name, Tokens) ->
    {Arguments, After} = symbols(Tokens, []),
    ended(After, {declaration, Name, Arguments}).

%% One symbol or more.
symbols([Token | Rest] = Tokens, Acc) ->
    case symbol(Token) of
        {ok, Name} -> symbols(Rest, [{Name, location(Token)} | Acc]);
        no when Acc =:= [] -> throw({unexpected, Tokens});
        no -> {lists:reverse(Acc), Tokens}
    end;
symbols([], _) -> throw({unexpected, []}).

strings([{string, _, Text} = Token | Rest]) -> [{string, Text, location(Token)} | strings(Rest)];
strings(Tokens) -> ended(Tokens, []).

ended([{dot, _}], Answer) -> Answer;
ended(Tokens, _) -> throw({unexpected, Tokens}).

attached([{':', _}, {dot, _} = Dot | Rest]) -> throw({unexpected, [Dot | Rest]});
attached([{':', _} | Tokens]) -> code(Tokens, []);
attached(Tokens) -> ended(Tokens, none).

code([{dot, _}], Acc) -> lists:reverse(Acc);
code([], _) -> throw({unexpected, []});
code([Token | Rest], Acc) -> code(Rest, [Token | Acc]).

symbol({Kind, _, Name}) when Kind =:= atom; Kind =:= var; Kind =:= integer -> {ok, Name};
symbol({Word, _}) -> case erl_scan:reserved_word(Word) of true -> {ok, Word}; false -> no end;
symbol(_) -> no.

%% --- Declarations ---

declaration({Name, At}, Arguments, State) ->
    case declare(Name, Arguments, State#state.grammar) of
        unknown -> warn_at(At, bad_declaration, State);
        {bad, Location, What} -> error_at(Location, What, State);
        {Once, Grammar} when is_atom(Once) ->
            case State#state.declared of
                #{Name := _} when Once =:= once -> error_at(At, {duplicate_declaration, Name}, State);
                Declared -> State#state{grammar = Grammar, declared = Declared#{Name => true}}
            end
    end.

declare('Header', [{string, _, _} | _] = Lines, Grammar) ->
    {many, Grammar#grammar{header = [Line || {string, Line, _} <- Lines]}};
declare('Header', _, Grammar) -> {many, Grammar};
declare(_, [{string, Text, At} | _], _) -> {bad, At, {bad_symbol, Text}};
declare('Nonterminals', Symbols, Grammar) -> {once, Grammar#grammar{nonterminals = Symbols}};
declare('Terminals', Symbols, Grammar) -> {once, Grammar#grammar{terminals = Symbols}};
declare('Rootsymbol', [Root], Grammar) -> {once, Grammar#grammar{root = Root}};
declare('Endsymbol', [End], Grammar) -> {once, Grammar#grammar{endsymbol = End}};
declare('Expect', [{Number, _}], Grammar) when is_integer(Number) -> {once, Grammar#grammar{expect = Number}};
declare('Expect', [{Other, At}], _) -> {bad, At, {bad_expect, Other}};
declare(Name, [{Level, _}, Operator | More], Grammar) when is_integer(Level) ->
    case associativity(Name) of
        unknown -> unknown;
        Kind ->
            New = [{Symbol, At, {Level, Kind}} || {Symbol, At} <- [Operator | More]],
            {many, Grammar#grammar{operators = New ++ Grammar#grammar.operators}}
    end;
declare(_, _, _) -> unknown.

associativity('Left') -> left;
associativity('Right') -> right;
associativity('Nonassoc') -> nonassoc;
associativity('Unary') -> unary;
associativity(_) -> unknown.

%% --- Rules ---

rule({Head, At}, Body0, Code, #state{grammar = Grammar} = State0) ->
    Body = case Body0 of [{'$empty', _}] -> []; _ -> Body0 end,
    State = pseudo_variables(Code, length(Body), State0),
    Rule = #rule{number = length(Grammar#grammar.rules) + 1, head = Head, body = Body, code = Code, location = At},
    State#state{grammar = Grammar#grammar{rules = [Rule | Grammar#grammar.rules]}}.

pseudo_variables(none, _, State) -> State;
pseudo_variables(Tokens, Length, State) ->
    lists:foldl(fun(Token, Acc) ->
        case pseudo_variable(Token) of
            N when is_integer(N), (N < 1 orelse N > Length) ->
                error_at(location(Token), {undefined_pseudo_variable, element(3, Token)}, Acc);
            _ -> Acc
        end
    end, State, Tokens).

-spec pseudo_variable(erl_scan:token()) -> integer() | no.
pseudo_variable({atom, _, Name}) ->
    case atom_to_list(Name) of
        [$$ | Digits] when Digits =/= [] ->
            case lists:all(fun(C) -> C >= $0 andalso C =< $9 end, Digits) of
                true -> list_to_integer(Digits);
                false -> no
            end;
        _ -> no
    end;
pseudo_variable(_) -> no.

%% --- The grammar as a whole ---

whole(Grammar, #state{errors = Errors0, warnings = Warnings0}) ->
    {Nonterminals, Doubled1} = unique(Grammar#grammar.nonterminals),
    {Terminals, Doubled2} = unique(Grammar#grammar.terminals),
    Where = maps:merge(maps:from_list(Terminals), maps:from_list(Nonterminals)),
    Known = {maps:from_list(Nonterminals), maps:from_list(Terminals)},
    {Precedences, Wrong} = precedences(Grammar#grammar.operators, Where),
    Errors = lists:append([
        Errors0, missing(Grammar), root(Grammar, Known), endsymbol(Grammar, Known), both(Nonterminals, Known),
        [{maps:get(S, Where), {reserved, S}} || {S, _} <- Nonterminals ++ Terminals, reserved(S)],
        Wrong, rules(Grammar#grammar.rules, Known)]),
    Twice = [{At, {duplicate_nonterminal, S}} || {S, At} <- Doubled1] ++ [{At, {duplicate_terminal, S}} || {S, At} <- Doubled2],
    Plain = Grammar#grammar{
        nonterminals = [S || {S, _} <- Nonterminals], terminals = [S || {S, _} <- Terminals], root = name(Grammar#grammar.root),
        endsymbol = name(Grammar#grammar.endsymbol), precedences = Precedences,
        rules = [R#rule{body = [S || {S, _} <- R#rule.body]} || R <- Grammar#grammar.rules]},
    case Errors of
        [] -> {ok, Plain, [], Warnings0 ++ Twice ++ unused(Plain, Nonterminals, Terminals)};
        _ -> {error, Plain, Errors, Warnings0 ++ Twice}
    end.

name({Symbol, _}) -> Symbol;
name(Symbol) -> Symbol.

%% Symbols once each at their first place, and those that were said again.
unique(Symbols) ->
    {Once, Twice, _} = lists:foldl(fun({S, At}, {Acc, Again, Seen}) ->
        case Seen of
            #{S := First} -> {Acc, [{S, First} | Again], Seen};
            _ -> {[{S, At} | Acc], Again, Seen#{S => At}}
        end
    end, {[], [], #{}}, Symbols),
    {lists:reverse(Once), lists:reverse(Twice)}.

missing(Grammar) ->
    [{none, What} || {What, Empty} <- [{no_grammar_rules, Grammar#grammar.rules}, {nonterminals_missing, Grammar#grammar.nonterminals},
                                       {terminals_missing, Grammar#grammar.terminals}], Empty =:= []]
        ++ [{none, rootsymbol_missing} || Grammar#grammar.root =:= undefined].

root(#grammar{root = {Root, At}}, {Nonterminals, _}) when not is_map_key(Root, Nonterminals) -> [{At, {bad_rootsymbol, Root}}];
root(_, _) -> [].

endsymbol(#grammar{endsymbol = {End, At}}, {Nonterminals, Terminals}) ->
    [{At, {endsymbol_is_nonterminal, End}} || is_map_key(End, Nonterminals)]
        ++ [{At, {endsymbol_is_terminal, End}} || is_map_key(End, Terminals)];
endsymbol(_, _) -> [].

both(Nonterminals, {_, Terminals}) ->
    [{At, {symbol_terminal_and_nonterminal, S}} || {S, At} <- Nonterminals, is_map_key(S, Terminals)].

reserved(Symbol) -> lists:member(Symbol, ['$empty', '$end', '$undefined']).

precedences(List, Where) ->
    lists:foldr(fun({Symbol, At, Precedence}, {Known, Wrong}) ->
        if
            not is_map_key(Symbol, Where) -> {Known, [{At, {precedence_op_is_unknown, Symbol}} | Wrong]};
            is_map_key(Symbol, Known) -> {Known, [{At, {duplicate_precedence, Symbol}} | Wrong]};
            true -> {Known#{Symbol => Precedence}, Wrong}
        end
    end, {#{}, []}, List).

rules(Rules, Known) -> lists:append([rule_errors(R, Known) || R <- Rules]).

rule_errors(#rule{head = Head, location = At}, {Nonterminals, _}) when not is_map_key(Head, Nonterminals) ->
    [{At, {undefined_nonterminal, Head}}];
rule_errors(#rule{body = Body}, {Nonterminals, Terminals}) ->
    case lists:keyfind('$empty', 1, Body) of
        {_, At} -> [{At, illegal_empty}];
        false ->
            [{At, {undefined_symbol, S}} || {S, At} <- Body, not is_map_key(S, Nonterminals), not is_map_key(S, Terminals)]
    end.

%% Nonterminals that the root never leads to, terminals in none of the rules that it leads to.
unused(Grammar, Nonterminals, Terminals) ->
    Bodies = maps:groups_from_list(fun(R) -> R#rule.head end, fun(R) -> R#rule.body end, Grammar#grammar.rules),
    Used = reached([Grammar#grammar.root], Bodies, #{}),
    [{At, {unused_nonterminal, S}} || {S, At} <- Nonterminals, not is_map_key(S, Used)]
        ++ [{At, {unused_terminal, S}} || {S, At} <- Terminals, not is_map_key(S, Used)].

reached([], _, Seen) -> Seen;
reached([Symbol | Rest], Bodies, Seen) when is_map_key(Symbol, Seen) -> reached(Rest, Bodies, Seen);
reached([Symbol | Rest], Bodies, Seen) ->
    reached(lists:append(maps:get(Symbol, Bodies, [])) ++ Rest, Bodies, Seen#{Symbol => true}).
