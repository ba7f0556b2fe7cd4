-module(shell_default_tests).
-include_lib("eunit/include/eunit.hrl").

%% Every command of c can be called at a prompt.
commands_test() ->
    Own = shell_default:module_info(exports),
    ?assertEqual([], [FA || FA <- c:module_info(exports), not lists:member(FA, Own), FA =/= {erlangrc, 0}]).

same_answers_test() ->
    ?assertEqual(c:pid(0, 1, 0), shell_default:pid(0, 1, 0)),
    ?assertEqual(lists:sort([K || {K, _} <- c:memory()]), lists:sort([K || {K, _} <- shell_default:memory()])).
