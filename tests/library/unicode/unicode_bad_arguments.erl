%% What the functions of unicode say of arguments that are none.
-module(unicode_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(unicode, bom_to_encoding, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(unicode, characters_to_binary, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_binary, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_binary, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_list, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_list, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfc_binary, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfc_list, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfd_binary, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfd_list, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfkc_binary, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfkc_list, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfkd_binary, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, characters_to_nfkd_list, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(unicode, encoding_to_bom, 1) end).  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
