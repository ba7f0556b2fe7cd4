%% Formatting of lists of pairs: layout from the reference manual, one pair a line, the inner ones indented by two.
% reference: OTP 27
-module(json_format_27).
-include("../show.hrl").

start() ->
    show(fun() -> text(json:format(#{a => 1, b => #{c => [1, 2, 3]}})) end),  % expect: "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [1,2,3]\n  }\n}\n"
    show(fun() -> text(json:format_key_value_list([{a, 1}, {<<"b">>, [true, null]}, {7, #{}}], fun enc/3, state())) end),  % expect: "{\n  \"a\": 1,\n  \"b\": [true,null],\n  \"7\": {}\n}"
    show(fun() -> text(json:format_key_value_list([], fun enc/3, state())) end),  % expect: "{}"
    show(fun() -> text(json:format_key_value_list([{a, 1}, {a, 2}], fun enc/3, state())) end),  % expect: "{\n  \"a\": 1,\n  \"a\": 2\n}"
    show(fun() -> text(json:format_key_value_list_checked([{a, 1}, {b, #{c => 2}}], fun enc/3, state())) end),  % expect: "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}"
    show(fun() -> json:format_key_value_list_checked([{a, 1}, {<<"a">>, 2}], fun enc/3, state()) end),  % expect: error {duplicate_key,<<"a">>}
    show(fun() -> text(json:format([{x, 1}, {y, [{z, 2}]}], fun pairs/3)) end),  % expect: "{\n  \"x\": 1,\n  \"y\": {\n    \"z\": 2\n  }\n}\n"
    show(fun() -> text(json:format([{x, 1}, {y, [{z, 2}]}], fun pairs/3, #{indent => 4})) end).  % expect: "{\n    \"x\": 1,\n    \"y\": {\n        \"z\": 2\n    }\n}\n"

enc(V, Enc, State) -> json:format_value(V, Enc, State).

%% Lists of pairs are objects.
pairs([{_, _} | _] = L, Enc, State) -> json:format_key_value_list(L, Enc, State);
pairs(V, Enc, State) -> json:format_value(V, Enc, State).

state() -> #{level => 0, col => 0, indent => 2, max => 100}.

text(Chars) -> unicode:characters_to_list(Chars).
