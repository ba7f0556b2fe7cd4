%% What the functions of unicode say of arguments that are none.
-module(unicode_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(unicode, badarg, [{characters_to_binary, 2}, {characters_to_binary, 3}, {characters_to_list, 2}]) end),  % expect: []
    show(fun() -> not_always(unicode, function_clause, [{encoding_to_bom, 1}]) end),  % expect: []
    show(fun() -> bad(unicode, bom_to_encoding, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(unicode, characters_to_binary, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_list, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfc_binary, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfc_list, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfd_binary, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfd_list, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfkc_binary, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfkc_list, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfkd_binary, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(unicode, characters_to_nfkd_list, 1) end).  % expect: [{badarg,8},{ok,3}]
