%% Answers recorded from erl, and a few refusals.
-module(base64_tests).
-include_lib("eunit/include/eunit.hrl").

decode_1_test() ->
    ?assertEqual(<<>>, base64:decode([])),
    ?assertEqual(<<2>>, base64:decode("Ag==")),
    ?assertEqual(<<2,4>>, base64:decode(<<65,103,81,61>>)),
    ?assertEqual(<<5,1,5,2>>, base64:decode(<<66,81,69,70,65,103,61,61>>)),
    ?assertEqual(<<6,4,5,6,6,6,4,5>>, base64:decode("BgQFBgYGBAU=")),
    ?assertEqual(<<6,1,2,6,1,5,3,2,6,4,6,5,1,3>>, base64:decode("BgECBgEFAwIGBAYFAQM=")),
    ?assertError(badarg, base64:decode([10,81,81,71,65,32,69,61,65,103,69,69,66,10,89,71])).

decode_to_string_1_test() ->
    ?assertEqual([1,1,3,6,6,5,6,1,4,5,6,4,1,1,6,6,4,1,1], base64:decode_to_string("AQEDBgYFBgEEBQYEAQEGBgQBAQ==")),
    ?assertEqual([3,5,1,1], base64:decode_to_string("AwUBAQ==")),
    ?assertEqual([3,3,2,5,6,5,3,5], base64:decode_to_string(<<65,119,77,67,66,81,89,70,65,119,85,61>>)),
    ?assertEqual([6,2,5,1,6,1,4,6], base64:decode_to_string(<<66,103,73,70,65,81,89,66,66,65,89,61>>)),
    ?assertEqual([4,5,3,4,5,5,3,6,5,2,4], base64:decode_to_string("BAUDBAUFAwYFAgQ=")),
    ?assertEqual([], base64:decode_to_string([])).

encode_1_test() ->
    ?assertEqual(<<65,103,69,66,66,65,89,66,66,65,61,61>>, base64:encode([2,1,1,4,6,1,4])),
    ?assertEqual(<<66,81,89,71,65,119,77,67,66,103,85,70,65,81,69,71>>, base64:encode([5,6,6,3,3,2,6,5,5,1,1,6])),
    ?assertEqual(<<>>, base64:encode([])),
    ?assertEqual(<<66,81,69,71,66,65,89,66>>, base64:encode([5,1,6,4,6,1])),
    ?assertEqual(<<65,103,69,68,65,119,69,68,66,81,89,69,66,81,73,61>>, base64:encode([2,1,3,3,1,3,5,6,4,5,2])),
    ?assertEqual(<<66,65,81,66,66,65,73,67,66,81,85,71,66,65,85,68>>, base64:encode([4,4,1,4,2,2,5,5,6,4,5,3])).

encode_to_string_1_test() ->
    ?assertEqual("AwIFAwICAwMFAgYCBgI=", base64:encode_to_string([3,2,5,3,2,2,3,3,5,2,6,2,6,2])),
    ?assertEqual("AwYEAgYCAwUFAw==", base64:encode_to_string([3,6,4,2,6,2,3,5,5,3])),
    ?assertEqual("BgMDAQUGBQICBQ==", base64:encode_to_string([6,3,3,1,5,6,5,2,2,5])),
    ?assertEqual("AwMBBgYBAwUGAwIDAQEGBQQEAQIG", base64:encode_to_string([3,3,1,6,6,1,3,5,6,3,2,3,1,1,6,5,4,4,1,2,6])),
    ?assertEqual("AgMCAQE=", base64:encode_to_string([2,3,2,1,1])),
    ?assertEqual("AgUDBQYDAQUGBAYGBA==", base64:encode_to_string([2,5,3,5,6,3,1,5,6,4,6,6,4])).

mime_decode_1_test() ->
    ?assertEqual(<<3,3,1,6,2,4,1,2,3,5>>, base64:mime_decode(<<65,119,77,66,66,103,73,69,65,81,73,68,66,81,61,61>>)),
    ?assertEqual(<<3>>, base64:mime_decode("Aw==")),
    ?assertEqual(<<2,2,3,4,3,1,1,1,4>>, base64:mime_decode(<<65,103,73,68,66,65,77,66,65,81,69,69>>)),
    ?assertEqual(<<4>>, base64:mime_decode("BA==")),
    ?assertEqual(<<1,5,1,2,6,1,6,6,5,6,4>>, base64:mime_decode(<<65,81,85,66,65,103,89,66,66,103,89,70,66,103,81,61>>)),
    ?assertEqual(<<1>>, base64:mime_decode(<<65,81,61,61>>)),
    ?assertError(badarg, base64:mime_decode([{b,b},{a,1},{1,x},{a,3}])).

mime_decode_to_string_1_test() ->
    ?assertEqual([4,4,3,2,5,6,2,4,4], base64:mime_decode_to_string("BAQDAgUGAgQE")),
    ?assertEqual([5,4,2,3,1,3,6,1,3,2,1,3,5,1,6,4,4,5,2,1], base64:mime_decode_to_string("BQQCAwEDBgEDAgEDBQEGBAQFAgE=")),
    ?assertEqual([3,1,3,1,2,1,4,6,2,4], base64:mime_decode_to_string("AwEDAQIBBAYCBA==")),
    ?assertEqual([6,4,1,5,5,3,5,1,4], base64:mime_decode_to_string(<<66,103,81,66,66,81,85,68,66,81,69,69>>)),
    ?assertEqual([4,5,1,32,96,16,48,32,64], base64:mime_decode_to_string("BAU=B=IGAQMCBA==")),
    ?assertEqual([4,2,5,2,1], base64:mime_decode_to_string("BAIFAgE=")).
