%% What the functions of binary say of each argument that is none.
-module(binary_each_argument).
-include("../each_argument.hrl").

start() ->
    logger:set_primary_config(level, none),
    show(fun() -> each(binary, at, [<<"abc">>,0]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{badarg,[integer,large]},{{badarg,["2: out of range"]},[negative]},{badarg,["2: not an integer"]}]]
    show(fun() -> each(binary, bin_to_list, [<<"abc">>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, bin_to_list, [<<"abc">>,{0,1}]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{badarg,["2: not a valid {Pos,Length} tuple"]}]]
    show(fun() -> each(binary, bin_to_list, [<<"abc">>,0,1]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{{badarg,["2: out of range"]},[integer,negative,large]},{badarg,["2: not an integer"]}],[{{badarg,["3: out of range"]},[integer,negative,large]},{badarg,["3: not an integer"]}]]
    show(fun() -> each(binary, compile_pattern, [<<"a">>]) end),  % expect: [[{ok,[binary]},{badarg,["1: not a valid pattern"]}]]
    show(fun() -> each(binary, decode_hex, [<<"aa">>]) end),  % expect: [[{{badarg,["1: must contain an even number of bytes"]},[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, decode_unsigned, [<<1>>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, decode_unsigned, [<<1>>,big]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{badarg,["2: must be 'big' or 'little'"]}]]
    show(fun() -> each(binary, encode_hex, [<<1>>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, encode_unsigned, [1]) end),  % expect: [[{ok,[integer,large]},{{badarg,["1: out of range"]},[negative]},{badarg,["1: not an integer"]}]]
    show(fun() -> each(binary, encode_unsigned, [1,big]) end),  % expect: [[{ok,[integer,large]},{{badarg,["1: out of range"]},[negative]},{badarg,["1: not an integer"]}],[{badarg,["2: must be 'big' or 'little'"]}]]
    show(fun() -> each(binary, first, [<<1>>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, last, [<<1>>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, list_to_bin, [[]]) end),  % expect: [[{ok,[nil,string]},{badarg,["1: not an iodata term"]}]]
    show(fun() -> each(binary, longest_common_prefix, [[<<"a">>]]) end),  % expect: [[{badarg,["1: not a flat list of binaries"]}]]
    show(fun() -> each(binary, longest_common_suffix, [[<<"a">>]]) end),  % expect: [[{badarg,["1: not a flat list of binaries"]}]]
    show(fun() -> each(binary, match, [<<"abc">>,<<"a">>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}]]
    show(fun() -> each(binary, match, [<<"abc">>,<<"a">>,[]]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}],[{ok,[nil]},{badarg,["3: invalid options"]}]]
    show(fun() -> each(binary, matches, [<<"abc">>,<<"a">>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}]]
    show(fun() -> each(binary, matches, [<<"abc">>,<<"a">>,[]]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}],[{ok,[nil]},{badarg,["3: invalid options"]}]]
    show(fun() -> each(binary, part, [<<"abc">>,{0,1}]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{badarg,["2: not a valid {Pos,Length} tuple"]}]]
    show(fun() -> each(binary, part, [<<"abc">>,0,1]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{{badarg,["2: out of range"]},[integer,negative,large]},{badarg,["2: not an integer"]}],[{{badarg,["3: out of range"]},[integer,negative,large]},{badarg,["3: not an integer"]}]]
    show(fun() -> each(binary, referenced_byte_size, [<<"abc">>]) end),  % expect: [[{ok,[binary,bits]},{badarg,["1: not a binary"]}]]
    show(fun() -> each(binary, replace, [<<"abc">>,<<"a">>,<<"b">>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}],[{ok,[binary]},{{badarg,["3: is a bitstring (expected a binary)"]},[bits]},{badarg,["3: not a binary"]}]]
    show(fun() -> each(binary, replace, [<<"abc">>,<<"a">>,<<"b">>,[]]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}],[{ok,[binary]},{{badarg,["3: is a bitstring (expected a binary)"]},[bits]},{badarg,["3: not a binary"]}],[{ok,[nil]},{badarg,["4: invalid options"]}]]
    show(fun() -> each(binary, split, [<<"abc">>,<<"a">>]) end),  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}]]
    show(fun() -> each(binary, split, [<<"abc">>,<<"a">>,[]]) end).  % expect: [[{ok,[binary]},{{badarg,["1: is a bitstring (expected a binary)"]},[bits]},{badarg,["1: not a binary"]}],[{ok,[binary]},{badarg,["2: not a valid pattern"]}],[{ok,[nil]},{badarg,["3: invalid options"]}]]
