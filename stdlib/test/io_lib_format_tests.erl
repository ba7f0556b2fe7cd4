-module(io_lib_format_tests).
-include_lib("eunit/include/eunit.hrl").

floats_test() ->
    ?assertEqual("1.5", io_lib_format:fwrite_g(1.5)),
    ?assertEqual("0.0", io_lib_format:fwrite_g(0.0)),
    ?assertEqual("-1.0e100", io_lib_format:fwrite_g(-1.0e100)),
    ?assertEqual("0.1", io_lib_format:fwrite_g(0.1)),
    ?assertEqual("1.0e-5", io_lib_format:fwrite_g(0.00001)),
    ?assertError(badarg, io_lib_format:fwrite_g(1)).
