%% What the functions of binary say of arguments that are none.
-module(binary_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(binary, badarg, [{at, 2}, {bin_to_list, 2}, {bin_to_list, 3}, {compile_pattern, 1}, {decode_unsigned, 2}, {encode_unsigned, 2}, {first, 1}, {last, 1}, {longest_common_prefix, 1}, {longest_common_suffix, 1}, {part, 2}, {part, 3}, {replace, 4}]) end),  % expect: []
    show(fun() -> bad(binary, bin_to_list, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, copy, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, copy, 2) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(binary, decode_hex, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, decode_unsigned, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, encode_hex, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, encode_unsigned, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, list_to_bin, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(binary, match, 2) end),  % expect: [{badarg,110},{ok,11}]
    show(fun() -> bad(binary, match, 3) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(binary, matches, 2) end),  % expect: [{badarg,110},{ok,11}]
    show(fun() -> bad(binary, matches, 3) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(binary, referenced_byte_size, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(binary, replace, 3) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(binary, split, 2) end),  % expect: [{badarg,110},{ok,11}]
    show(fun() -> bad(binary, split, 3) end).  % expect: [{badarg,120},{ok,1}]
