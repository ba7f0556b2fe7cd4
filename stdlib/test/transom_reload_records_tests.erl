%% States converted by the names of record fields.
-module(transom_reload_records_tests).

-include_lib("eunit/include/eunit.hrl").
-include("reloading.hrl").

records_test_() ->
    each([{converts, fun converts/1}]).

converts(Dir) ->
    first(Dir, rs, server("a = 1, b = 2", "{ok, S}")),
    P = serve(),
    {ok, #{converted := 1}} = load(Dir, rs, server("c = 3, b = 5, a = 4", "{ok, transom_reload:migrate(S, ?MODULE)}")),
    {s, 3, 2, 1} = gen_server:call(P, get),
    gen_server:stop(P).
