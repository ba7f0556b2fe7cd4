%% Words for the errors of the library's functions: which argument was wrong and how. Each function has a row with what its arguments
%% must be; for ets the cause tells what is wrong with the table.
-module(erl_stdlib_errors).
-export([format_error/2, wrong/2]).

format_error({badkey, K}, [{maps, F, Args, _} | _]) when is_list(Args) ->
    case wrong(Args, types(maps, F, Args)) of
        Map when map_size(Map) =:= 0 -> position(K, Args, "not present in map");
        Map -> Map
    end;
format_error(_, [{ets, F, Args, Info} | _]) when is_list(Args) -> ets(F, Args, cause(Info));
format_error(_, [{re, F, Args, Info} | _]) when is_list(Args) ->
    case cause(Info) of
        badopt -> #{length(Args) => "invalid options"};
        _ -> wrong(Args, types(re, F, Args))
    end;
format_error(_, [{io, F, Args, _} | _]) when is_list(Args), F =:= format orelse F =:= fwrite -> format(Args);
format_error(_, [{binary, part, [B, Start, Length], _} | _]) when is_binary(B), is_integer(Start), is_integer(Length) ->
    #{if Start < 0; Start > byte_size(B) -> 2; true -> 3 end => "out of range"};
format_error(_, [{lists, seq, [From, To, Step], _} | _]) when is_integer(From), is_integer(To), is_integer(Step) ->
    #{3 => if From > To -> "not a negative increment"; true -> "not a positive increment" end};
format_error(_, [{math, F, Args, _} | _]) when is_list(Args) ->
    case [N || {N, A} <- lists:zip(lists:seq(1, length(Args)), Args), not is_number(A)] of
        [] when F =:= fmod -> #{2 => "is outside the domain for this function"};
        [] -> domain(F, Args);
        All -> maps:from_list([{N, "not a number"} || N <- All])
    end;
format_error(_, [{binary, F, Args, _} | _]) when is_list(Args) ->
    case wrong(Args, types(binary, F, Args)) of
        Wrong when map_size(Wrong) =:= 0 -> bytes(F, Args);
        Wrong -> Wrong
    end;
format_error(_, [{M, F, Args, _} | _]) when is_list(Args) -> wrong(Args, types(M, F, Args));
format_error(_, _) -> #{}.

%% Arguments of the right types with values that functions of binary do not take.
bytes(bin_to_list, [B, Start, _]) -> #{if Start < 0; Start > byte_size(B) -> 2; true -> 3 end => "out of range"};
bytes(decode_hex, [B]) when byte_size(B) rem 2 =:= 1 -> #{1 => "must contain an even number of bytes"};
bytes(F, [_, _, _]) when F =:= match; F =:= matches; F =:= split -> #{3 => "invalid options"};
bytes(replace, [_, _, _, _]) -> #{4 => "invalid options"};
bytes(_, _) -> #{}.

%% Arguments for which a function of math has no value; where the value is too large nothing is said.
domain(F, [X]) when F =:= log; F =:= log2; F =:= log10; F =:= sqrt ->
    case X < 0 orelse (X == 0 andalso F =/= sqrt) of
        true -> #{1 => "is outside the domain for this function"};
        false -> #{}
    end;
domain(F, [X]) when F =:= acos; F =:= asin; F =:= acosh; F =:= atanh ->
    Out = case F of acosh -> X < 1; atanh -> abs(X) >= 1; _ -> abs(X) > 1 end,
    case Out of
        true -> #{1 => "is outside the domain for this function"};
        false -> #{}
    end;
domain(_, _) -> #{}.

