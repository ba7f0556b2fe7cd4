-module(transom_info_tests).
-include_lib("eunit/include/eunit.hrl").

units_test() ->
    ?assertEqual("1.5KiB", lists:flatten(transom_info:bytes(1536))),
    ?assertEqual("12B", lists:flatten(transom_info:bytes(12))),
    ?assertEqual("1h02m", lists:flatten(transom_info:uptime(3725))).
