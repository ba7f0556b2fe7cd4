%% What the functions of base64 say of arguments that are none.
-module(base64_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(base64, decode, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
    show(fun() -> bad(base64, decode_to_string, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
    show(fun() -> bad(base64, encode, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,ok,function_clause,function_clause,function_clause,ok,badarith,function_clause,function_clause]
    show(fun() -> bad(base64, encode_to_string, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,ok,function_clause,function_clause,function_clause,ok,badarith,function_clause,function_clause]
    show(fun() -> bad(base64, mime_decode, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
    show(fun() -> bad(base64, mime_decode_to_string, 1) end).  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