cause(Info) ->
    case lists:keyfind(error_info, 1, Info) of
        {_, #{cause := Cause}} -> Cause;
        _ -> none
    end.

position(Value, Args, Text) ->
    case [N || {N, A} <- lists:zip(lists:seq(1, length(Args)), Args), A =:= Value] of
        [N | _] -> #{N => Text};
        [] -> #{}
    end.

ets(_, _, access) -> #{1 => "the table identifier refers to an ETS table with insufficient access rights"};
ets(new, [Name, Options], _) ->
    case wrong([Name, Options], [atom, list]) of
        Wrong when map_size(Wrong) =:= 0 -> #{2 => "invalid options"};
        Wrong -> Wrong
    end;
ets(_, _, id) -> #{1 => "the table identifier does not refer to an existing ETS table"};
ets(_, _, type) -> #{1 => "not a table identifier"};
ets(_, Args, position) -> #{min(3, length(Args)) => "position out of range"};
ets(_, [_, _ | _], badkey) -> #{2 => "not a key that exists in the table"};
ets(F, [_, Object], _) when F =:= insert; F =:= insert_new; F =:= delete_object -> wrong([x, Object], [any, tuple]);
ets(F, [_, _], _) when F =:= select; F =:= select_count; F =:= select_delete; F =:= select_replace; F =:= select_reverse ->
    #{2 => "not a valid match specification"};
ets(F, [_, _], _) when F =:= next; F =:= prev -> #{2 => "not a key that exists in the table"};
ets(lookup_element, [_, _, Position], _) when is_integer(Position) -> #{2 => "not a key that exists in the table"};
ets(lookup_element, [_, _, _], _) -> #{3 => "not an integer"};
ets(info, [_, _], _) -> #{2 => "not a valid info item"};
ets(_, _, _) -> #{}.

%% io:format: the position of the format is the first or the second, that of the data comes behind.
format([Format]) -> format(1, Format, []);
format([Format, Data]) -> format(1, Format, Data);
format([_, Format, Data]) -> format(2, Format, Data).

format(N, Format, Data) when is_list(Data) ->
    try controls(unicode:characters_to_list(if is_atom(Format) -> atom_to_list(Format); true -> Format end), 0) of
        Count when is_integer(Count), Count =/= length(Data) -> #{N => "wrong number of arguments"};
        {invalid, C} -> #{N => "format string invalid (invalid control ~" ++ [C, $)]};
        truncated -> #{N => "format string invalid (truncated)"};
        _ -> #{}
    catch error:_ -> #{N => "not a valid format string"}
    end;
format(N, _, _) -> #{N + 1 => "not a list"}.

%% How many arguments a format takes.
controls([$~ | Rest], Count) -> control(Rest, Count);
controls([_ | Rest], Count) -> controls(Rest, Count);
controls([], Count) -> Count.

control([$* | Rest], Count) -> control(Rest, Count + 1);
control([C | Rest], Count) when C >= $0, C =< $9; C =:= $.; C =:= $-; C =:= $t; C =:= $l; C =:= $k; C =:= $K -> control(Rest, Count);
control([C | Rest], Count) when C =:= $~; C =:= $n -> controls(Rest, Count);
control([C | Rest], Count) when C =:= $W; C =:= $P; C =:= $X; C =:= $x -> controls(Rest, Count + 2);
control([C | Rest], Count) ->
    case lists:member(C, "cfegswpsBb#+i") of
        true -> controls(Rest, Count + 1);
        false -> {invalid, C}
    end;
control([], _) -> truncated.

%% The texts of the arguments that are not of their type, by position.
wrong(Args, Types) when length(Args) =:= length(Types) ->
    maps:from_list([{N, text(T, A)} || {N, A, T} <- lists:zip3(lists:seq(1, length(Args)), Args, Types), not is(T, A)]);
wrong(_, _) -> #{}.

is(any, _) -> true;
is(integer, A) -> is_integer(A);
is(position, A) -> is_integer(A) andalso A > 0;
is(nonneg, A) -> is_integer(A) andalso A >= 0;
is(word, A) -> is_integer(A) andalso A >= 0 andalso A < 1 bsl 32;
is(range, A) -> is_tuple(A) andalso tuple_size(A) =:= 2 andalso is_integer(element(1, A)) andalso is_integer(element(2, A));
is(port, A) -> is_port(A);
is(port_or_atom, A) -> is_port(A) orelse is_atom(A);
is(truth, A) -> is_boolean(A);
is(bytes, A) -> is_binary(A);
is(endian, A) -> A =:= big orelse A =:= little;
is(encoding, A) -> lists:member(A, [latin1, utf8, unicode]);
is(plain_list, A) -> is(list, A);
is(iterator, A) -> maps:is_iterator_valid(A);
is(iodata_list, A) -> is_list(A) andalso is(iodata, A);
is(sought, A) when is_list(A) -> is(binaries, A) andalso not lists:member(<<>>, A);
is(sought, {Kind, _}) -> Kind =:= bm orelse Kind =:= ac;
is(sought, A) -> is_binary(A) andalso A =/= <<>>;
is(number, A) -> is_number(A);
is(float, A) -> is_float(A);
is(atom, A) -> is_atom(A);
is(pid, A) -> is_pid(A);
is(reference, A) -> is_reference(A);
is(tuple, A) -> is_tuple(A);
is(map, A) -> is_map(A);
is(map_or_iterator, A) -> is_map(A) orelse maps:is_iterator_valid(A);
is(list, A) -> is_list(A) andalso is_proper(A);
is(nonempty, A) -> is_list(A) andalso A =/= [];
is(binary, A) -> is_binary(A);
is(bitstring, A) -> is_bitstring(A);
is(tuple_or_binary, A) -> is_tuple(A) orelse is_binary(A);
is(boolean, A) -> is_boolean(A);
is(function, A) -> is_function(A);
is(fun1, A) -> is_function(A, 1);
is(fun2, A) -> is_function(A, 2);
is(fun3, A) -> is_function(A, 3);
is(pid_or_atom, A) -> is_pid(A) orelse is_atom(A);
is(pid_or_port, A) -> is_pid(A) orelse is_port(A);
is(base, A) -> is_integer(A) andalso A >= 2 andalso A =< 36;
is(unit, A) -> (is_integer(A) andalso A > 0) orelse lists:member(A, [second, millisecond, microsecond, nanosecond, native, perf_counter, seconds, milli_seconds, micro_seconds, nano_seconds]);
is(iolist, A) when not is_list(A) -> false;
is(Type, A) when Type =:= iodata; Type =:= iolist -> is_computed(fun() -> iolist_size(A) end);
is(bitlist, A) -> is_list(A) andalso is_computed(fun() -> list_to_bitstring(A) end);
is(chardata, A) -> is_computed(fun() -> true = is_list(unicode:characters_to_list(A)) end);
is(characters, A) -> is_list(A) andalso is_computed(fun() -> true = lists:all(fun is_character/1, A) end);
is(binaries, A) -> is_list(A) andalso is_proper(A) andalso A =/= [] andalso lists:all(fun is_binary/1, A);
is(pattern, {re_pattern, _, _, _, _}) -> true;
is(pattern, A) -> is(chardata, A);
is(options, A) -> is_list(A).

is_proper(L) -> is_computed(fun() -> length(L) end).

is_character(C) -> is_integer(C) andalso C >= 0 andalso C =< 16#10FFFF andalso (C < 16#D800 orelse C > 16#DFFF).

is_computed(Fun) -> try Fun() of _ -> true catch error:_ -> false end.

text(Type, A) when is_integer(A), Type =:= position orelse Type =:= nonneg orelse Type =:= word -> "out of range";
text(Type, [_ | _] = A) when Type =:= list; Type =:= characters ->
    case is_proper(A) of
        true -> text(Type);
        false -> "not a proper list"
    end;
text(characters, A) when A =/= [] -> "not a list";
text(bytes, A) when is_bitstring(A) -> "is a bitstring (expected a binary)";
text(Type, _) -> text(Type).

text(Type) when Type =:= integer; Type =:= position; Type =:= nonneg; Type =:= word -> "not an integer";
text(range) -> "not a valid {Pos,Length} tuple";
text(Type) when Type =:= port; Type =:= port_or_atom -> "not a port";
text(truth) -> "not a boolean ('true' or 'false')";
text(endian) -> "must be 'big' or 'little'";
text(encoding) -> "not one of the atoms: latin1, utf8, or unicode";
text(iterator) -> "not a valid iterator";
text(sought) -> "not a valid pattern";
text(number) -> "not a number";
text(float) -> "not a float";
text(atom) -> "not an atom";
text(pid) -> "not a pid";
text(reference) -> "not a reference";
text(tuple) -> "not a tuple";
text(map) -> "not a map";
text(map_or_iterator) -> "not a map or an iterator";
text(Type) when Type =:= list; Type =:= plain_list -> "not a list";
text(nonempty) -> "not a nonempty list";
text(Type) when Type =:= binary; Type =:= bytes -> "not a binary";
text(bitstring) -> "not a bitstring";
text(tuple_or_binary) -> "not tuple or binary";
text(boolean) -> "not a boolean value";
text(function) -> "not a fun";
text(fun1) -> "not a fun that takes one argument";
text(fun2) -> "not a fun that takes two arguments";
text(fun3) -> "not a fun that takes three arguments";
text(pid_or_atom) -> "not a pid or an atom";
text(pid_or_port) -> "not a pid or port";
text(base) -> "not an integer in the range 2 through 36";
text(unit) -> "invalid time unit";
text(Type) when Type =:= iodata; Type =:= iodata_list -> "not an iodata term";
text(iolist) -> "not an iolist term";
text(bitlist) -> "not a bitstring list";
text(chardata) -> "not valid character data (an iodata term)";
text(characters) -> "not a list of characters";
text(binaries) -> "not a flat list of binaries";
text(pattern) -> "neither an iodata term nor a compiled regular expression";
text(options) -> "invalid options".

types(binary, at, [_, _]) -> [bytes, nonneg];
types(binary, bin_to_list, [_]) -> [bytes];
types(binary, bin_to_list, [_, _]) -> [bytes, range];
types(binary, bin_to_list, [_, _, _]) -> [bytes, integer, integer];
types(binary, compile_pattern, [_]) -> [sought];
types(binary, copy, [_]) -> [bytes];
types(binary, copy, [_, _]) -> [bytes, nonneg];
types(binary, decode_hex, [_]) -> [bytes];
types(binary, decode_unsigned, [_]) -> [bytes];
types(binary, decode_unsigned, [_, _]) -> [bytes, endian];
types(binary, encode_hex, [_]) -> [bytes];
types(binary, encode_unsigned, [_]) -> [nonneg];
types(binary, encode_unsigned, [_, _]) -> [nonneg, endian];
types(binary, first, [_]) -> [bytes];
types(binary, last, [_]) -> [bytes];
types(binary, list_to_bin, [_]) -> [iodata_list];
types(binary, longest_common_prefix, [_]) -> [binaries];
types(binary, longest_common_suffix, [_]) -> [binaries];
types(binary, F, [_, _]) when F =:= match; F =:= matches; F =:= split -> [bytes, sought];
types(binary, F, [_, _, _]) when F =:= match; F =:= matches; F =:= split -> [bytes, sought, any];
types(binary, part, [_, _]) -> [bytes, range];
types(binary, part, [_, _, _]) -> [bytes, integer, integer];
types(binary, referenced_byte_size, [_]) -> [binary];
types(binary, replace, [_, _, _]) -> [bytes, sought, bytes];
types(binary, replace, [_, _, _, _]) -> [bytes, sought, bytes, any];
types(io, format, [_, _]) -> [any, list];
types(io, put_chars, [_]) -> [chardata];
types(lists, keyfind, [_, _, _]) -> [any, position, list];
types(lists, keymember, [_, _, _]) -> [any, position, list];
types(lists, keysearch, [_, _, _]) -> [any, position, list];
types(lists, member, [_, _]) -> [any, list];
types(lists, seq, [_, _, _]) -> [integer, integer, integer];
types(lists, reverse, [_, _]) -> [list, any];
types(maps, filter, [_, _]) -> [fun2, map_or_iterator];
types(maps, filtermap, [_, _]) -> [fun2, map_or_iterator];
types(maps, find, [_, _]) -> [any, map];
types(maps, fold, [_, _, _]) -> [fun3, any, map_or_iterator];
types(maps, foreach, [_, _]) -> [fun2, map_or_iterator];
types(maps, from_keys, [_, _]) -> [list, any];
types(maps, from_list, [_]) -> [list];
types(maps, get, [_, _]) -> [any, map];
types(maps, get, [_, _, _]) -> [any, map, any];
types(maps, groups_from_list, [_, _]) -> [fun1, list];
types(maps, groups_from_list, [_, _, _]) -> [fun1, fun1, list];
types(maps, intersect, [_, _]) -> [map, map];
types(maps, intersect_with, [_, _, _]) -> [fun3, map, map];
types(maps, is_key, [_, _]) -> [any, map];
types(maps, iterator, [_]) -> [map];
types(maps, keys, [_]) -> [map];
types(maps, map, [_, _]) -> [fun2, map_or_iterator];
types(maps, merge, [_, _]) -> [map, map];
types(maps, merge_with, [_, _, _]) -> [fun3, map, map];
types(maps, next, [_]) -> [iterator];
types(maps, put, [_, _, _]) -> [any, any, map];
types(maps, remove, [_, _]) -> [any, map];
types(maps, size, [_]) -> [map];
types(maps, take, [_, _]) -> [any, map];
types(maps, to_list, [_]) -> [map];
types(maps, update, [_, _, _]) -> [any, any, map];
types(maps, update_with, [_, _, _]) -> [any, fun1, map];
types(maps, update_with, [_, _, _, _]) -> [any, fun1, any, map];
types(maps, values, [_]) -> [map];
types(maps, with, [_, _]) -> [list, map];
types(maps, without, [_, _]) -> [list, map];
types(math, acos, [_]) -> [number];
types(math, asin, [_]) -> [number];
types(math, atan, [_]) -> [number];
types(math, atan2, [_, _]) -> [number, number];
types(math, ceil, [_]) -> [number];
types(math, cos, [_]) -> [number];
types(math, exp, [_]) -> [number];
types(math, floor, [_]) -> [number];
types(math, fmod, [_, _]) -> [number, number];
types(math, log, [_]) -> [number];
types(math, log10, [_]) -> [number];
types(math, log2, [_]) -> [number];
types(math, pow, [_, _]) -> [number, number];
types(math, sin, [_]) -> [number];
types(math, sqrt, [_]) -> [number];
types(math, tan, [_]) -> [number];
types(re, compile, [_]) -> [iodata];
types(re, compile, [_, _]) -> [iodata, options];
types(re, replace, [_, _, _]) -> [iodata, pattern, iodata];
types(re, replace, [_, _, _, _]) -> [iodata, pattern, iodata, options];
types(re, run, [_, _]) -> [iodata, pattern];
types(re, run, [_, _, _]) -> [iodata, pattern, options];
types(re, split, [_, _]) -> [iodata, pattern];
types(re, split, [_, _, _]) -> [iodata, pattern, options];
types(unicode, characters_to_binary, [_]) -> [chardata];
types(unicode, characters_to_list, [_]) -> [chardata];
types(unicode, characters_to_nfc_binary, [_]) -> [chardata];
types(unicode, characters_to_nfc_list, [_]) -> [chardata];
types(unicode, characters_to_nfd_list, [_]) -> [chardata];
types(_, _, _) -> [].
