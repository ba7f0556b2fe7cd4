%% Regular expressions of scanner files (leex(3)), and the deterministic automaton that reads the longest text of the first rule that
%% matches: parsing, Thompson's construction, sets of states ("Compilers: Principles, Techniques, and Tools", 3.7), then as few of them as
%% do (3.9.6).
-module(transom_leex_regexp).

-export([parse/1, automaton/1, minimal/1]).
-export_type([regexp/0, state/0]).

-type range() :: {0..16#10ffff, 0..16#10ffff}.
-type regexp() :: epsilon | {set, [range()]} | {seq, [regexp()]} | {alt, [regexp()]} | {star, regexp()} | {plus, regexp()} | {optional, regexp()}.
%% Where each character leads, and the rule whose text has been read.
-type state() :: {non_neg_integer(), [{range(), non_neg_integer()}], pos_integer() | none}.

-define(LAST, 16#10ffff).

-spec parse(string()) -> {ok, regexp()} | {error, term()}.
parse(Text) ->
    try alternatives(Text) of
        {Regexp, []} -> {ok, Regexp};
        {_, [C | _]} -> {error, {illegal_char, [C]}}
    catch throw:{?MODULE, Why} -> {error, Why}
    end.

fail(Why) -> throw({?MODULE, Why}).

alternatives(Text) ->
    case sequence(Text, []) of
        {First, [$| | Rest]} ->
            {Others, End} = alternatives(Rest),
            {{alt, [First, Others]}, End};
        Found -> Found
    end.

sequence([C | _] = Text, Acc) when C =:= $|; C =:= $) -> {in_order(Acc), Text};
sequence([], Acc) -> {in_order(Acc), []};
sequence(Text, Acc) ->
    {One, Rest} = single(Text),
    {Repeated, End} = repeated(One, Rest),
    sequence(End, [Repeated | Acc]).

in_order([]) -> epsilon;
in_order([One]) -> One;
in_order(Acc) -> {seq, lists:reverse(Acc)}.

repeated(R, [$* | Rest]) -> repeated({star, R}, Rest);
repeated(R, [$+ | Rest]) -> repeated({plus, R}, Rest);
repeated(R, [$? | Rest]) -> repeated({optional, R}, Rest);
repeated(R, Rest) -> {R, Rest}.

single([$( | Rest]) ->
    case alternatives(Rest) of
        {R, [$) | End]} -> {R, End};
        _ -> fail({unterminated, "("})
    end;
single([$. | Rest]) -> {{set, [{0, 9}, {11, ?LAST}]}, Rest};
single([$[, $^ | Rest]) ->
    {Ranges, End} = class(Rest, []),
    {{set, outside(Ranges)}, End};
single([$[ | Rest]) ->
    {Ranges, End} = class(Rest, []),
    {{set, merged(Ranges)}, End};
single([C | _]) when C =:= $*; C =:= $+; C =:= $?; C =:= $^; C =:= $$ -> fail({illegal_char, [C]});
single(Text) ->
    {C, Rest} = character(Text),
    {{set, [{C, C}]}, Rest}.

class([$] | Rest], [_ | _] = Acc) -> {Acc, Rest};
class([], _) -> fail({unterminated, "["});
class(Text, Acc) ->
    case character(Text) of
        {From, [$-, C | Rest]} when C =/= $] ->
            {To, End} = character([C | Rest]),
            From =< To orelse fail({char_class, lists:sublist(Text, length(Text) - length(End))}),
            class(End, [{From, To} | Acc]);
        {One, Rest} -> class(Rest, [{One, One} | Acc])
    end.

%% Escapes as documented: octal numbers have three digits.
character([$\\]) -> fail({unterminated, "\\"});
character([$\\, $x, ${ | Rest]) ->
    case string:split(Rest, "}") of
        [Digits, End] ->
            case hexadecimal(Digits) of
                {ok, C} when C =< ?LAST -> {C, End};
                {ok, _} -> fail({illegal_char, "\\x{" ++ Digits ++ "}"});
                none when Digits =:= "" -> fail({illegal_char, "\\x{}"});
                none -> fail({unterminated, "\\x{"})
            end;
        _ -> fail({unterminated, "\\x{"})
    end;
character([$\\, $x | Text]) ->
    {Digits, Rest} = lists:split(min(2, length(Text)), Text),
    case hexadecimal(Digits) of
        {ok, C} when length(Digits) =:= 2 -> {C, Rest};
        _ -> fail({illegal_char, "\\x"})
    end;
character([$\\, A, B, C | Rest]) when A >= $0, A =< $7, B >= $0, B =< $7, C >= $0, C =< $7 -> {list_to_integer([A, B, C], 8), Rest};
character([$\\, C | Rest]) -> {escaped(C), Rest};
character([C | Rest]) -> {C, Rest}.

hexadecimal(Digits) ->
    IsDigit = fun(C) -> C >= $0 andalso C =< $9 orelse C >= $a andalso C =< $f orelse C >= $A andalso C =< $F end,
    case Digits =/= "" andalso lists:all(IsDigit, Digits) of
        true -> {ok, list_to_integer(Digits, 16)};
        false -> none
    end.

escaped($b) -> $\b;
escaped($f) -> $\f;
escaped($n) -> $\n;
escaped($r) -> $\r;
escaped($t) -> $\t;
escaped($v) -> $\v;
escaped($e) -> $\e;
escaped($s) -> $\s;
escaped($d) -> $\d;
escaped(C) -> C.

merged(Ranges) -> merge(lists:sort(Ranges)).

merge([{A, B}, {C, D} | Rest]) when C =< B + 1 -> merge([{A, max(B, D)} | Rest]);
merge([First | Rest]) -> [First | merge(Rest)];
merge([]) -> [].

outside(Ranges) -> outside(merged(Ranges), 0).

outside([{A, B} | Rest], From) -> [{From, A - 1} || From < A] ++ outside(Rest, B + 1);
outside([], From) -> [{From, ?LAST} || From =< ?LAST].

%% --- The automaton ---

%% State 0 is the first one. Size: of the automaton before, where several states may be the next one.
-spec automaton([regexp()]) -> {[state()], Size :: pos_integer()}.
automaton(Regexps) ->
    {Starts, Nfa} = lists:mapfoldl(fun({Rule, R}, N0) ->
        {End, N1} = new({accept, Rule}, N0),
        build(R, End, N1)
    end, #{}, lists:zip(lists:seq(1, length(Regexps)), Regexps)),
    First = closed(Starts, Nfa),
    {subsets([First], #{First => 0}, Nfa, []), map_size(Nfa)}.

%% A state that does this, then goes on.
new(What, Nfa) ->
    N = map_size(Nfa),
    {N, Nfa#{N => What}}.

build(epsilon, Next, Nfa) -> {Next, Nfa};
build({set, Ranges}, Next, Nfa) -> new({read, Ranges, Next}, Nfa);
build({seq, Rs}, Next, Nfa) -> lists:foldr(fun(R, {To, N}) -> build(R, To, N) end, {Next, Nfa}, Rs);
build({alt, Rs}, Next, Nfa) ->
    {Starts, Nfa1} = lists:mapfoldl(fun(R, N) -> build(R, Next, N) end, Nfa, Rs),
    new({fork, Starts}, Nfa1);
build({optional, R}, Next, Nfa) -> build({alt, [R, epsilon]}, Next, Nfa);
build({plus, R}, Next, Nfa) ->
    {Loop, Nfa1} = new(loop, Nfa),
    {Start, Nfa2} = build(R, Loop, Nfa1),
    {Start, Nfa2#{Loop := {fork, [Start, Next]}}};
build({star, R}, Next, Nfa) ->
    {Loop, Nfa1} = new(loop, Nfa),
    {Start, Nfa2} = build(R, Loop, Nfa1),
    {Loop, Nfa2#{Loop := {fork, [Start, Next]}}}.

closed(States, Nfa) -> lists:sort(maps:keys(closed(States, Nfa, #{}))).

closed([], _, Seen) -> Seen;
closed([S | Rest], Nfa, Seen) when is_map_key(S, Seen) -> closed(Rest, Nfa, Seen);
closed([S | Rest], Nfa, Seen) ->
    case Nfa of
        #{S := {fork, More}} -> closed(More ++ Rest, Nfa, Seen#{S => true});
        _ -> closed(Rest, Nfa, Seen#{S => true})
    end.

subsets([], _, _, Done) -> lists:sort(Done);
subsets([Set | Rest], Numbers0, Nfa, Done) ->
    Reads = [{Range, To} || S <- Set, {read, Ranges, To} <- [maps:get(S, Nfa)], Range <- Ranges],
    {Moves, {New, Numbers}} = lists:mapfoldl(fun({Range, Targets}, {Found, Known}) ->
        Next = closed(Targets, Nfa),
        case Known of
            #{Next := N} -> {{Range, N}, {Found, Known}};
            _ ->
                N = map_size(Known),
                {{Range, N}, {[Next | Found], Known#{Next => N}}}
        end
    end, {[], Numbers0}, apart(Reads)),
    Accept = lists:min([R || S <- Set, {accept, R} <- [maps:get(S, Nfa)]] ++ [none]),
    subsets(New ++ Rest, Numbers, Nfa, [{maps:get(Set, Numbers), joined(Moves), Accept} | Done]).

%% Ranges that do not overlap, each with all that the ranges over it lead to.
apart(Reads) ->
    Edges = lists:usort(lists:append([[A, B + 1] || {{A, B}, _} <- Reads])),
    [{{From, Behind - 1}, Targets} || {From, Behind} <- pairs(Edges), Targets <- [[T || {{A, B}, T} <- Reads, A =< From, From =< B]], Targets =/= []].

pairs([A, B | Rest]) -> [{A, B} | pairs([B | Rest])];
pairs(_) -> [].

joined([{{A, B}, To}, {{C, D}, To} | Rest]) when C =:= B + 1 -> joined([{{A, D}, To} | Rest]);
joined([First | Rest]) -> [First | joined(Rest)];
joined([]) -> [].

%% --- Minimal automata ---

%% Whatever differs in what it accepts, or in where a character leads, is apart; the rest is one state. State 0 is the first one.
-spec minimal([state()]) -> [state()].
minimal(States) -> minimal(States, classes(States, fun({_, _, Accept}) -> Accept end)).

minimal(States, Classes) ->
    Finer = classes(States, fun({N, _, _} = State) -> {maps:get(N, Classes), led(State, Classes)} end),
    case number(Finer) =:= number(Classes) of
        true -> lists:ukeysort(1, [{maps:get(N, Classes), led(State, Classes), Accept} || {N, _, Accept} = State <- States]);
        false -> minimal(States, Finer)
    end.

led({_, Moves, _}, Classes) -> joined([{Range, maps:get(To, Classes)} || {Range, To} <- Moves]).

%% Classes are numbered in the order of their first states.
classes(States, Kind) ->
    {Classes, _} = lists:foldl(fun({N, _, _} = State, {Acc, Known}) ->
        What = Kind(State),
        case Known of
            #{What := Class} -> {Acc#{N => Class}, Known};
            _ -> {Acc#{N => map_size(Known)}, Known#{What => map_size(Known)}}
        end
    end, {#{}, #{}}, States),
    Classes.

number(Classes) -> lists:max(maps:values(Classes)).
