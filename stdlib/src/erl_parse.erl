%% The parser's Erlang side: prim_compile:parse/2 is the compiler's own parser; terms to abstract code and back, and walks over it.
-module(erl_parse).

-export([parse_form/1, parse_exprs/1, parse_term/1, parse/1, parse_and_scan/1, format_error/1, abstract/1, abstract/2, normalise/1, tokens/1, tokens/2,
         map_anno/2, fold_anno/3, mapfold_anno/3, new_anno/1, anno_to_term/1, anno_from_term/1, first_anno/1,
         inop_prec/1, preop_prec/1, func_prec/0, max_prec/0, type_inop_prec/1, type_preop_prec/1]).
-export_type([abstract_clause/0, abstract_expr/0, abstract_form/0, abstract_type/0, form_info/0, error_info/0, af_binelement/1]).

-type abstract_clause() :: tuple().
-type abstract_expr() :: tuple().
-type abstract_form() :: tuple().
-type abstract_type() :: tuple().
-type form_info() :: tuple().
-type af_binelement(_T) :: tuple().
-type error_info() :: {erl_anno:location(), module(), term()}.

parse_form(Tokens) when is_list(Tokens) -> dotted(form, Tokens).

parse_exprs(Tokens) when is_list(Tokens) -> dotted(exprs, Tokens).

parse_term(Tokens) when is_list(Tokens) ->
    case dotted(term, Tokens) of
        {error, {Location, Module, What}} when What =:= "bad attribute"; What =:= "bad term" ->
            %% The parser knows terms without funs and with bytes alone.
            case dotted(exprs, Tokens) of
                {ok, [Expr]} ->
                    try {ok, normalise(Expr)}
                    catch _:_ -> {error, {Location, Module, "bad term"}}
                    end;
                _ -> {error, {Location, Module, "bad term"}}
            end;
        Other -> Other
    end.

%% Tokens that end without a dot are cut off: what would be wrong at the dot is wrong at the end.
dotted(What, [_ | _] = Tokens) when length(Tokens) > 0 ->
    case lists:last(Tokens) of
        {dot, _} -> parsed(prim_compile:parse(What, Tokens));
        Last ->
            case parsed(prim_compile:parse(What, Tokens ++ [{dot, element(2, Last)}])) of
                {error, {_, _, Text}} = Error when Text =/= ["syntax error before: ", "'.'"] -> Error;
                _ -> {error, {erl_anno:location(element(2, Last)), ?MODULE, ["syntax error before: ", []]}}
            end
    end;
dotted(What, Tokens) -> parsed(prim_compile:parse(What, Tokens)).

parse(Tokens) -> parse_form(Tokens).

%% Tokens come from a function, some at a time: {ok, Tokens, Location}, {eof, Location} or {error, Info, Location}.
parse_and_scan({F, A}) -> scanned(fun() -> apply(F, A) end, []);
parse_and_scan({M, F, A}) -> scanned(fun() -> apply(M, F, A) end, []).

scanned(Next, Acc) ->
    case Next() of
        {ok, Tokens, _} -> scanned(Next, [Tokens | Acc]);
        {error, Info, _} -> {error, Info};
        {eof, Location} ->
            case parse_form(lists:append(lists:reverse(Acc))) of
                {error, {_, ?MODULE, ["syntax error before: ", ""]}} -> {error, {Location, ?MODULE, ["syntax error before: ", ""]}};
                Parsed -> Parsed
            end
    end.

parsed({ok, _} = Ok) -> Ok;
parsed({error, Location, Text}) -> {error, {Location, ?MODULE, description(Text)}}.

description("syntax error before: " ++ Rest) -> ["syntax error before: ", Rest];
description(Text) -> Text.

format_error(Text) ->
    case io_lib:deep_char_list(Text) of
        true -> Text;
        false -> io_lib:write(Text)
    end.

%%% Terms

abstract(Term) -> build(Term, erl_anno:new(0), fun is_latin1/1).

abstract(Term, Options) when is_list(Options) ->
    Location = proplists:get_value(location, Options, proplists:get_value(line, Options, 0)),
    build(Term, erl_anno:new(Location), encoding(proplists:get_value(encoding, Options, epp:default_encoding())));
