%% Writes the parser of a grammar: header, module, the grammar's Erlang code, the common part (parsetools/include/yeccpre.hrl), the actions
%% of each state, and a function for the code of each rule. Every part is under the name and line of the file it comes from, so that errors
%% and stack traces say where in the grammar something is.
-module(transom_yecc_parser).

-export([text/4]).

-include("transom_yecc.hrl").

%% Own: the common part is the default one. File names are as -file attributes are to have them.
-spec text(#grammar{}, [transom_yecc_states:state()], [transom_yecc_actions:table()],
           #{module := string(), parser := string(), grammar := string(), include := {default | own, string(), string()}}) -> iolist().
text(Grammar, States, Tables, #{module := Module, parser := Parser, grammar := File, include := Include}) ->
    Before = [[[Line, $\n] || Line <- Grammar#grammar.header], "-module(", io_lib:write_atom(list_to_atom(Module)), ").\n",
              beginning(Include, Grammar#grammar.code, File)],
    numbered([Before, file(Parser, here), actions(Tables), gotos(Grammar, States), reductions(Grammar, File), file(Parser, here)]).

beginning({default, Name, Text}, Code, File) ->
    ["-export([parse/1, parse_and_scan/1, format_error/1]).\n", code(Code, File), file(Name, 0), Text, $\n];
beginning({own, Name, Text}, Code, File) ->
    [file(Name, 0), Text, $\n, code(Code, File)].

code(none, _) -> [];
code({Line, Text}, File) -> [file(File, Line - 1), Text, $\n].

file(Name, Line) -> {file, Name, Line}.

%% Own lines get their numbers when everything before is known.
numbered(Parts) ->
    {Text, _} = numbered(Parts, 1),
    Text.

numbered({file, Name, Line0}, Number) ->
    Line = case Line0 of here -> Number; _ -> Line0 end,
    {transom_parsetools:attribute(Name, Line), Number + 1};
numbered([], Number) -> {[], Number};
numbered([First | Rest], Number) when is_integer(First) ->
    {More, End} = numbered(Rest, case First of $\n -> Number + 1; _ -> Number end),
    {[First | More], End};
numbered([First | Rest], Number) ->
    {Text, Next} = numbered(First, Number),
    {More, End} = numbered(Rest, Next),
    {[Text | More], End}.

%% --- Tables ---

actions(Tables) ->
    Same = maps:groups_from_list(fun({_, Entries, Otherwise}) -> {Entries, Otherwise} end, fun({State, _, _}) -> State end, Tables),
    Function = fun({_, Entries, Otherwise}) -> hd(lists:sort(maps:get({Entries, Otherwise}, Same))) end,
    ["\n", clauses([io_lib:format("yecc_action(~w, Category) -> yecc_action_~w(Category)", [State, Function(T)])
                    || {State, _, _} = T <- Tables]),
     [["\n", clauses([io_lib:format("yecc_action_~w(~ts) -> ~w", [State, symbol(S), Action]) || {S, Action} <- Entries]
                     ++ [io_lib:format("yecc_action_~w(_) -> ~w", [State, Otherwise])])]
      || {State, Entries, Otherwise} = T <- Tables, Function(T) =:= State]].

gotos(Grammar, States) ->
    Heads = transom_yecc_grammar:heads(Grammar),
    Ways = [{S, [{From, To}]} || #{number := From, next := Next} <- States, {S, To} <- lists:sort(maps:to_list(Next)), is_map_key(S, Heads)],
    BySymbol = lists:sort(maps:to_list(maps:groups_from_list(fun({S, _}) -> S end, fun({_, [Way]}) -> Way end, Ways))),
    Numbered = lists:zip(BySymbol, lists:seq(1, length(BySymbol))),
    case Numbered of
        [] -> "\nyecc_goto(_, Category) -> error({yecc, Category}).\n";
        _ ->
            ["\n", clauses([io_lib:format("yecc_goto(State, ~ts) -> yecc_goto_~w(State)", [symbol(S), N]) || {{S, _}, N} <- Numbered]),
             [["\n", clauses([io_lib:format("yecc_goto_~w(~w) -> ~w", [N, From, To]) || {From, To} <- Pairs])]
              || {{_, Pairs}, N} <- Numbered]]
    end.

symbol(Symbol) -> io_lib:format("~tw", [Symbol]).

clauses(Clauses) -> [lists:join(";\n", Clauses), ".\n"].

%% --- The code of rules ---

%% The values of a right hand side are on the stack the last first, a state above each; those that the code does not name are not bound.
reductions(#grammar{rules = Rules}, File) ->
    ["\n", clauses([io_lib:format("yecc_reduce(~w, Stack) -> yecc_rule_~w(Stack)", [N, N]) || #rule{number = N} <- Rules]),
     [rule(R, File) || R <- Rules]].

rule(#rule{number = N, head = Head, body = Body, code = none}, _) ->
    io_lib:format("~nyecc_rule_~w(~ts) -> {~ts, '$undefined', __Rest}.~n", [N, stack(length(Body), []), symbol(Head)]);
rule(#rule{number = N, head = Head, body = Body, code = Tokens}, File) ->
    Used = [V || T <- Tokens, V <- [transom_yecc_grammar:pseudo_variable(T)], is_integer(V)],
    Line = erl_scan:line(hd(Tokens)),
    ["\n", file(File, Line - 1),
     io_lib:format("yecc_rule_~w(~ts) -> {~ts, begin ", [N, stack(length(Body), Used), symbol(Head)]),
     transom_parsetools:code_text(Tokens, Line, fun value/1), " end, __Rest}.\n"].

stack(0, _) -> "__Rest";
stack(Length, Used) ->
    Values = [case lists:member(I, Used) of true -> variable(I); false -> "_" end || I <- lists:seq(Length, 1, -1)],
    ["[", lists:join(", ", [["_, ", V] || V <- Values]), " | __Rest]"].

variable(I) -> ["__", integer_to_list(I)].

%% A pseudo variable's name as the rule's head has it.
value(Token) ->
    case transom_yecc_grammar:pseudo_variable(Token) of
        no -> erl_scan:text(Token);
        I -> variable(I)
    end.
