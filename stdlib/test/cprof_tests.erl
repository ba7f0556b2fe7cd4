%% Answers recorded from erl.
-module(cprof_tests).
-include_lib("eunit/include/eunit.hrl").
-export([once/0, often/1]).

once() -> ok.
often(0) -> ok;
often(N) -> often(N - 1).

counts_test() ->
    2 = cprof:start(?MODULE, once) + cprof:start(?MODULE, often, 1),
    once(),
    often(9),
    ?assertEqual({?MODULE, 11, [{{?MODULE, often, 1}, 10}, {{?MODULE, once, 0}, 1}]}, cprof:analyse(?MODULE)),
    ?assertEqual({?MODULE, 11, [{{?MODULE, often, 1}, 10}]}, cprof:analyse(?MODULE, 2)),
    1 = cprof:pause(?MODULE, once, 0),
    once(),
    ?assertEqual({?MODULE, 11, [{{?MODULE, often, 1}, 10}, {{?MODULE, once, 0}, 1}]}, cprof:analyse(?MODULE, 1)),
    1 = cprof:restart(?MODULE, often, 1),
    ?assertEqual({?MODULE, 1, [{{?MODULE, once, 0}, 1}]}, cprof:analyse(?MODULE)),
    2 = cprof:stop(?MODULE, once) + cprof:stop(?MODULE, often),
    ?assertEqual({?MODULE, 0, []}, cprof:analyse(?MODULE)).
