%% What a parser does in each state before each terminal, and how conflicts between shifts and reductions are settled by precedences.
%%
%% A rule has the precedence of its left hand side, else of the last symbol of its right hand side that has one. A shift has that of its
%% terminal, but where the terminal would end a rule with a precedence, that rule's ("one level up"). The higher level wins; of equal
%% levels left reduces, right shifts, and nonassoc makes the terminal an error. Everything else is a conflict:
%% without any precedence a shift is preferred to a reduction, and the rest are errors.
-module(transom_yecc_actions).

-export([make/2, format_conflict/1]).
-export_type([action/0, table/0]).

-include("transom_yecc.hrl").

-type action() :: {shift, pos_integer()} | {reduce, pos_integer()} | accept | error.
%% The action for every other terminal comes last.
-type table() :: {State :: non_neg_integer(), [{Terminal :: term(), action()}], Otherwise :: action()}.

-record(settled, {state, symbol, what, winner}).

%% Settled: {shifts preferred to reductions, decided by precedences}, as text.
-spec make(#grammar{}, [transom_yecc_states:state()]) ->
    #{tables := [table()], errors := [term()], shifts := non_neg_integer(), reduces := non_neg_integer(), preferred := [iolist()],
      decided := [iolist()]}.
make(Grammar, States) ->
    Rules = maps:from_list([{R#rule.number, R} || R <- Grammar#grammar.rules]),
    Precedence = maps:map(fun(_, R) -> precedence(R, Grammar#grammar.precedences) end, Rules),
    Info = #{rules => Rules, precedence => Precedence, of_symbol => Grammar#grammar.precedences, root => Grammar#grammar.root,
             heads => transom_yecc_grammar:heads(Grammar)},
    {Tables, Found} = lists:mapfoldl(fun(State, Acc) ->
        {Table, New} = state(State, Info),
        {Table, New ++ Acc}
    end, [], States),
    Sorted = lists:sort(fun(A, B) -> {A#settled.state, A#settled.symbol} =< {B#settled.state, B#settled.symbol} end, lists:reverse(Found)),
    Places = fun(Kinds) -> length(lists:usort([{S#settled.state, S#settled.symbol} || S <- Sorted, conflict(S, Kinds)])) end,
    #{tables => Tables,
      errors => lists:usort([{conflict, S#settled.what} || #settled{winner = none} = S <- Sorted]),
      shifts => Places([shift]), reduces => Places([reduce, accept]),
      preferred => [[format_conflict(S#settled.what), "\nConflict resolved in favor of shift.\n\n"]
                    || #settled{winner = preferred} = S <- Sorted],
      decided => [[format_conflict(S#settled.what), io_lib:format("~nResolved in favor of ~ts.~n~n", [Winner])]
                  || #settled{winner = {decided, Winner}} = S <- Sorted]}.

conflict(#settled{winner = {decided, _}}, _) -> false;
conflict(#settled{what = {_, _, _, Second}}, Kinds) -> lists:member(element(1, Second), Kinds).

precedence(#rule{head = Head, body = Body}, Precedences) ->
    case Precedences of
        #{Head := Own} -> Own;
        _ -> hd([P || S <- lists:reverse(Body), {ok, P} <- [maps:find(S, Precedences)]] ++ [{0, none}])
    end.

%% --- One state ---

%% Where only one thing can be done there is nothing to settle: most states of large grammars are so.
state(#{number := Number, next := Next, reduce := [{Rule, [_ | _]}]}, _) when Next =:= #{}, Rule > 0 -> {{Number, [], {reduce, Rule}}, []};
state(#{number := Number, next := Next, reduce := Reduce, last := Last}, Info) ->
    Reductions = maps:groups_from_list(fun({T, _}) -> T end, fun({_, R}) -> R end,
                                       [{T, Rule} || {Rule, Terminals} <- Reduce, T <- Terminals]),
    Shifts = maps:filter(fun(S, _) -> not is_nonterminal(S, Info) end, Next),
    Terminals = lists:usort(maps:keys(Reductions) ++ maps:keys(Shifts)),
    {Entries, {Found, Closed}} = lists:mapfoldl(fun(T, {Acc, Any}) ->
        {Action, New} = terminal(Number, T, maps:get(T, Reductions, []), maps:get(T, Shifts, none), maps:get(T, Last, []), Info),
        {{T, Action}, {lists:reverse(New, Acc), Any orelse Action =:= error}}
    end, {[], false}, Terminals),
    {table(Number, Entries, Closed), Found}.

is_nonterminal(Symbol, #{heads := Heads}) -> is_map_key(Symbol, Heads).

terminal(State, T, Rules, none, _, Info) ->
    case reductions(State, T, Rules, Info) of
        {none, Found} -> {error, Found};
        {Rule, Found} -> {reduction(Rule), Found}
    end;
terminal(State, T, Rules, To, Last, Info) ->
    case shift_precedence(State, T, Last, Info) of
        {conflict, Found} -> {{shift, To}, [Found]};
        Precedence ->
            {Reduction, Found1} = reductions(State, T, Rules, Info),
            {Action, Found2} = shift(State, T, Reduction, To, Precedence, Info),
            {Action, Found1 ++ Found2}
    end.

reduction(0) -> accept;
reduction(Rule) -> {reduce, Rule}.

reductions(_, _, [], _) -> {none, []};
reductions(State, T, [First | Rest], Info) ->
    lists:foldl(fun(Rule, {Best, Found}) ->
        {Winner, Settled} = reductions_2(State, T, Best, Rule, Info),
        {Winner, Found ++ [Settled]}
    end, {First, []}, Rest).

%% Rule 0, that the whole text is read, comes first.
reductions_2(State, T, 0, Rule, #{root := Root} = Info) ->
    {Rule, settled(State, T, Rule, {accept, Root}, none, Info)};
reductions_2(State, T, Rule, Other, #{rules := Rules, precedence := Precedence} = Info) ->
    #{Rule := {Level, _}, Other := {OtherLevel, _}} = Precedence,
    #{Rule := One, Other := Two} = Rules,
    Against = {reduce, shown(Two), Other, Two#rule.location},
    if
        Level > OtherLevel -> {Rule, settled(State, T, Rule, Against, {decided, symbol(One#rule.head)}, Info)};
        Level < OtherLevel -> {Other, settled(State, T, Rule, Against, {decided, symbol(Two#rule.head)}, Info)};
        true -> {Rule, settled(State, T, Rule, Against, none, Info)}
    end.

%% With two rules of a precedence that the terminal would end, there is no telling which one counts.
shift_precedence(State, T, Last, #{rules := Rules, of_symbol := OfSymbol}) ->
    Own = maps:get(T, OfSymbol, {0, none}),
    Up = [{P, Rule} || Rule <- Last, P <- [maps:get((maps:get(Rule, Rules))#rule.head, OfSymbol, Own)], P =/= {0, none}],
    case lists:sort(Up) of
        [] -> Own;
        [{P, _}] -> P;
        [{P, A}, {Q, B} | _] ->
            Both = {one_level_up, {(maps:get(A, Rules))#rule.location, A, P}, {(maps:get(B, Rules))#rule.location, B, Q}},
            {conflict, #settled{state = State, symbol = T, what = {T, State, Both, Both}, winner = none}}
    end.

shift(_, _, none, To, _, _) -> {{shift, To}, []};
shift(State, T, 0, To, _, #{root := Root} = Info) ->
    %% The root symbol is read, and the text could go on with the end symbol: no grammar says so, since that is no terminal.
    {{shift, To}, [settled(State, T, 0, {accept, Root}, none, Info)]};
shift(State, T, Rule, To, {ShiftLevel, ShiftKind}, #{rules := Rules, precedence := Precedence} = Info) ->
    #{Rule := {Level, Kind}} = Precedence,
    #{Rule := #rule{body = Body}} = Rules,
    Against = {shift, To, lists:last(transom_yecc_grammar:shown_body(Body))},
    Decide = fun(Action, Name) -> {Action, [settled(State, T, Rule, Against, {decided, Name}, Info)]} end,
    if
        Level > ShiftLevel -> Decide({reduce, Rule}, "reduce");
        Level < ShiftLevel -> Decide({shift, To}, "shift");
        Kind =:= none, ShiftKind =:= none -> {{shift, To}, [settled(State, T, Rule, Against, preferred, Info)]};
        Kind =:= left, ShiftKind =:= left -> Decide({reduce, Rule}, "reduce");
        Kind =:= right, ShiftKind =:= right -> Decide({shift, To}, "shift");
        Kind =:= nonassoc, ShiftKind =:= nonassoc -> {error, []};
        true -> {{shift, To}, [settled(State, T, Rule, Against, none, Info)]}
    end.

settled(State, T, Rule, Against, Winner, #{rules := Rules}) ->
    #{Rule := #rule{location = Location} = R} = Rules,
    #settled{state = State, symbol = T, what = {T, State, {shown(R), Rule, Location}, Against}, winner = Winner}.

shown(#rule{head = Head, body = Body}) -> [Head | transom_yecc_grammar:shown_body(Body)].

%% A state that reduces does so before a terminal that it does not know too: the error is found later, before the terminal is read. Not
%% where a terminal is an error by its precedence. The reduction whose terminals are the last in order is taken.
table(Number, Entries, Closed) ->
    Groups = maps:groups_from_list(fun({_, A}) -> A end, fun({T, _}) -> T end, [E || {_, {reduce, _}} = E <- Entries]),
    case lists:sort([{Terminals, Action} || {Action, Terminals} <- maps:to_list(Groups)]) of
        [_ | _] = Sorted when not Closed ->
            {_, Otherwise} = lists:last(Sorted),
            {Number, [E || {_, Action} = E <- Entries, Action =/= Otherwise], Otherwise};
        _ -> {Number, [E || {_, Action} = E <- Entries, Action =/= error], error}
    end.

%% --- Words ---

format_conflict({Symbol, State, {one_level_up, One, Two}, _}) ->
    io_lib:format("Conflicting precedences of symbols when scanning ~ts in state ~w:~n   ~ts~n      vs.~n   ~ts~n",
                  [symbol(Symbol), State, precedence(One), precedence(Two)]);
format_conflict({Symbol, State, {[Head | Body], Rule, Location}, Against}) ->
    io_lib:format("Parse action conflict scanning symbol ~ts in state ~w:~n   Reduce to ~ts from ~ts (rule ~w at ~ts)~n      vs.~n   ~ts.",
                  [symbol(Symbol), State, symbol(Head), symbols(Body), Rule, place(Location), against(Against)]).

precedence({Location, Rule, {Level, Kind}}) ->
    Name = case Kind of left -> "Left"; right -> "Right"; unary -> "Unary"; nonassoc -> "Nonassoc" end,
    io_lib:format("~s ~w (rule ~w at ~ts)", [Name, Level, Rule, place(Location)]).

against({reduce, [Head | Body], Rule, Location}) ->
    io_lib:format("reduce to ~ts from ~ts (rule ~w at ~ts)", [symbol(Head), symbols(Body), Rule, place(Location)]);
against({shift, To, Symbol}) -> io_lib:format("shift to state ~w, adding right sisters to ~ts", [To, symbol(Symbol)]);
against({accept, Root}) -> ["reduce to rootsymbol ", symbol(Root)].

place({Line, Column}) -> io_lib:format("location ~w:~w", [Line, Column]);
place(Line) -> io_lib:format("line ~w", [Line]).

symbols(Symbols) -> lists:join(" ", [symbol(S) || S <- Symbols]).

symbol(Symbol) -> transom_yecc_grammar:symbol_text(Symbol).
