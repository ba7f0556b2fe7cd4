%% The older names of the functions that read addresses.
-module(inet_parse_tests).
-include_lib("eunit/include/eunit.hrl").

addresses_test() ->
    ?assertEqual({ok, {1, 2, 3, 4}}, inet_parse:address("1.2.3.4")),
    ?assertEqual({ok, {0, 0, 0, 0, 0, 0, 0, 1}}, inet_parse:address("::1")),
    ?assertEqual({error, einval}, inet_parse:strict_address("1.2.3")),
    ?assertEqual({ok, {1, 2, 0, 3}}, inet_parse:ipv4_address("1.2.3")),
    ?assertEqual({error, einval}, inet_parse:ipv4strict_address("1.2.3")),
    ?assertEqual({ok, {192, 168, 1, 10}}, inet_parse:ipv4strict_address("192.168.1.10")),
    ?assertEqual({error, einval}, inet_parse:ipv6strict_address("1.2.3.4")),
    ?assertEqual({ok, {0, 0, 0, 0, 0, 65535, 258, 772}}, inet_parse:ipv6_address("1.2.3.4")),
    ?assertEqual("1.2.3.4", inet_parse:ntoa({1, 2, 3, 4})).
