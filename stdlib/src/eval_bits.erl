%% The bit syntax for erl_eval: building, matching and generating from segments in the abstract format, with sizes known only at run time.
-module(eval_bits).
-export([construct/3, match/6, generate/6]).

%% Builds a bitstring; Eval is fun(Expr, Bindings) -> {Value, Bindings}.
construct(Segments, Bs, Eval) ->
    lists:foreach(fun check/1, Segments),
    {Parts, Bs2} = lists:mapfoldl(fun(S, B) -> segment(S, Bs, B, Eval) end, Bs, Segments),
    {list_to_bitstring(Parts), Bs2}.

segment({bin_element, _, {string, _, Chars}, default, Types}, _, Bs, _) ->
    {list_to_bitstring([put_value(C, type(Types, default), default) || C <- Chars]), Bs};
segment({bin_element, _, {string, _, Chars}, Size0, Types}, Bs0, Bs, Eval) ->
    {Size, _} = Eval(Size0, Bs0),
    {list_to_bitstring([put_value(C, type(Types, Size), Size) || C <- Chars]), Bs};
segment({bin_element, _, E, Size0, Types}, Bs0, Bs, Eval) ->
    {V, Bs1} = Eval(E, Bs0),
    Size = size(Size0, Bs0, Eval),
    {put_value(V, type(Types, Size), Size), maps:merge(Bs, Bs1)}.

