-module(transom_metrics_tests).
-include_lib("eunit/include/eunit.hrl").

metrics_are_lines_of_name_and_number_test() ->
    Lines = string:split(lists:flatten(unicode:characters_to_list(transom_metrics:text())), "\n", all),
    Samples = [L || [C | _] = L <- Lines, C =/= $#],
    ?assert(length(Samples) > 20),
    [?assertMatch({match, _}, re:run(L, "^transom_[a-z_]+({[^}]*})? -?[0-9.e+-]+$")) || L <- Samples].
