%% Transcoding: what is no escape, lists with binaries, what the other encoding does not have.
-module(uri_string_transcode).
-include("../show.hrl").

start() ->
    show(fun() -> [uri_string:transcode(T, []) || T <- ["%", "a%4", <<"a%4">>, "a%zz", "%C3%B6%zz", <<"a%ff">>, "%ffa", <<255, "%41">>]] end),  % expect: ["%","a%4",<<"a%4">>,{error,invalid_percent_encoding,"%zz"},{error,invalid_percent_encoding,"%zz"},{error,invalid_input,<<"ÿ">>},{error,invalid_input,<<"ÿ">>},{error,invalid_input,<<"ÿ%41">>}]
    show(fun() -> uri_string:transcode(["foo", <<"%C3%B6">>, $x], [{out_encoding, latin1}]) end),  % expect: "foo%F6x"
    show(fun() -> uri_string:transcode(["foo", [<<"%F6">>], $x], [{in_encoding, latin1}]) end),  % expect: "foo%C3%B6x"
    show(fun() -> uri_string:transcode([<<"%C3">>, <<"%B6">>], [{out_encoding, latin1}]) end),  % expect: "%F6"
    show(fun() -> [uri_string:transcode(T, [{out_encoding, latin1}]) || T <- ["foo%E2%82%ACbar", <<"%E2%82%AC">>]] end),  % expect: [{error,invalid_input,<<226,130,172>>},{error,invalid_input,<<226,130,172>>}]
    show(fun() -> uri_string:percent_decode(#{path => "%20", port => 80, scheme => "%41", other => "%41", more => x}) end).  % expect: #{more => x,other => "%41",path => " ",port => 80,scheme => "%41"}
