%% base64: what is no text is refused by the function that was called.
-module(base64_arguments).
-include("../show.hrl").

start() ->
    show(fun() -> [refused(encode, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> [refused(encode_to_string, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> [refused(decode, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> [refused(decode_to_string, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> [refused(mime_decode, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> [refused(mime_decode_to_string, A) || A <- [a, 1, {}]] end),  % expect: [{function_clause,base64},{function_clause,base64},{function_clause,base64}]
    show(fun() -> base64:encode([300]) end),  % expect: error badarg
    show(fun() -> base64:mime_decode([300, $Q]) end),  % expect: error badarg
    show(fun() -> base64:decode([[$Q]]) end),  % expect: error badarg
    show(fun() -> base64:decode([<<"QUJ">>, "D"]) end).  % expect: error badarg

%% The reason, and whether it was refused in base64.
refused(F, A) ->
    try base64:F(A)
    catch error:R:St -> {R, element(1, hd(St))}
    end.