%% Types that are unknown or do not go together are errors before anything is evaluated.
check({bin_element, _, _, _, default}) -> ok;
check({bin_element, _, _, Size, Types}) ->
    Chosen = lists:foldl(fun choose/2, #{}, Types),
    Utf = lists:member(maps:get("type", Chosen, integer), [utf8, utf16, utf32]),
    Binary = maps:get("type", Chosen, integer) =:= binary,
    HasUnit = is_map_key("unit", Chosen),
    if
        Utf, HasUnit orelse Size =/= default -> erlang:error(utf_bittype_size_or_unit);
        HasUnit, Size =:= default, not Binary -> erlang:error(bittype_unit);
        true -> ok
    end.

choose(Type, Chosen) when Type =:= bits; Type =:= bitstring -> put_type({unit, 1}, put_type(binary, Chosen));
choose(bytes, Chosen) -> put_type({unit, 8}, put_type(binary, Chosen));
choose(Type, Chosen) -> put_type(Type, Chosen).

put_type(Type, Chosen) ->
    {Class, New} = class(Type),
    case Chosen of
        #{Class := Old} when Old =/= New -> erlang:error({bittype_mismatch, New, Old, Class});
        _ -> Chosen#{Class => New}
    end.

class(T) when T =:= binary; T =:= integer; T =:= float; T =:= utf8; T =:= utf16; T =:= utf32 -> {"type", T};
class(T) when T =:= signed; T =:= unsigned -> {"sign", T};
class(T) when T =:= big; T =:= little; T =:= native -> {"endianness", T};
class({unit, U}) when is_integer(U), U >= 1, U =< 256 -> {"unit", U};
class(T) -> erlang:error({undefined_bittype, T}).

size(default, _, _) -> default;
size({atom, _, all}, _, _) -> all;
size(E, Bs, Eval) -> element(1, Eval(E, Bs)).

%% {Type, Unit, Sign, Endian} with the defaults of the type.
type(default, Size) -> type([], Size);
type(Specs, _) ->
    Type = case [T || T <- Specs, lists:member(T, [integer, float, binary, bytes, bitstring, bits, utf8, utf16, utf32])] of
        [] -> integer;
        [bytes | _] -> binary;
        [bits | _] -> bitstring;
        [T | _] -> T
    end,
    Unit = case lists:keyfind(unit, 1, [S || S <- Specs, is_tuple(S)]) of
        {unit, U} -> U;
        false when Type =:= binary -> 8;
        false -> 1
    end,
    Sign = case lists:member(signed, Specs) of true -> signed; false -> unsigned end,
    Endian = case [E || E <- Specs, lists:member(E, [big, little, native])] of
        [] -> big;
        [native | _] -> erlang:system_info(endian);
        [E | _] -> E
    end,
    {kind(Type), Unit, Sign, Endian}.

kind(bitstring) -> binary;
kind(T) -> T.

put_value(V, {integer, Unit, _, Endian}, Size0) when is_integer(V) ->
    Size = bits(Size0, 8, Unit),
    case Endian of
        big -> <<V:Size/big>>;
        little -> <<V:Size/little>>
    end;
put_value(V, {float, Unit, _, Endian}, Size0) when is_number(V) ->
    Size = bits(Size0, 64, Unit),
    case Endian of
        big -> <<V:Size/big-float>>;
        little -> <<V:Size/little-float>>
    end;
put_value(V, {binary, Unit, _, _}, Default) when is_bitstring(V), (Default =:= default orelse Default =:= all) ->
    case bit_size(V) rem Unit of
        0 -> V;
        _ -> erlang:error(badarg)
    end;
put_value(V, {binary, Unit, _, _}, Size0) when is_bitstring(V) ->
    Size = bits(Size0, 0, Unit),
    case V of
        <<Part:Size/bitstring, _/bitstring>> -> Part;
        _ -> erlang:error(badarg)
    end;
put_value(V, {utf8, _, _, _}, _) -> <<V/utf8>>;
put_value(V, {utf16, _, _, big}, _) -> <<V/utf16>>;
put_value(V, {utf16, _, _, little}, _) -> <<V/utf16-little>>;
put_value(V, {utf32, _, _, big}, _) -> <<V/utf32>>;
put_value(V, {utf32, _, _, little}, _) -> <<V/utf32-little>>;
put_value(_, _, _) -> erlang:error(badarg).

bits(default, Default, _) -> Default;
bits(Size, _, Unit) when is_integer(Size), Size >= 0 -> Size * Unit;
bits(_, _, _) -> erlang:error(badarg).

%% Matches all of Bits; Match is fun(Pattern, Value, Bound, Bindings) -> {ok, Bindings} | nomatch.
match(Segments, Bits, BBs, Bs, Match, Eval) ->
    lists:foreach(fun check/1, Segments),
    case take(Segments, Bits, BBs, Bs, Match, Eval) of
        {ok, <<>>, _, Bs2} -> {ok, Bs2};
        _ -> nomatch
    end.

%% One step of a binary generator: {match, Bindings, Rest}, {skip, Value, Rest} or done.
generate({bin, _, Segments}, Bits, BBs, Bs, Match, Eval) ->
    lists:foreach(fun check/1, Segments),
    case take(Segments, Bits, BBs, Bs, Match, Eval) of
        {ok, Rest, _, Bs2} -> {match, Bs2, {bits, Rest}};
        {mismatch, _} ->
            case skip(Segments, Bits, BBs, Bs, Eval, Match) of
                {ok, Rest} when bit_size(Rest) < bit_size(Bits) -> {skip, Bits, {bits, Rest}};
                _ -> done
            end;
        short -> done
    end.

%% The same segments with every pattern free: how far a mismatch is skipped.
skip(Segments, Bits, BBs, Bs, Eval, Match) ->
    Any = fun(P, V, B1, B2) ->
        case P of
            {var, _, _} -> Match(P, V, maps:without([element(3, P)], B1), B2);
            _ -> {ok, B2}
        end
    end,
    case take(Segments, Bits, BBs, Bs, Any, Eval) of
        {ok, Rest, _, _} -> {ok, Rest};
        _ -> error
    end.

take([], Bits, BBs, Bs, _, _) -> {ok, Bits, BBs, Bs};
take([{bin_element, L, {string, _, Chars}, Size, Types} | Segments], Bits, BBs, Bs, Match, Eval) ->
    Each = [{bin_element, L, {integer, L, C}, Size, Types} || C <- Chars],
    take(Each ++ Segments, Bits, BBs, Bs, Match, Eval);
take([{bin_element, _, P, Size0, Types} | Segments], Bits, BBs, Bs, Match, Eval) ->
    Size = try size(Size0, maps:merge(Bs, BBs), Eval) catch error:_ -> bad end,
    case get_value(type(Types, Size), Size, Bits) of
        {ok, V, Rest} ->
            case Match(pattern(P, Types), V, BBs, Bs) of
                {ok, Bs2} ->
                    New = maps:filter(fun(K, X) -> maps:find(K, Bs) =/= {ok, X} end, Bs2),
                    take(Segments, Rest, maps:merge(BBs, New), Bs2, Match, Eval);
                nomatch -> {mismatch, Rest}
            end;
        nomatch -> short
    end.

%% An integer written where a float is matched is the float of that value.
pattern({integer, L, I} = P, Types) when is_list(Types) ->
    case lists:member(float, Types) of
        true -> {float, L, float(I)};
        false -> P
    end;
pattern(P, _) -> P.

get_value(_, bad, _) -> nomatch;
get_value({integer, Unit, Sign, Endian}, Size0, Bits) ->
    case wanted(Size0, 8, Unit) of
        Size when is_integer(Size) -> get_integer(Sign, Endian, Size, Bits);
        bad -> nomatch
    end;
get_value({float, Unit, _, Endian}, Size0, Bits) ->
    case wanted(Size0, 64, Unit) of
        Size when is_integer(Size) -> get_float(Endian, Size, Bits);
        bad -> nomatch
    end;
get_value({binary, Unit, _, _}, Default, Bits) when Default =:= default; Default =:= all ->
    case bit_size(Bits) rem Unit of
        0 -> {ok, Bits, <<>>};
        _ -> nomatch
    end;
get_value({binary, Unit, _, _}, Size0, Bits) ->
    case wanted(Size0, 0, Unit) of
        Size when is_integer(Size) ->
            case Bits of
                <<V:Size/bitstring, Rest/bitstring>> -> {ok, V, Rest};
                _ -> nomatch
            end;
        bad -> nomatch
    end;
get_value({utf8, _, _, _}, _, <<V/utf8, Rest/bitstring>>) -> {ok, V, Rest};
get_value({utf16, _, _, big}, _, <<V/utf16, Rest/bitstring>>) -> {ok, V, Rest};
get_value({utf16, _, _, little}, _, <<V/utf16-little, Rest/bitstring>>) -> {ok, V, Rest};
get_value({utf32, _, _, big}, _, <<V/utf32, Rest/bitstring>>) -> {ok, V, Rest};
get_value({utf32, _, _, little}, _, <<V/utf32-little, Rest/bitstring>>) -> {ok, V, Rest};
get_value(_, _, _) -> nomatch.

wanted(default, Default, _) -> Default;
wanted(Size, _, Unit) when is_integer(Size), Size >= 0 -> Size * Unit;
wanted(_, _, _) -> bad.

get_integer(unsigned, big, Size, Bits) ->
    case Bits of <<V:Size/big-unsigned, R/bitstring>> -> {ok, V, R}; _ -> nomatch end;
get_integer(unsigned, little, Size, Bits) ->
    case Bits of <<V:Size/little-unsigned, R/bitstring>> -> {ok, V, R}; _ -> nomatch end;
get_integer(signed, big, Size, Bits) ->
    case Bits of <<V:Size/big-signed, R/bitstring>> -> {ok, V, R}; _ -> nomatch end;
get_integer(signed, little, Size, Bits) ->
    case Bits of <<V:Size/little-signed, R/bitstring>> -> {ok, V, R}; _ -> nomatch end.

get_float(big, Size, Bits) ->
    case Bits of <<V:Size/big-float, R/bitstring>> -> {ok, V, R}; _ -> nomatch end;
get_float(little, Size, Bits) ->
    case Bits of <<V:Size/little-float, R/bitstring>> -> {ok, V, R}; _ -> nomatch end.