abstract(Term, Location) -> build(Term, erl_anno:new(Location), fun is_latin1/1).

encoding(latin1) -> fun is_latin1/1;
encoding(unicode) -> fun is_unicode/1;
encoding(utf8) -> fun is_unicode/1;
encoding(none) -> fun(_) -> false end;
encoding(Fun) when is_function(Fun, 1) -> Fun;
encoding(Bad) -> erlang:error({badarg, Bad}).

is_latin1(C) -> is_integer(C) andalso C >= 0 andalso C =< 255.
is_unicode(C) -> is_integer(C) andalso ((C >= 0 andalso C < 16#D800) orelse (C > 16#DFFF andalso C < 16#FFFE)
                                        orelse (C > 16#FFFF andalso C =< 16#10FFFF)).

build(T, A, _) when is_integer(T) -> {integer, A, T};
build(T, A, _) when is_float(T) -> {float, A, T};
build(T, A, _) when is_atom(T) -> {atom, A, T};
build([], A, _) -> {nil, A};
build(B, A, _) when is_bitstring(B) -> {bin, A, [segment(Byte, A) || Byte <- pieces(B)]};
build([H | T] = List, A, IsChar) ->
    case is_chars(List, IsChar) of
        true -> {string, A, List};
        false ->
            case IsChar(H) of
                %% A run of characters before something else stays a list of integers.
                _ -> {cons, A, build(H, A, IsChar), build_tail(T, A, IsChar)}
            end
    end;
build(T, A, IsChar) when is_tuple(T) -> {tuple, A, [build(E, A, IsChar) || E <- tuple_to_list(T)]};
build(M, A, IsChar) when is_map(M) ->
    {map, A, [{map_field_assoc, A, build(K, A, IsChar), build(V, A, IsChar)} || {K, V} <- maps:to_list(M)]};
build(F, A, _) when is_function(F) ->
    case erlang:fun_info(F, type) of
        {type, external} ->
            [{module, M}, {name, N}, {arity, Ar}] = [erlang:fun_info(F, I) || I <- [module, name, arity]],
            {'fun', A, {function, {atom, A, M}, {atom, A, N}, {integer, A, Ar}}};
        _ -> erlang:error({badarg, F})
    end;
build(T, _, _) -> erlang:error(function_clause, [T]).

%% The rest of a list that is no string may be one.
build_tail(T, A, IsChar) -> build(T, A, IsChar).

is_chars([C | T], IsChar) -> IsChar(C) andalso is_chars(T, IsChar);
is_chars(T, _) -> T =:= [].

pieces(<<Byte, Rest/bitstring>>) -> [Byte | pieces(Rest)];
pieces(<<>>) -> [];
pieces(Bits) ->
    N = bit_size(Bits),
    <<V:N>> = Bits,
    [{V, N}].

segment({V, N}, A) -> {bin_element, A, {integer, A, V}, {integer, A, N}, default};
segment(Byte, A) -> {bin_element, A, {integer, A, Byte}, default, default}.

normalise({char, _, C}) -> C;
normalise({integer, _, I}) -> I;
normalise({float, _, F}) -> F;
normalise({atom, _, A}) -> A;
normalise({string, _, S}) -> S;
normalise({nil, _}) -> [];
normalise({bin, Anno, Elements}) ->
    {value, Bits, _} = erl_eval:expr({bin, Anno, [literal_element(E) || E <- Elements]}, erl_eval:new_bindings()),
    Bits;
normalise({cons, _, Head, Tail}) -> [normalise(Head) | normalise(Tail)];
normalise({tuple, _, Elements}) -> list_to_tuple([normalise(E) || E <- Elements]);
normalise({map, _, Pairs} = Map) ->
    Pair = fun({map_field_assoc, _, K, V}) -> {normalise(K), normalise(V)};
              (_) -> erlang:error({badarg, Map})
           end,
    maps:from_list(lists:map(Pair, Pairs));
normalise({'fun', _, {function, {atom, _, M}, {atom, _, F}, {integer, _, A}}}) -> fun M:F/A;
normalise({op, _, '+', {Kind, _, N}}) when Kind =:= integer; Kind =:= char; Kind =:= float -> N;
normalise({op, _, '-', {Kind, _, N}}) when Kind =:= integer; Kind =:= char; Kind =:= float -> -N;
normalise(X) -> erlang:error({badarg, X}).

%% Only literals stand in it.
literal_element({bin_element, Anno, Value, Size, Types}) -> {bin_element, Anno, literal_value(Value), literal_size(Size), Types}.

literal_value({string, _, _} = Text) -> Text;
literal_value(Value) -> abstract(normalise(Value)).

literal_size(default) -> default;
literal_size(Size) -> abstract(normalise(Size)).

%% Tokens of the abstract code of a term.
tokens(Abstract) -> tokens(Abstract, []).

tokens({Kind, A, V}, More) when Kind =:= char; Kind =:= integer; Kind =:= float; Kind =:= atom; Kind =:= var; Kind =:= string ->
    [{Kind, A, V} | More];
tokens({nil, A}, More) -> [{'[', A}, {']', A} | More];
tokens({cons, A, Head, Tail}, More) -> [{'[', A} | tokens(Head, list_tokens(Tail, More))];
tokens({tuple, A, []}, More) -> [{'{', A}, {'}', A} | More];
tokens({tuple, A, [E | Es]}, More) -> [{'{', A} | tokens(E, tuple_tokens(Es, A, More))].

list_tokens({cons, A, Head, Tail}, More) -> [{',', A} | tokens(Head, list_tokens(Tail, More))];
list_tokens({nil, A}, More) -> [{']', A} | More];
list_tokens(Other, More) ->
    A = element(2, Other),
    [{'|', A} | tokens(Other, [{']', A} | More])].

tuple_tokens([E | Es], A, More) -> [{',', A} | tokens(E, tuple_tokens(Es, A, More))];
tuple_tokens([], A, More) -> [{'}', A} | More].

%%% Annotations

map_anno(F, Abstract) ->
    {New, ok} = mapfold_anno(fun(A, ok) -> {F(A), ok} end, ok, Abstract),
    New.

fold_anno(F, Acc0, Abstract) ->
    {_, Acc} = mapfold_anno(fun(A, Acc) -> {A, F(A, Acc)} end, Acc0, Abstract),
    Acc.

mapfold_anno(F, Acc, Abstract) -> node(Abstract, F, Acc).

new_anno(Term) -> map_anno(fun erl_anno:new/1, Term).
anno_to_term(Abstract) -> map_anno(fun erl_anno:to_term/1, Abstract).
anno_from_term(Term) -> map_anno(fun erl_anno:from_term/1, Term).

%% The annotation that comes first in the source.
first_anno(Abstract) ->
    Annos = fold_anno(fun(A, Acc) -> [A | Acc] end, [], Abstract),
    case lists:sort([{erl_anno:location(A), A} || A <- Annos]) of
        [{_, A} | _] -> A;
        [] -> element(2, Abstract)
    end.

node(List, F, Acc) when is_list(List) -> lists:mapfoldl(fun(E, S) -> node(E, F, S) end, Acc, List);
node({attribute, A, Name, Value}, F, Acc0) ->
    {A1, Acc1} = F(A, Acc0),
    {V, Acc} = attribute(Name, Value, F, Acc1),
    {{attribute, A1, Name, V}, Acc};
node({error, {Location, Mod, What}}, F, Acc0) ->
    {L, Acc} = F(Location, Acc0),
    {{error, {L, Mod, What}}, Acc};
node({warning, {Location, Mod, What}}, F, Acc0) ->
    {L, Acc} = F(Location, Acc0),
    {{warning, {L, Mod, What}}, Acc};
node({Leaf, A, V}, F, Acc0)
  when Leaf =:= atom; Leaf =:= integer; Leaf =:= float; Leaf =:= char; Leaf =:= string; Leaf =:= var ->
    {A1, Acc} = F(A, Acc0),
    {{Leaf, A1, V}, Acc};
node({bin_element, A, E, Size, Types}, F, Acc0) ->
    {A1, Acc1} = F(A, Acc0),
    {E1, Acc2} = node(E, F, Acc1),
    {S1, Acc} = node(Size, F, Acc2),
    {{bin_element, A1, E1, S1, Types}, Acc};
node({clauses, Cs}, F, Acc0) ->
    {Cs1, Acc} = node(Cs, F, Acc0),
    {{clauses, Cs1}, Acc};
node({function, M, N, Ar}, F, Acc0) when is_tuple(M), is_tuple(N) ->
    {[M1, N1, Ar1], Acc} = node([M, N, Ar], F, Acc0),
    {{function, M1, N1, Ar1}, Acc};
node({function, _, _} = Local, _, Acc) -> {Local, Acc};
node({typed_record_field, Field, Type}, F, Acc0) ->
    {[F1, T1], Acc} = node([Field, Type], F, Acc0),
    {{typed_record_field, F1, T1}, Acc};
node(T, F, Acc0) when is_tuple(T), tuple_size(T) >= 2, is_atom(element(1, T)) ->
    [Tag, A | Parts] = tuple_to_list(T),
    {A1, Acc1} = F(A, Acc0),
    {Parts1, Acc} = node(Parts, F, Acc1),
    {list_to_tuple([Tag, A1 | Parts1]), Acc};
node(Other, _, Acc) -> {Other, Acc}.

attribute(record, {Name, Fields}, F, Acc0) ->
    {Fields1, Acc} = node(Fields, F, Acc0),
    {{Name, Fields1}, Acc};
attribute(Kind, {Who, Types}, F, Acc0) when Kind =:= spec; Kind =:= callback ->
    {Types1, Acc} = node(Types, F, Acc0),
    {{Who, Types1}, Acc};
attribute(Kind, {Name, Type, Vars}, F, Acc0) when Kind =:= type; Kind =:= opaque; Kind =:= nominal ->
    {[Type1, Vars1], Acc} = node([Type, Vars], F, Acc0),
    {{Name, Type1, Vars1}, Acc};
attribute(_, Value, _, Acc) -> {Value, Acc}.

%%% Precedences, for those who print: {Left, Operator, Right}, {Operator, Right}

inop_prec('=') -> {150, 100, 100};
inop_prec('!') -> {150, 100, 100};
inop_prec('orelse') -> {160, 150, 150};
inop_prec('andalso') -> {200, 160, 160};
inop_prec(Op) when Op =:= '=='; Op =:= '/='; Op =:= '=<'; Op =:= '<'; Op =:= '>='; Op =:= '>'; Op =:= '=:='; Op =:= '=/=' ->
    {300, 200, 300};
inop_prec(Op) when Op =:= '++'; Op =:= '--' -> {400, 300, 300};
inop_prec(Op) when Op =:= '+'; Op =:= '-'; Op =:= 'bor'; Op =:= 'bxor'; Op =:= 'bsl'; Op =:= 'bsr'; Op =:= 'or'; Op =:= 'xor' ->
    {400, 400, 500};
inop_prec(Op) when Op =:= '*'; Op =:= '/'; Op =:= 'div'; Op =:= 'rem'; Op =:= 'band'; Op =:= 'and' -> {500, 500, 600};
inop_prec('#') -> {800, 700, 800};
inop_prec(':') -> {900, 800, 900};
inop_prec('.') -> {900, 900, 1000}.

preop_prec('catch') -> {700, 100};
preop_prec(Op) when Op =:= '+'; Op =:= '-'; Op =:= 'bnot'; Op =:= 'not' -> {600, 700};
preop_prec('#') -> {700, 800}.

func_prec() -> {800, 700}.

max_prec() -> 900.

type_inop_prec('=') -> {150, 100, 100};
type_inop_prec('::') -> {150, 150, 160};
type_inop_prec('|') -> {180, 170, 170};
type_inop_prec('..') -> {300, 200, 300};
type_inop_prec(Op) when Op =:= '+'; Op =:= '-'; Op =:= 'bor'; Op =:= 'bxor'; Op =:= 'bsl'; Op =:= 'bsr' -> {400, 400, 500};
type_inop_prec(Op) when Op =:= '*'; Op =:= '/'; Op =:= 'div'; Op =:= 'rem'; Op =:= 'band' -> {500, 500, 600};
type_inop_prec('#') -> {800, 700, 800}.

type_preop_prec(Op) when Op =:= '+'; Op =:= '-'; Op =:= 'bnot' -> {600, 700};
type_preop_prec('#') -> {700, 800}.
