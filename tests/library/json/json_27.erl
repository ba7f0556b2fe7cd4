%% Parts of the encoder and of the formatter, as documented in OTP 27.
% reference: OTP 27
-module(json_27).
-include("../show.hrl").

start() ->
    show(fun() -> iolist_to_binary(json:encode_integer(42)) end),  % expect: <<"42">>
    show(fun() -> iolist_to_binary(json:encode_float(1.5)) end),  % expect: <<"1.5">>
    show(fun() -> iolist_to_binary(json:encode_binary(<<"a\"b\n">>)) end),  % expect: <<"\"a\\\"b\\n\"">>
    show(fun() -> iolist_to_binary(json:encode_atom(null, fun json:encode_value/2)) end),  % expect: <<"null">>
    show(fun() -> iolist_to_binary(json:encode_atom(true, fun json:encode_value/2)) end),  % expect: <<"true">>
    show(fun() -> iolist_to_binary(json:encode_atom(other, fun json:encode_value/2)) end),  % expect: <<"\"other\"">>
    show(fun() -> iolist_to_binary(json:encode_map(#{a => 1}, fun json:encode_value/2)) end),  % expect: <<"{\"a\":1}">>
    show(fun() -> iolist_to_binary(json:encode_map_checked(#{a => 1}, fun json:encode_value/2)) end),  % expect: <<"{\"a\":1}">>
    show(fun() -> json:encode_map_checked(#{a => 1, <<"a">> => 2}, fun json:encode_value/2) end),  % expect: error {duplicate_key,<<"a">>}
    show(fun() -> iolist_to_binary(json:format([1, 2], fun(E, Enc, S) -> json:format_value(E, Enc, S) end, #{})) end).  % expect: <<"[1,2]\n">>
