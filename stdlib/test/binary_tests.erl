%% Answers recorded from erl.
-module(binary_tests).
-include_lib("eunit/include/eunit.hrl").

parts_test() ->
    ?assertEqual([2,1,2,<<"bc">>,<<"de">>,<<"abc">>], [binary:at(<<1,2,3>>, 1), binary:first(<<1,2>>), binary:last(<<1,2>>), binary:part(<<"abcdef">>, 1, 2), binary:part(<<"abcdef">>, {5, -2}), binary:part(<<"abcdef">>, 3, -3)]),
    ?assertError(badarg, binary:at(<<1>>, 1)),
    ?assertError(badarg, binary:first(<<>>)),
    ?assertError(badarg, binary:part(<<"abc">>, 2, 5)),
    ?assertEqual(["abc","bc","b",<<"ab">>,<<"ab">>,<<"ababab">>], [binary:bin_to_list(<<"abc">>), binary:bin_to_list(<<"abc">>, 1, 2), binary:bin_to_list(<<"abc">>, {1, 1}), binary:list_to_bin(["a", <<"b">>]), binary:copy(<<"ab">>), binary:copy(<<"ab">>, 3)]),
    ?assertEqual([258,513,<<1,2>>,<<2,1>>,<<0>>,0], [binary:decode_unsigned(<<1,2>>), binary:decode_unsigned(<<1,2>>, little), binary:encode_unsigned(258), binary:encode_unsigned(258, little), binary:encode_unsigned(0), binary:decode_unsigned(<<>>)]),
    ?assertError(badarg, binary:encode_unsigned(-1)),
    ?assertEqual([<<"01AB">>,<<1,171>>], [binary:encode_hex(<<1,171>>), binary:decode_hex(<<"01aB">>)]),
    ?assertError(badarg, binary:decode_hex(<<"0">>)),
    ?assertError(badarg, binary:decode_hex(<<"0g">>)),
    ?assertEqual([2,2,1], [binary:longest_common_prefix([<<"abc">>, <<"abd">>]), binary:longest_common_suffix([<<"xbc">>, <<"abc">>]), binary:longest_common_prefix([<<"a">>])]),
    ?assertError(badarg, binary:longest_common_prefix([])).

search_test() ->
    ?assertEqual([{2,1},{1,2},nomatch,{5,1},[{0,2},{2,1},{3,2},{5,1}],[{0,2}],[]], [binary:match(<<"abcabc">>, <<"c">>), binary:match(<<"abcabc">>, [<<"x">>, <<"bc">>]), binary:match(<<"abc">>, <<"x">>), binary:match(<<"abcabc">>, <<"c">>, [{scope, {3, 3}}]), binary:matches(<<"abcabc">>, [<<"ab">>, <<"c">>]), binary:matches(<<"aaa">>, <<"aa">>), binary:matches(<<"abc">>, <<"x">>)]),
    ?assertError(badarg, binary:match(<<"abc">>, <<>>)),
    ?assertError(badarg, binary:match(<<"abc">>, [])),
    ?assertEqual([[<<"a">>,<<"b,c">>],[<<"a">>,<<"b">>,<<"c">>],[<<"a">>,<<"b">>],[<<"a">>,<<"b">>],[<<"abc">>],[<<"a,b">>,<<"c">>]], [binary:split(<<"a,b,c">>, <<",">>), binary:split(<<"a,b,c">>, <<",">>, [global]), binary:split(<<"a,b,,">>, <<",">>, [global, trim]), binary:split(<<",a,,b,">>, <<",">>, [global, trim_all]), binary:split(<<"abc">>, <<"x">>), binary:split(<<"a,b,c">>, <<",">>, [global, {scope, {2, 3}}])]),
    ?assertError(badarg, [binary:replace(<<"abcb">>, <<"b">>, <<"X">>), binary:replace(<<"abcb">>, <<"b">>, <<"X">>, [global]), binary:replace(<<"abcb">>, <<"b">>, <<"[]">>, [global, {insert_replaced, 1}]), binary:replace(<<"abcb">>, <<"b">>, fun(X) -> <<X/binary, X/binary>> end, [global])]),
    ?assertError(badarg, binary:split(<<"abc">>, <<"b">>, [foo])),
    ?assertEqual({1,2}, binary:match(<<"abcabc">>, binary:compile_pattern([<<"x">>, <<"bc">>]))),
    ?assertEqual(true, is_integer(binary:referenced_byte_size(binary:copy(<<"x">>, 100)))).
