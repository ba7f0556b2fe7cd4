%% JSON both ways: values, refusals, decoders of one's own, text in pieces.
-module(json_tests).
-include_lib("eunit/include/eunit.hrl").

enc(T) -> iolist_to_binary(json:encode(T)).

encode_test() ->
    ?assertEqual(<<"null">>, enc(null)),
    ?assertEqual(<<"[true,false,\"foo\"]">>, enc([true, false, foo])),
    ?assertEqual(<<"[]">>, enc([])),
    ?assertEqual(<<"{}">>, enc(#{})),
    ?assertEqual(<<"[1,-20,1.5]">>, enc([1, -20, 1.5])),
    ?assertEqual(<<"{\"a\":[1]}">>, enc(#{a => [1]})),
    ?assertEqual(<<"{\"1\":2}">>, enc(#{1 => 2})),
    ?assertEqual(<<"\"a\\\"\\\\\\n\\u0001b\"">>, enc(<<"a\"\\\n", 1, "b">>)),
    ?assertEqual(<<"\"å"/utf8, $">>, enc(<<"å"/utf8>>)),
    ?assertError({unsupported_type, {a}}, enc({a})),
    ?assertError({invalid_byte, 255}, enc(<<255>>)),
    ?assertError(unexpected_end, enc(<<16#C3>>)).

encode_parts_test() ->
    E = fun json:encode_value/2,
    B = fun iolist_to_binary/1,
    ?assertEqual(<<"\"x\\u00E5\\uD83D\\uDE00\"">>,
                 B(json:encode_binary_escape_all(<<"x", 229/utf8, 16#1F600/utf8>>))),
    ?assertEqual(<<"{\"b\":1,\"a\":2}">>,
                 B(json:encode_key_value_list([{b, 1}, {a, 2}], E))),
    ?assertError({duplicate_key, a},
                 json:encode_key_value_list_checked([{<<"a">>, 1}, {a, 2}], E)),
    Tuples = fun F(T, _) when is_tuple(T) ->
                     json:encode_list(tuple_to_list(T), F);
                 F(V, _) -> json:encode_value(V, F)
             end,
    ?assertEqual(<<"[1,[\"a\"]]">>, B(json:encode({1, {a}}, Tuples))).

decode_test() ->
    ?assertEqual([1, -2, 0, 1.5, 1.0e3, 2.5e-3],
                 json:decode(<<" [1, -2,0 ,1.5,1e3,2.5E-3] ">>)),
    ?assertEqual([true, false, null, <<>>, []],
                 json:decode(<<"[true,false,null,\"\",[]]">>)),
    ?assertEqual(#{<<"a">> => #{<<"b">> => []}, <<"c">> => 1},
                 json:decode(<<"{\"a\":{\"b\":[]},\"c\" : 1}">>)),
    ?assertEqual(#{}, json:decode(<<"{ }">>)),
    ?assertEqual(12, json:decode(<<"12">>)),
    ?assertEqual(<<"a\n/", 229/utf8, 16#1F600/utf8, "z">>,
                 json:decode(<<"\"a\\n\\/\\u00e5\\uD83D\\uDE00z\"">>)),
    ?assertEqual(<<"å"/utf8>>, json:decode(<<"\"å\""/utf8>>)).

refuse_test() ->
    [?assertError(unexpected_end, json:decode(B))
     || B <- [<<>>, <<" ">>, <<"[">>, <<"[1,">>, <<"{\"a\"">>, <<"\"ab">>,
              <<"tru">>, <<"-">>, <<"1.">>, <<"1e+">>, <<"\"\\">>,
              <<"\"\\u12">>, <<"\"", 16#C3>>]],
    [?assertError({invalid_byte, C}, json:decode(B))
     || {C, B} <- [{$], <<"[1,]">>}, {$}, <<"{\"a\":1,}">>}, {$x, <<"trux">>},
                   {$1, <<"01">>}, {$x, <<"1 x">>}, {10, <<"\"\n\"">>},
                   {$q, <<"\"\\q\"">>}, {255, <<"\"", 255, "\"">>},
                   {$a, <<"-a">>}, {$1, <<"{1:2}">>}, {$2, <<"[1 2]">>},
                   {$}, <<"[1}">>}]],
    ?assertError({unexpected_sequence, <<"\\uD800">>},
                 json:decode(<<"\"\\uD800x\"">>)),
    ?assertError({unexpected_sequence, _}, json:decode(<<"1e999">>)).

decoders_test() ->
    Ds = #{object_push => fun(K, V, Acc) -> [{binary_to_atom(K, utf8), V} | Acc] end,
           object_finish => fun(Acc, Old) -> {lists:reverse(Acc), Old} end,
           integer => fun(B) -> {int, B} end,
           null => nil},
    ?assertEqual({[{a, {int, <<"1">>}}, {b, nil}], acc, <<" rest">>},
                 json:decode(<<"{\"a\":1,\"b\":null} rest">>, acc, Ds)),
    Count = #{array_push => fun(_, N) -> N + 1 end,
              array_start => fun(_) -> 0 end,
              array_finish => fun(N, Old) -> {N, Old + N} end},
    ?assertEqual({5, 5, <<>>}, json:decode(<<"[1,[1,2],3]">>, 0, Count)).

pieces_test() ->
    Text = <<"{\"a\\u00e5\":[1.5e3, -12, true,null,\"x", 229/utf8, "y\"],\"b\":{}} ">>,
    Whole = json:decode(Text),
    [?assertEqual(Whole, in_pieces(Text, N)) || N <- lists:seq(1, 9)],
    {continue, S} = json:decode_start(<<"12">>, ok, #{}),
    {continue, T} = json:decode_continue(<<"3">>, S),
    ?assertEqual({123, ok, <<>>}, json:decode_continue(end_of_input, T)),
    {continue, U} = json:decode_start(<<"[1">>, ok, #{}),
    ?assertError(unexpected_end, json:decode_continue(end_of_input, U)).

in_pieces(<<First:1/binary, Rest/binary>>, N) ->
    feed(json:decode_start(First, ok, #{}), Rest, N).

feed({continue, S}, Text, N) ->
    Len = min(N, byte_size(Text)),
    <<Piece:Len/binary, Rest/binary>> = Text,
    feed(json:decode_continue(Piece, S), Rest, N);
feed({V, ok, _}, _, _) -> V.

round_trip_test() ->
    V = #{<<"k">> => [1, 2.25, <<"s">>, #{<<"n">> => null}, []], <<"e">> => #{}},
    ?assertEqual(V, json:decode(enc(V))),
    ?assertEqual(V, json:decode(iolist_to_binary(json:format(V)))).

format_test() ->
    F = fun(T) -> iolist_to_binary(json:format(T)) end,
    ?assertEqual(<<"{\n  \"baz\": 52,\n  \"foo\": \"bar\"\n}\n">>,
                 F(#{foo => <<"bar">>, baz => 52})),
    ?assertEqual(<<"[1,2,3]\n">>, F([1, 2, 3])),
    ?assertEqual(<<"[\n  [1],\n  []\n]\n">>, F([[1], []])),
    ?assertEqual(<<"{}\n">>, F(#{})),
    Long = F(lists:seq(1, 100)),
    ?assert(lists:all(fun(L) -> byte_size(L) =< 100 end,
                      binary:split(Long, <<"\n">>, [global]))),
    ?assertEqual(lists:seq(1, 100), json:decode(Long)),
    ?assertEqual(<<"{\n    \"a\": 1\n}\n">>,
                 iolist_to_binary(json:format(#{a => 1}, #{indent => 4}))).
