%% Alphabets and padding as documented since OTP 26.
% reference: OTP 27
-module(base64_27).
-include("../show.hrl").

start() ->
    show(fun() -> base64:encode(<<255, 254, 253, 252>>, #{mode => urlsafe}) end),  % expect: <<"__79_A==">>
    show(fun() -> base64:encode(<<255, 254, 253, 252>>, #{mode => urlsafe, padding => false}) end),  % expect: <<"__79_A">>
    show(fun() -> base64:encode("abcd", #{padding => false}) end),  % expect: <<"YWJjZA">>
    show(fun() -> base64:encode_to_string(<<255, 254>>, #{mode => urlsafe}) end),  % expect: "__4="
    show(fun() -> binary_to_list(base64:decode(<<"__79_A==">>, #{mode => urlsafe})) =:= [255, 254, 253, 252] end),  % expect: true
    show(fun() -> base64:decode(<<"__79_A">>, #{mode => urlsafe, padding => false}) =:= <<255, 254, 253, 252>> end),  % expect: true
    show(fun() -> base64:decode(<<"YWJjZA">>, #{padding => false}) end),  % expect: <<"abcd">>
    show(fun() -> base64:decode_to_string("YWJj", #{mode => standard}) end),  % expect: "abc"
    show(fun() -> base64:mime_decode(<<"YW#Jj">>, #{mode => standard}) end),  % expect: <<"abc">>
    show(fun() -> base64:mime_decode_to_string(<<"__ 4=">>, #{mode => urlsafe}) =:= [255, 254] end).  % expect: true
