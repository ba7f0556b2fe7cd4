-module(shop_price_tests).
-include_lib("eunit/include/eunit.hrl").
-include("shop.hrl").

line(Count, Price) -> #line{sku = tea, count = Count, price = Price}.

the_sum_of_the_lines_test() -> ?assertEqual(2 * 45 + 380, shop_price:total([line(2, 45), line(1, 380)], 0)).

five_per_cent_above_fifty_test() ->
    ?assertEqual(49_99, shop_price:total([line(1, 49_99)], 0)),
    ?assertEqual(47_50, shop_price:total([line(1, 50_00)], 0)).

two_for_regulars_test() ->
    ?assertEqual(0, shop_price:discount(10_00, 2)),
    ?assertEqual(2, shop_price:discount(10_00, 3)),
    ?assertEqual(7, shop_price:discount(50_00, 3)).

money_test_() -> [?_assertEqual(Text, shop_price:format(N)) || {N, Text} <- [{0, "0.00"}, {5, "0.05"}, {123456, "1234.56"}]].
