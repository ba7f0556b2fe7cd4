%% What the functions of binary say of arguments that are none.
-module(binary_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(binary, at, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, bin_to_list, 1) end),  % expect: [badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, bin_to_list, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, bin_to_list, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, compile_pattern, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, decode_hex, 1) end),  % expect: [badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, decode_unsigned, 1) end),  % expect: [badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, decode_unsigned, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, encode_hex, 1) end),  % expect: [badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, encode_unsigned, 1) end),  % expect: [badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, encode_unsigned, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, first, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, last, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, list_to_bin, 1) end),  % expect: [badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(binary, longest_common_prefix, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, longest_common_suffix, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, match, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, matches, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, part, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, part, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, referenced_byte_size, 1) end),  % expect: [badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, replace, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, replace, 4) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(binary, split, 3) end).  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
