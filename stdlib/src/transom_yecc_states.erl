%% The LALR(1) states of a grammar: LR(0) item sets, then the lookaheads of their reductions by the relations of DeRemer and Pennello
%% ("Efficient Computation of LALR(1) Look-Ahead Sets", TOPLAS 4:4, 1982).
%%
%% States are numbered in the order in which a depth-first walk finds them, for each state first those behind nonterminals, the last name
%% first, then those behind terminals; messages show these numbers. Sets of terminals are integers with a bit for each terminal.
-module(transom_yecc_states).

-export([make/1]).
-export_type([state/0]).

-include("transom_yecc.hrl").

%% What a state does with the next symbol: where shifts and gotos lead, which rules may be reduced before which terminals (0: the whole
%% text is read), and the rules whose last symbol a shift would read.
-type state() :: #{number := non_neg_integer(), next := #{term() => pos_integer()},
                   reduce := [{Rule :: non_neg_integer(), [Terminal :: term()]}], last := #{term() => [Rule :: pos_integer()]}}.

%% Items are {Rule, Dot}; `bodies' has a tuple for each rule, `of' the rules of each nonterminal, `symbols' the terminals in the order of
%% their bits.
-record(automaton, {bodies, heads, 'of', kernels = #{}, next = #{}, 'end', symbols, bits}).

-spec make(#grammar{}) -> [state()].
make(Grammar) ->
    Automaton0 = begin_with(Grammar),
    Automaton = walk(Automaton0),
    Lookaheads = lookaheads(Automaton),
    Numbers = lists:seq(0, map_size(Automaton#automaton.next) - 1),
    [state(N, Lookaheads, Automaton) || N <- Numbers].

%% Rule 0 reads the root symbol and nothing more.
begin_with(#grammar{rules = Rules, root = Root, endsymbol = End, terminals = Terminals}) ->
    All = [#rule{number = 0, head = '', body = [Root]} | Rules],
    Symbols = lists:usort([End | Terminals]),
    #automaton{
        bodies = maps:from_list([{R#rule.number, list_to_tuple(R#rule.body)} || R <- All]),
        heads = maps:from_list([{R#rule.number, R#rule.head} || R <- All]),
        'of' = maps:groups_from_list(fun(R) -> R#rule.head end, fun(R) -> R#rule.number end, Rules),
        'end' = End, symbols = list_to_tuple(Symbols), bits = maps:from_list(lists:zip(Symbols, lists:seq(0, length(Symbols) - 1)))}.

%% --- LR(0) ---

walk(Automaton) ->
    Kernel = [{0, 0}],
    walk([{0, Kernel}], Automaton#automaton{kernels = #{Kernel => 0}}).

walk([], Automaton) -> Automaton;
walk([{Number, Kernel} | Rest], #automaton{} = Automaton0) ->
    Moves = moves(closure(Kernel, Automaton0), Automaton0),
    {Next, New, Automaton} = lists:foldl(fun({Symbol, Items}, {Acc, Found, A}) ->
        case A#automaton.kernels of
            #{Items := Known} -> {Acc#{Symbol => Known}, Found, A};
            Kernels ->
                N = map_size(Kernels),
                {Acc#{Symbol => N}, [{N, Items} | Found], A#automaton{kernels = Kernels#{Items => N}}}
        end
    end, {#{}, [], Automaton0}, Moves),
    walk(New ++ Rest, Automaton#automaton{next = (Automaton#automaton.next)#{Number => {Kernel, Next}}}).

closure(Kernel, #automaton{'of' = Of} = Automaton) ->
    Heads = [S || Item <- Kernel, {symbol, S} <- [after_dot(Item, Automaton)], is_map_key(S, Of)],
    Kernel ++ [{Rule, 0} || Head <- maps:keys(begun(Heads, Automaton, #{})), Rule <- maps:get(Head, Of)].

%% The nonterminals that a text of one of these may begin with.
begun([], _, Seen) -> Seen;
begun([Head | Rest], Automaton, Seen) when is_map_key(Head, Seen) -> begun(Rest, Automaton, Seen);
begun([Head | Rest], #automaton{'of' = Of} = Automaton, Seen) ->
    More = [S || Rule <- maps:get(Head, Of), {symbol, S} <- [after_dot({Rule, 0}, Automaton)], is_map_key(S, Of)],
    begun(More ++ Rest, Automaton, Seen#{Head => true}).

after_dot({Rule, Dot}, #automaton{bodies = Bodies}) ->
    case maps:get(Rule, Bodies) of
        Body when tuple_size(Body) > Dot -> {symbol, element(Dot + 1, Body)};
        _ -> nothing
    end.

%% For each symbol after a dot the items with the dot behind it, in the order of numbering.
moves(Items, #automaton{'of' = Of} = Automaton) ->
    Moved = [{S, {Rule, Dot + 1}} || {Rule, Dot} = Item <- Items, {symbol, S} <- [after_dot(Item, Automaton)]],
    Groups = maps:groups_from_list(fun({S, _}) -> S end, fun({_, Item}) -> Item end, Moved),
    {Nonterminals, Terminals} = lists:partition(fun({S, _}) -> is_map_key(S, Of) end, lists:sort(maps:to_list(Groups))),
    [{S, lists:usort(Kernel)} || {S, Kernel} <- lists:reverse(Nonterminals, Terminals)].

%% --- Lookaheads ---

%% {State, Rule} => the set of terminals before which the rule may be reduced.
lookaheads(#automaton{next = Next, 'of' = Of, bits = Bits} = Automaton) ->
    Nullable = nullable(Automaton),
    Gotos = [{{P, A}, Q} || {P, {_, Ways}} <- maps:to_list(Next), {A, Q} <- maps:to_list(Ways), is_map_key(A, Of)],
    End = 1 bsl maps:get(Automaton#automaton.'end', Bits),
    {Root} = maps:get(0, Automaton#automaton.bodies),
    {_, Beginning} = maps:get(0, Next),
    {Direct, Reads} = lists:foldl(fun({From, Q}, {D, R}) ->
        {_, Ways} = maps:get(Q, Next),
        Read = maps:fold(fun(S, _, Acc) when is_map_key(S, Of) -> Acc; (S, _, Acc) -> Acc bor (1 bsl maps:get(S, Bits)) end, 0, Ways),
        Own = case From of {0, Root} -> Read bor End; _ -> Read end,
        {D#{From => Own}, [{{Q, C}, From} || C <- maps:keys(Ways), is_map_key(C, Nullable)] ++ R}
    end, {#{}, []}, Gotos),
    Readable = spread(Direct, Reads),
    {Includes, Lookback} = lists:foldl(fun({From, _}, Acc) -> relations(From, Nullable, Automaton, Acc) end, {[], []}, Gotos),
    Follow = spread(Readable, Includes),
    lists:foldl(fun({Where, From}, Acc) ->
        maps:update_with(Where, fun(Set) -> Set bor maps:get(From, Follow) end, maps:get(From, Follow), Acc)
    end, #{{maps:get(Root, Beginning), 0} => End}, Lookback).

nullable(#automaton{bodies = Bodies, heads = Heads}) -> nullable(maps:to_list(Bodies), Heads, #{}).

nullable(Rules, Heads, Known) ->
    More = maps:from_list([{maps:get(R, Heads), true} || {R, Body} <- Rules,
                           lists:all(fun(S) -> is_map_key(S, Known) end, tuple_to_list(Body))]),
    case maps:merge(Known, More) of
        Known -> Known;
        New -> nullable(Rules, Heads, New)
    end.

%% The ways of all rules of B from state P: what may follow B there may also follow a symbol behind which only empty texts come, and the
%% end of a rule.
relations({P, B} = Whole, Nullable, #automaton{'of' = Of} = Automaton, Acc) ->
    lists:foldl(fun(Rule, Acc1) ->
        along(tuple_to_list(maps:get(Rule, Automaton#automaton.bodies)), P, Rule, Whole, Nullable, Automaton, Acc1)
    end, Acc, maps:get(B, Of)).

along([], State, Rule, Whole, _, _, {Includes, Lookback}) -> {Includes, [{{State, Rule}, Whole} | Lookback]};
along([S | Rest], State, Rule, Whole, Nullable, #automaton{next = Next, 'of' = Of} = Automaton, {Includes, Lookback}) ->
    More = [{Whole, {State, S}} || is_map_key(S, Of), lists:all(fun(R) -> is_map_key(R, Nullable) end, Rest)],
    {_, Ways} = maps:get(State, Next),
    along(Rest, maps:get(S, Ways), Rule, Whole, Nullable, Automaton, {More ++ Includes, Lookback}).

%% The smallest sets that hold the given ones and along every {From, To} the set of From in that of To.
spread(Sets, Edges) ->
    Out = maps:groups_from_list(fun({From, _}) -> From end, fun({_, To}) -> To end, Edges),
    spread(maps:keys(Out), Out, Sets).

spread([], _, Sets) -> Sets;
spread([From | Rest], Out, Sets) ->
    Set = maps:get(From, Sets),
    {Grown, New} = lists:foldl(fun(To, {Acc, S}) ->
        Old = maps:get(To, S),
        case Old bor Set of
            Old -> {Acc, S};
            Larger when is_map_key(To, Out) -> {[To | Acc], S#{To := Larger}};
            Larger -> {Acc, S#{To := Larger}}
        end
    end, {[], Sets}, maps:get(From, Out)),
    spread(Grown ++ Rest, Out, New).

%% --- States as others see them ---

state(Number, Lookaheads, #automaton{next = Next, symbols = Symbols} = Automaton) ->
    {Kernel, Ways} = maps:get(Number, Next),
    Items = closure(Kernel, Automaton),
    Ended = lists:usort([Rule || {Rule, Dot} <- Items, after_dot({Rule, Dot}, Automaton) =:= nothing]),
    Last = [{S, Rule} || {Rule, Dot} <- Items, Rule > 0, tuple_size(maps:get(Rule, Automaton#automaton.bodies)) =:= Dot + 1,
                         {symbol, S} <- [after_dot({Rule, Dot}, Automaton)]],
    #{number => Number, next => Ways,
      reduce => [{Rule, members(maps:get({Number, Rule}, Lookaheads, 0), Symbols)} || Rule <- Ended],
      last => maps:groups_from_list(fun({S, _}) -> S end, fun({_, Rule}) -> Rule end, Last)}.

%% In order: only bytes with a bit in them cost more than a step, of thousands of terminals few are in a set.
members(Set, Symbols) -> in_bytes(binary:encode_unsigned(Set, little), 1, Symbols).

in_bytes(<<0, Rest/binary>>, First, Symbols) -> in_bytes(Rest, First + 8, Symbols);
in_bytes(<<Byte, Rest/binary>>, First, Symbols) -> in_byte(Byte, First, Symbols, in_bytes(Rest, First + 8, Symbols));
in_bytes(<<>>, _, _) -> [].

in_byte(0, _, _, More) -> More;
in_byte(Byte, N, Symbols, More) when Byte band 1 =:= 1 -> [element(N, Symbols) | in_byte(Byte bsr 1, N + 1, Symbols, More)];
in_byte(Byte, N, Symbols, More) -> in_byte(Byte bsr 1, N + 1, Symbols, More).
